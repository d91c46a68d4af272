from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from projects.actions.call_documents import add_document
from projects.enums import DocumentKind
from projects.models import Call
from tests.factories.directory import auditor, officer
from tests.factories.projects import CallFactory
from tests.projects.actions.test_call_documents import pdf
from tests.projects.writing import draft
from workflows.files import files_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def url(call: Call) -> str:
    return reverse("call_documents", args=[call.uid])


def test_the_page_takes_names_and_removes_documents(client: Client) -> None:
    call = CallFactory.create()
    client.force_login(officer())
    assert client.post(url(call), {"kind": "template", "upload": pdf("模板.pdf")}).status_code == 302
    stored = files_of(call).get()
    listed = client.get(reverse("officer_call", args=[call.uid]), {"part": "documents"}).content.decode()
    assert (stored.purpose, reverse("file", args=[stored.uid]) in listed) == ("template", True)
    assert client.post(url(call), {"remove": str(stored.uid)}).status_code == 302
    assert files_of(call).count() == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "guide"}, "要上传的文件"),
        ({"kind": "guide", "upload": SimpleUploadedFile("假.pdf", b"MZ no pdf")}, "内容与扩展名不符"),
        ({"kind": "guide", "upload": SimpleUploadedFile("x.exe", b"MZ")}, "不接受"),
    ],
)
def test_bad_uploads_are_named_beside_the_field_and_change_nothing(client: Client, sent: Any, said: str) -> None:
    call = CallFactory.create()
    client.force_login(officer())
    answer = client.post(url(call), sent)
    assert list(answer.context["form"].errors) == ["upload"]
    assert (answer.status_code, said in answer.content.decode(), files_of(call).count()) == (409, True, 0)


def test_a_document_that_is_not_there_looks_like_one_of_another_call(client: Client) -> None:
    by = officer()
    call, other = CallFactory.create(officer=by), CallFactory.create(officer=by)
    foreign = add_document(call=other, kind=DocumentKind.GUIDE, upload=pdf(), by=by)
    client.force_login(by)
    codes = [
        client.post(url(call), {"remove": one}).status_code for one in (str(foreign.uid), str(uuid.uuid4()), "nonsense")
    ]
    assert (codes, files_of(other).count()) == ([404, 404, 404], 1)


def test_readers_and_published_calls_have_no_upload(client: Client) -> None:
    client.force_login(auditor())
    assert client.get(url(CallFactory.create())).status_code == 404
    client.force_login(officer())
    assert client.get(url(CallFactory.create(published=True))).status_code == 409


def test_applicants_find_the_documents_where_they_write(client: Client) -> None:
    proposal, user = draft()
    by = officer()
    call = proposal.call
    Call.objects.filter(pk=call.pk).update(state="draft")
    stored = add_document(call=call, kind=DocumentKind.TEMPLATE, upload=pdf("模板.pdf"), by=by)
    Call.objects.filter(pk=call.pk).update(state="published")
    client.force_login(user)
    pages = (
        reverse("proposal-write", args=[proposal.uid]),
        reverse("proposal-section", args=[proposal.uid, "attachments"]),
        reverse("proposal-start", args=[call.code]),
    )
    link = reverse("file", args=[stored.uid])
    assert [link in client.get(page).content.decode() for page in pages] == [True, True, True]
