from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.directory import expert, officer
from tests.workflows.scrub import canaries
from workflows.actions.copies import copy_without_traces
from workflows.actions.files import receive_file
from workflows.actors import SYSTEM
from workflows.enums import FileState
from workflows.files import place_of
from workflows.models import JournalEntry, StoredFile

pytestmark = pytest.mark.django_db


def received(data: bytes, name: str = "申请书.pdf") -> StoredFile:
    owner = expert()
    return receive_file(subject=owner, purpose="proof", upload=SimpleUploadedFile(name, data), by=owner)


def test_a_copy_is_kept_once_under_its_new_name_without_traces() -> None:
    subject, file = officer(), received(canaries.pdf())

    copy = copy_without_traces(file=file, subject=subject, name="附件1.pdf", by=SYSTEM)

    assert (copy.name, copy.purpose, copy.state, copy.subject_id) == (
        "附件1.pdf",
        str(file.uid),
        FileState.CLEAN,
        subject.pk,
    )
    with storages["private"].open(place_of(copy.sha256)) as content:
        assert not canaries.bears_canary(content.read(), "pdf")
    assert copy_without_traces(file=file, subject=subject, name="other.pdf", by=SYSTEM) == copy
    assert JournalEntry.objects.filter(action="workflows.file.copy").count() == 1


def test_what_cannot_be_copied_is_recorded_as_refused() -> None:
    """A picture cut off in the middle passes no second reading; the original stays as it is."""
    file = received(canaries.png(), "图.png")
    StoredFile.objects.filter(pk=file.pk).update(name="图.pdf")
    file.refresh_from_db()

    copy = copy_without_traces(file=file, subject=officer(), name="附件1.pdf", by=SYSTEM)

    assert (copy.state, copy.refusal, copy.size) == (FileState.REFUSED, "unreadable", 0)
