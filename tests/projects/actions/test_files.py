from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.actions.files import attach_file, detach_file
from projects.actions.submission import submit_proposal, take_back
from projects.definitions.form import Form, FormField
from projects.models import Proposal
from projects.queries.problems import problems
from tests.projects.writing import draft, filled, host, user_of
from workflows.actions.file_bytes import give_up_removed
from workflows.errors import NotAllowed, Refused
from workflows.files import files_of
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db


def pdf(name: str = "承诺书.pdf") -> SimpleUploadedFile:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stream)
    return SimpleUploadedFile(name, stream.getvalue(), "application/pdf")


def status(client: Client, stored: StoredFile) -> int:
    answer = client.get(reverse("file", args=[stored.uid]))
    b"".join(answer)  # read to the end, so that the file is closed
    return answer.status_code


def field(proposal: Proposal, name: str) -> FormField:
    return next(one for one in Form.model_validate(proposal.call.form).all_fields() if one.id == name)


def test_a_second_file_replaces_the_one_where_one_is_asked_for() -> None:
    proposal, user = draft()
    for name in ("旧.pdf", "新.pdf"):
        attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf(name), by=user)
    assert [one.name for one in files_of(proposal, "promise")] == ["新.pdf"]
    assert "promise" not in [one.field for one in problems(proposal)]


def test_a_pdf_that_is_none_and_a_full_field_are_refused() -> None:
    proposal, user = draft()
    with pytest.raises(Refused):
        attach_file(
            proposal=proposal,
            field=field(proposal, "promise"),
            upload=SimpleUploadedFile("假.pdf", b"MZ not a pdf", "application/pdf"),
            by=user,
        )
    many = field(proposal, "cooperation")
    for number in range(many.most_files):
        attach_file(proposal=proposal, field=many, upload=pdf(f"{number}.pdf"), by=user)
    with pytest.raises(Refused) as refused:
        attach_file(proposal=proposal, field=many, upload=pdf(), by=user)
    assert refused.value.codes == ["full"]


def test_strangers_neither_attach_nor_read(client: Client) -> None:
    proposal, user = draft()
    stranger = user_of("韩磊", host())
    with pytest.raises(NotAllowed):
        attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf(), by=stranger)
    stored = attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf(), by=user)
    answers = []
    for asker in (user, stranger):
        client.force_login(asker)
        answers.append(status(client, stored))
    assert answers == [200, 404]


def test_a_file_of_a_submitted_version_stays_readable_after_it_left_the_draft(client: Client) -> None:
    proposal, user = filled()
    kept = attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf(), by=user)
    submit_proposal(proposal=proposal, by=user, key="k")
    take_back(proposal=proposal, by=user)
    detach_file(proposal=proposal, stored=kept, by=user)
    client.force_login(user)
    assert files_of(proposal, "promise").count() == 0
    assert status(client, kept) == 200


def test_the_page_takes_a_file_names_what_was_refused_and_removes(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    url = reverse("proposal-section", args=[proposal.uid, "attachments"])
    sent: dict[str, Any] = {"version": "0", "do": "save"}
    assert client.post(url, {**sent, "f-promise": pdf()}).status_code == 302
    stored = StoredFile.objects.get()
    refused = client.post(url, {**sent, "f-ethics": SimpleUploadedFile("x.exe", b"MZ")})
    assert (refused.status_code, StoredFile.objects.count()) == (409, 1)
    assert client.post(url, {"version": "0", "do": f"drop:{stored.uid}"}).status_code == 302
    assert files_of(proposal).count() == 0


def test_a_proposal_and_an_organisation_hold_only_so_much(settings: Any) -> None:
    proposal, user = draft()
    many = field(proposal, "cooperation")
    first = attach_file(proposal=proposal, field=many, upload=pdf("一.pdf"), by=user)
    settings.UPLOAD_PROPOSAL_BYTES = first.size
    with pytest.raises(Refused) as refused:
        attach_file(proposal=proposal, field=many, upload=pdf("二.pdf"), by=user)
    assert (refused.value.codes, files_of(proposal).count()) == (["quota_proposal"], 1)
    settings.UPLOAD_PROPOSAL_BYTES, settings.UPLOAD_ORGANISATION_BYTES = 0, first.size
    with pytest.raises(Refused) as refused:
        attach_file(proposal=proposal, field=many, upload=pdf("二.pdf"), by=user)
    assert refused.value.codes == ["quota_organisation"]
    detach_file(proposal=proposal, stored=first, by=user)
    attach_file(proposal=proposal, field=many, upload=pdf("二.pdf"), by=user)


def test_a_file_that_replaces_another_counts_only_for_what_it_is_larger(settings: Any) -> None:
    proposal, user = draft()
    promise = field(proposal, "promise")
    first = attach_file(proposal=proposal, field=promise, upload=pdf(), by=user)
    settings.UPLOAD_PROPOSAL_BYTES = settings.UPLOAD_ORGANISATION_BYTES = first.size
    attach_file(proposal=proposal, field=promise, upload=pdf("新.pdf"), by=user)
    assert [one.name for one in files_of(proposal, "promise")] == ["新.pdf"]


def test_the_page_says_beside_the_field_that_the_quota_is_used_up(client: Client, settings: Any) -> None:
    proposal, user = draft()
    client.force_login(user)
    settings.UPLOAD_PROPOSAL_BYTES = 100
    url = reverse("proposal-section", args=[proposal.uid, "attachments"])
    answer = client.post(url, {"version": "0", "do": "save", "f-promise": pdf()})
    text = answer.content.decode()
    assert (answer.status_code, StoredFile.objects.count()) == (409, 0)
    assert "本申报书附件合计将达" in text


def test_files_of_versions_survive_their_removal(client: Client) -> None:
    proposal, user = filled()
    kept = attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf(), by=user)
    submit_proposal(proposal=proposal, by=user, key="k")
    take_back(proposal=proposal, by=user)
    dropped = attach_file(proposal=proposal, field=field(proposal, "promise"), upload=pdf("新.pdf"), by=user)
    detach_file(proposal=proposal, stored=dropped, by=user)
    before = StoredFile.objects.filter(removed_at__isnull=False).count()
    given_up = give_up_removed(at=timezone.now() + dt.timedelta(days=400))
    client.force_login(user)
    assert (before - given_up, status(client, kept), status(client, dropped)) == (1, 200, 404)
