"""Copies of attachments: what the experts of an anonymous round get instead of the originals."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.dossier import copy_attachments
from experts.actions.round import send_invitations
from experts.models import Assignment, Dossier
from experts.queries.attachments import Attachment, attachments, reads_copies
from tests.factories.directory import expert, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running
from tests.workflows.scrub import canaries
from workflows.actions.files import receive_file
from workflows.models import OutboxMessage, StoredFile
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> StoredFile:
    owner = expert()
    given = SimpleUploadedFile("苏日娜的申请书.pdf", canaries.pdf())
    return receive_file(subject=owner, purpose="proof", upload=given, by=owner)


def handed(upload: StoredFile) -> Dossier:
    named = ({"uid": str(upload.uid), "name": "附件1.pdf", "copy": True},)
    subject = {"subject_type": upload.subject_type, "subject_id": str(upload.subject_id)}
    return handed_in(1, officer(), files=named, **subject)


def reviewed(dossier: Dossier) -> User:
    """An expert who has accepted `dossier`."""
    boss, user = officer(), expert_user()
    review_round = running(boss, dossier)
    dossier.refresh_from_db()
    made = assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    accept(assignment=Assignment.objects.get(pk=made.pk), by=user, statement=True)
    return user


def fetched(user: User, uid: Any) -> tuple[int, bytes]:
    client = Client()
    client.force_login(user)
    response: Any = client.get(f"/files/{uid}/")
    return response.status_code, b"".join(response.streaming_content) if response.streaming else b""


def test_the_expert_gets_the_copy_and_never_the_original(upload: StoredFile) -> None:
    dossier = handed(upload)
    user = reviewed(dossier)
    assert attachments(dossier) == [Attachment("附件1.pdf", None)]

    copy_attachments(dossier=dossier)

    (shown,) = attachments(dossier)
    status, data = fetched(user, shown.uid)
    assert (status, canaries.bears_canary(data, "pdf")) == (200, False)
    assert fetched(user, upload.uid)[0] == 404
    assert fetched(expert_user(), shown.uid)[0] == 404
    assert [reads_copies(one, dossier) for one in (officer(), user, expert_user())] == [True, True, False]


def test_the_page_says_that_a_copy_is_on_its_way_or_failed(upload: StoredFile) -> None:
    dossier = handed(upload)
    user = reviewed(dossier)
    client = Client()
    client.force_login(user)
    address = f"/bench/reviews/{Assignment.objects.get().uid}/"
    assert "正在生成" in client.get(address).content.decode()

    StoredFile.objects.filter(pk=upload.pk).update(name="图.png")
    copy_attachments(dossier=dossier)

    assert "无法去除" in client.get(address).content.decode()
    assert attachments(dossier) == [Attachment("附件1.pdf", None, failed=True)]


def test_handing_in_orders_the_copies(upload: StoredFile) -> None:
    dossier = handed(upload)
    assert list(OutboxMessage.objects.filter(kind="experts.dossier.copy").values_list("payload", flat=True)) == [
        {"dossier": dossier.pk}
    ]

    run_once()

    assert attachments(dossier)[0].uid is not None
