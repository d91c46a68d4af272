"""Pages follow their records, by the relay."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.models import CallPage, HomePage, NoticePage
from projects.models import Call
from tests.factories import cms
from tests.factories.projects import CallFactory
from workflows.actions.outbox import queue
from workflows.models import OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def deliver(kind: str, key: str, payload: dict[str, Any]) -> str:
    queue(kind=kind, key=key, payload=payload)
    run_once()
    return OutboxMessage.objects.get(key=key).state


def test_a_published_call_has_a_live_page(home: HomePage, client: Client) -> None:
    call = CallFactory.create(published=True, code="2027-XT")
    assert deliver("call.published", "1", {"call_id": call.pk}) == "done"
    page = CallPage.objects.get(call=call)
    assert (page.title, page.slug, page.live) == (call.title, "2027-xt", True)
    assert client.get("/calls/2027-xt/").status_code == 200


def test_the_same_effect_twice_makes_one_page_and_no_further_revision(home: HomePage) -> None:
    call = CallFactory.create(published=True)
    deliver("call.published", "1", {"call_id": call.pk})
    deliver("call.published", "2", {"call_id": call.pk})
    assert CallPage.objects.get(call=call).revisions.count() == 1


def test_a_changed_title_reaches_the_page(home: HomePage) -> None:
    page = cms.call_page()
    Call.objects.filter(pk=page.call_id).update(title="改后的标题")
    deliver("call.changed", "1", {"call_id": page.call_id})
    assert CallPage.objects.get(pk=page.pk).title == "改后的标题"


def test_a_cancelled_call_has_no_page(home: HomePage, client: Client) -> None:
    page = cms.call_page(code="2027-XT")
    Call.objects.filter(pk=page.call_id).update(state="cancelled")
    assert client.get("/calls/2027-xt/").status_code == 404
    deliver("call.cancelled", "1", {"call_id": page.call_id})
    assert CallPage.objects.get(pk=page.pk).live is False


def test_a_draft_call_gets_no_page(home: HomePage) -> None:
    call = CallFactory.create()
    assert deliver("call.changed", "1", {"call_id": call.pk}) == "done"
    assert not CallPage.objects.exists()


def test_a_notice_has_a_page_until_it_is_cancelled(home: HomePage) -> None:
    notice = cms.notice()
    deliver("notice.published", "1", {"notice_id": notice.pk})
    assert NoticePage.objects.get(notice=notice).live is True
    type(notice).objects.filter(pk=notice.pk).update(state="cancelled")
    deliver("notice.cancelled", "2", {"notice_id": notice.pk})
    assert NoticePage.objects.get(notice=notice).live is False
