"""Appeals against the outcome of an acceptance: in time, once, answered by somebody who had no hand in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from projects.actions.acceptance import approve_acceptance, propose_outcome
from projects.actions.appeal import grant_appeal, make_appeal, uphold_appeal
from projects.models import Acceptance, AcceptanceAppeal, Project
from tests.factories import directory, way
from tests.projects.acceptances import decided, of
from tests.projects.budgets import running_project
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import Message
from workflows.verbs import verb_url

pytestmark = pytest.mark.django_db

WHY = "检测报告已在验收资料附件中提交，未被采信。"


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def failed(cast: way.Cast) -> Iterator[Acceptance]:
    project = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 12, 1, 4, tzinfo=dt.UTC)):
        decided(cast, project, "failed")
        yield of(project)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.codes


def page(user: Any, url: str) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(url).content.decode()


def test_granted_it_is_decided_again_and_for_good(cast: way.Cast, failed: Acceptance) -> None:
    assert "公示至" in page(None, reverse("acceptance-outcomes"))
    appeal = make_appeal(acceptance=failed, reason=WHY, by=cast.applicant)
    assert "申诉处理中" in page(None, reverse("acceptance-outcomes"))
    assert appeal.get_absolute_url() in [row.url for row in waiting_for(cast.integrity)]
    assert "申诉所针对的结论" in page(cast.integrity, appeal.get_absolute_url())
    assert "结论“未通过”撤销" in page(cast.integrity, verb_url(appeal, "grant"))
    assert "本事项已办结" not in page(cast.applicant, failed.get_absolute_url())
    grant_appeal(appeal=appeal, by=cast.integrity, note="附件确有该报告。")
    failed = of(failed.project)
    assert (failed.state, failed.outcome, failed.decided_at, failed.appeal_until) == ("opined", "", None, None)
    assert Project.objects.get().state == "active"
    assert Message.objects.filter(to=cast.applicant, url=appeal.get_absolute_url()).exists()
    propose_outcome(acceptance=failed, outcome="concluded", reason="指标基本完成。", by=cast.officer)
    approve_acceptance(acceptance=failed, by=cast.decision_maker)
    assert Project.objects.get().state == "concluded"
    assert refused(lambda: make_appeal(acceptance=failed, reason=WHY, by=cast.admin)) == ["once"]


def test_upheld_nothing_changes(cast: way.Cast, failed: Acceptance) -> None:
    appeal = make_appeal(acceptance=failed, reason=WHY, by=cast.admin)
    uphold_appeal(appeal=appeal, by=cast.integrity, note="报告不在合同期内。")
    assert (Project.objects.get().state, AcceptanceAppeal.objects.get().state) == ("failed", "upheld")
    assert "报告不在合同期内。" in page(cast.applicant, failed.get_absolute_url())
    assert appeal.get_absolute_url() not in [row.url for row in waiting_for(cast.integrity)]


def test_it_is_made_in_time_with_a_reason_by_the_two_sides(cast: way.Cast, failed: Acceptance) -> None:
    for name in ("officer", "recommender", "stranger", "other_admin"):
        with pytest.raises(NotAllowed):
            make_appeal(acceptance=failed, reason=WHY, by=cast.everybody()[name])
    assert refused(lambda: make_appeal(acceptance=failed, reason=" ", by=cast.applicant)) == ["field:reason"]
    url = reverse("acceptance-appeal", args=[failed.uid])
    assert url in page(cast.applicant, failed.get_absolute_url())
    assert failed.appeal_until is not None
    with time_machine.travel(failed.appeal_until + dt.timedelta(minutes=1)):
        assert refused(lambda: make_appeal(acceptance=failed, reason=WHY, by=cast.applicant)) == ["notice_over"]
        assert url not in page(cast.applicant, failed.get_absolute_url())
        assert "公示至" not in page(None, reverse("acceptance-outcomes"))
    client = Client()
    client.force_login(cast.applicant)
    assert client.post(url, {"reason": WHY})["Location"] == AcceptanceAppeal.objects.get().get_absolute_url()


def test_who_had_a_hand_in_the_outcome_does_not_answer(cast: way.Cast, failed: Acceptance) -> None:
    appeal = make_appeal(acceptance=failed, reason=WHY, by=cast.applicant)
    Acceptance.objects.update(proposed_by=cast.integrity)
    appeal = AcceptanceAppeal.objects.select_related("acceptance").get(pk=appeal.pk)
    with pytest.raises(NotAllowed):
        uphold_appeal(appeal=appeal, by=cast.integrity, note="维持。")
    uphold_appeal(appeal=appeal, by=directory.integrity_officer(), note="维持。")
