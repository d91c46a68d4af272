from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import User
from projects.actions.call import ask_approval, clone_call, publish_call, return_call
from projects.actions.call_documents import MOST, add_document, remove_document
from projects.enums import DocumentKind
from projects.models import Call
from projects.queries.call_documents import documents, documents_to_read
from projects.queries.call_gaps import gaps
from tests.factories.directory import FocusAreaFactory, applicant, decision_maker, officer
from tests.factories.projects import CallFactory
from workflows.actions.file_bytes import give_up_removed
from workflows.errors import NotAllowed, Refused
from workflows.files import files_of
from workflows.models import JournalEntry, StoredFile
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def pdf(name: str = "指南.pdf") -> SimpleUploadedFile:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stream)
    return SimpleUploadedFile(name, stream.getvalue(), "application/pdf")


def new(by: User) -> Call:
    call: Call = CallFactory.create(officer=by, focus_areas=[FocusAreaFactory.create()])
    return call


def add(call: Call, by: User, name: str = "指南.pdf", kind: DocumentKind = DocumentKind.GUIDE) -> StoredFile:
    return add_document(call=call, kind=kind, upload=pdf(name), by=by)


def status(client: Client, stored: StoredFile) -> int:
    answer = client.get(reverse("file", args=[stored.uid]))
    b"".join(answer)  # read to the end, so that the file is closed
    return answer.status_code


def test_documents_stand_with_the_guide_first() -> None:
    by = officer()
    call = new(by)
    add(call, by, "乙.pdf", DocumentKind.TEMPLATE)
    add(call, by, "甲.pdf", DocumentKind.TEMPLATE)
    add(call, by, "指南.pdf")
    assert [(one.kind, one.file.name) for one in documents(call)] == [
        ("guide", "指南.pdf"),
        ("template", "乙.pdf"),
        ("template", "甲.pdf"),
    ]


def test_only_officers_put_documents_to_a_call() -> None:
    by = officer()
    call = new(by)
    stored = add(call, by)
    for who in (applicant(), decision_maker()):
        with pytest.raises(NotAllowed):
            add(call, who)
        with pytest.raises(NotAllowed):
            remove_document(call=call, stored=stored, by=who)
    assert files_of(call).count() == 1


def test_a_call_that_is_no_draft_keeps_its_documents() -> None:
    by = officer()
    call = new(by)
    stored = add(call, by)
    ask_approval(call=call, by=by)
    for attempt in (lambda: add(call, by, "新.pdf"), lambda: remove_document(call=call, stored=stored, by=by)):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.codes == ["not_draft"]
    assert [one.name for one in files_of(call)] == ["指南.pdf"]


def test_a_name_stands_once_and_not_more_than_the_limit_are_held() -> None:
    by = officer()
    call = new(by)
    for number in range(MOST - 1):
        add(call, by, f"{number}.pdf")
    with pytest.raises(Refused) as twice:
        add(call, by, "0.pdf")
    add(call, by)
    with pytest.raises(Refused) as full:
        add(call, by, "新.pdf")
    assert (twice.value.codes, full.value.codes) == (["same_name"], ["full"])


def test_the_public_reads_documents_once_the_call_is_published_and_only_then(client: Client) -> None:
    by, second = officer(), decision_maker()
    call = new(by)
    stored = add(call, by)
    reader = Client()
    reader.force_login(applicant())
    client.force_login(by)
    answers = [(status(Client(), stored), status(reader, stored), status(client, stored))]
    ask_approval(call=call, by=by)
    answers.append((status(Client(), stored), status(reader, stored), status(client, stored)))
    publish_call(call=call, by=second)
    answers.append((status(Client(), stored), status(reader, stored), status(client, stored)))
    assert answers == [(404, 404, 200), (404, 404, 200), (200, 200, 200)]


def test_a_removed_document_is_read_by_nobody(client: Client) -> None:
    by = officer()
    call = new(by)
    stored = add(call, by)
    remove_document(call=call, stored=stored, by=by)
    remove_document(call=call, stored=stored, by=by)
    client.force_login(by)
    assert (documents(call), status(client, stored)) == ([], 404)


def test_the_journal_keeps_what_was_published() -> None:
    by, second = officer(), decision_maker()
    call = new(by)
    stored = add(call, by)
    ask_approval(call=call, by=by)
    return_call(call=call, by=second, note="补充模板")
    ask_approval(call=call, by=by)
    publish_call(call=call, by=second)
    assert JournalEntry.objects.get(action="projects.call.publish").data["documents"] == [stored.sha256]


def test_what_the_scanner_has_not_passed_is_a_gap_and_is_not_listed(settings: Any) -> None:
    settings.CLAMD_SOCKET = "/nowhere"
    by = officer()
    call = new(by)
    add(call, by)
    assert [gap.code for gap in gaps(call)] == ["document_unread"]
    assert (len(documents(call)), documents_to_read(call)) == (1, [])


def test_a_pdf_that_is_none_leaves_nothing() -> None:
    by = officer()
    call = new(by)
    with pytest.raises(Refused) as refusal:
        add_document(call=call, kind=DocumentKind.GUIDE, upload=SimpleUploadedFile("假.pdf", b"MZ no pdf"), by=by)
    assert (refusal.value.codes, StoredFile.objects.count()) == (["file_type"], 0)


def test_a_clone_has_files_of_its_own_over_the_same_bytes() -> None:
    by = officer()
    old = new(by)
    kept, removed = add(old, by), add(old, by, "旧模板.pdf", DocumentKind.TEMPLATE)
    remove_document(call=old, stored=removed, by=by)
    waiting = add(old, by, "模板.pdf", DocumentKind.TEMPLATE)
    refused = add(old, by, "坏.pdf", DocumentKind.TEMPLATE)
    StoredFile.objects.filter(pk=waiting.pk).update(state="waiting")
    StoredFile.objects.filter(pk=refused.pk).update(state="refused", refusal="virus")
    clone = clone_call(call=old, code="2028-XT", by=by)
    assert [(one.kind, one.file.name, one.ready) for one in documents(clone)] == [
        ("guide", "指南.pdf", True),
        ("template", "模板.pdf", False),
    ]
    copy = files_of(clone, "guide").get()
    assert (copy.sha256, copy.by, copy.uid != kept.uid) == (kept.sha256, by, True)
    entry = JournalEntry.objects.get(action="workflows.file.receive", subject_id=str(copy.pk))
    assert (entry.actor, entry.data["subject"]) == (f"user:{by.pk}", f"projects.call:{clone.pk}")


def test_taking_a_copied_document_out_leaves_the_older_calls(client: Client) -> None:
    by = officer()
    old = new(by)
    kept = add(old, by)
    clone = clone_call(call=old, code="2028-XT", by=by)
    copy = files_of(clone).get()
    remove_document(call=clone, stored=copy, by=by)
    with time_machine.travel(timezone.now() + dt.timedelta(days=60)):
        assert give_up_removed() == 1
        run_once()
    client.force_login(by)
    assert (status(client, kept), client.get(reverse("file", args=[copy.uid])).status_code) == (200, 404)
    assert [one.file for one in documents(old)] == [kept]
