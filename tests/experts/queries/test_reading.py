"""The uploads of a dossier: read by exactly the experts who may read the dossier."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from directory.models import User
from experts.actions.assignment import accept, assign_expert, declare_conflict, decline
from experts.actions.round import send_invitations
from experts.models import Assignment
from tests.factories.directory import expert, officer
from tests.factories.experts import accepted, expert_user, handed_in, invited, profile_of, running
from tests.workflows.gate.corpus import pdf
from workflows.actions.files import receive_file
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> StoredFile:
    """A file of some record of another room, whose owner's rule lets no expert in."""
    owner = expert()
    given = SimpleUploadedFile("报告.pdf", pdf())
    return receive_file(subject=owner, purpose="proof", upload=given, by=owner, allowed=["pdf"])


def in_review(user: User, upload: StoredFile, **fields: Any) -> Assignment:
    """An invitation of `user` to a dossier that names the upload."""
    boss = officer()
    named = ({"uid": str(upload.uid), "name": upload.name},)
    subject = {"subject_type": upload.subject_type, "subject_id": str(upload.subject_id)}
    dossier = handed_in(boss.pk, boss, files=named, **{**subject, **fields})
    review_round = running(boss, dossier)
    dossier.refresh_from_db()
    made = assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    return Assignment.objects.get(pk=made.pk)


def answer(user: User | None, upload: StoredFile) -> int:
    client = Client()
    if user is not None:
        client.force_login(user)
    response: Any = client.get(f"/files/{upload.uid}/")
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


def test_the_expert_reads_the_file_from_accepting_on(upload: StoredFile) -> None:
    user = expert_user()
    assignment = in_review(user, upload)
    assert answer(user, upload) == 404
    accept(assignment=assignment, by=user, statement=True)
    assert answer(user, upload) == 200
    page = Client()
    page.force_login(user)
    assert f'href="/files/{upload.uid}/"' in page.get(f"/bench/reviews/{assignment.uid}/").content.decode()


def test_nobody_else_reads_it(upload: StoredFile) -> None:
    user, elsewhere = expert_user(), expert_user()
    accept(assignment=in_review(user, upload), by=user, statement=True)
    accepted(officer(), elsewhere)
    waiting = expert_user()
    invited(officer(), waiting)
    assert [answer(one, upload) for one in (elsewhere, waiting, expert_user(), None)] == [404] * 4


def test_who_declined_does_not_read_it(upload: StoredFile) -> None:
    one = expert_user()
    decline(assignment=in_review(one, upload), by=one, note="出差")
    assert answer(one, upload) == 404


def test_a_declared_conflict_closes_it(upload: StoredFile) -> None:
    user = expert_user()
    assignment = in_review(user, upload)
    accept(assignment=assignment, by=user, statement=True)
    declare_conflict(assignment=Assignment.objects.get(), kind="family", by=user)
    assert answer(user, upload) == 404


def test_a_dossier_that_names_a_file_of_another_subject_opens_nothing(upload: StoredFile) -> None:
    user = expert_user()
    accept(assignment=in_review(user, upload, subject_id="999999"), by=user, statement=True)
    assert answer(user, upload) == 404
