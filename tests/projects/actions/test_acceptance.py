"""Acceptances: owed from the signature on, filed with what is known, heard by the organiser, decided by two people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from projects.actions.acceptance import (
    Filing,
    approve_acceptance,
    ask_rectification,
    check_acceptance,
    confirm_acceptance,
    enter_opinion,
    file_acceptance,
    move_acceptance,
    propose_outcome,
    return_checked_acceptance,
    save_acceptance,
    send_back_proposal,
    set_acceptance,
)
from projects.actions.payment import confirm_arrival, pay_instalment
from projects.budget import in_wan
from projects.definitions.acceptance import acceptance_rules
from projects.models import Acceptance, Instalment, Project
from projects.queries.acceptance import later, overdue, published, surplus_of
from projects.queries.acceptance_dossier import dossier_of
from tests.factories import way
from tests.projects.acceptances import MEETING, checked, decided, of, written
from tests.projects.budgets import running_project
from workflows.actions.deadlines import fire_deadlines
from workflows.errors import NotAllowed, Refused, Stale
from workflows.inbox import waiting_for
from workflows.models import Deadline, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 12, 1, 4, tzinfo=dt.UTC)):
        yield found


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.codes


def waits(user: Any, one: Acceptance) -> bool:
    return one.get_absolute_url() in [row.url for row in waiting_for(user)]


@pytest.mark.parametrize(
    ("grant", "organiser"),
    [(500_000, "organisation"), (500_001, "authority"), (1_000_000, "authority"), (1_000_001, "department")],
)
def test_the_grant_says_who_organises(grant: int, organiser: str) -> None:
    assert acceptance_rules().organiser(Decimal(grant)) == organiser


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, dt.date(2028, 8, 31)), (1, dt.date(2028, 9, 30)), (6, dt.date(2029, 2, 28)), (18, dt.date(2030, 2, 28))],
)
def test_a_day_some_months_later_is_never_in_the_month_after(months: int, day: dt.date) -> None:
    assert later(dt.date(2028, 8, 31), months) == day


def test_it_is_owed_from_the_signature_on_and_follows_the_term(project: Project) -> None:
    one = of(project)
    assert timezone.localtime(one.due_at).isoformat() == "2029-01-01T00:00:00+08:00"
    assert set_acceptance(project=project) == one
    project.ends_on = dt.date(2029, 6, 30)
    move_acceptance(project=project)
    assert timezone.localdate(of(project).due_at) == dt.date(2029, 7, 1)


def test_it_passes_through_every_hand_and_the_project_ends_with_it(cast: way.Cast, project: Project) -> None:
    instalment = Instalment.objects.select_related("project__contract").get(project=project, number=1)
    day = timezone.localdate()
    pay_instalment(instalment=instalment, amount=instalment.amount, paid_on=day, voucher="1", by=cast.officer)
    confirm_arrival(instalment=instalment, arrived_on=day, by=cast.admin)
    assert waits(cast.applicant, of(project))
    assert refused(lambda: file_acceptance(acceptance=of(project), by=cast.applicant))[0] == "no_summary"
    one = written(of(project), cast.applicant)
    file_acceptance(acceptance=one, by=cast.applicant)
    said = one.content["texts"]["summary"]
    assert (one.organiser, said, waits(cast.admin, one)) == ("organisation", "完成全部任务。", True)
    confirm_acceptance(acceptance=one, by=cast.admin)
    assert waits(cast.officer, one)
    check_acceptance(acceptance=one, by=cast.officer)
    assert (waits(cast.admin, one), waits(cast.recommender, one)) == (True, False)
    enter_opinion(acceptance=one, opinion=MEETING, by=cast.admin)
    propose_outcome(acceptance=one, outcome="passed", reason="", by=cast.officer)
    assert waits(cast.decision_maker, one)
    approve_acceptance(acceptance=one, by=cast.decision_maker)
    project.refresh_from_db()
    assert (project.state, one.state, one.surplus) == ("passed", "decided", instalment.amount)
    assert one.surplus == surplus_of(of(project).project)
    assert not Deadline.objects.filter(kind="projects.report", state="running").exists()
    assert [row.pk for row in published("", "passed")] == [one.pk]
    assert list(published("别处")) == []
    told = Message.objects.filter(title="项目验收结论已作出").values_list("to", flat=True)
    assert set(told) == {cast.applicant.pk, cast.admin.pk}


@pytest.mark.parametrize("outcome", ["concluded", "failed"])
def test_the_other_ends(cast: way.Cast, project: Project, outcome: str) -> None:
    one = decided(cast, project, outcome)
    assert (one.outcome, Project.objects.get(pk=project.pk).state) == (outcome, outcome)


def test_rectification_is_asked_for_once(cast: way.Cast, project: Project) -> None:
    one = checked(cast, project)
    half = replace(MEETING, task="partly", suggested="rectify")
    enter_opinion(acceptance=one, opinion=half, by=cast.admin)
    propose_outcome(acceptance=one, outcome="rectify", reason="", by=cast.officer)
    with pytest.raises(NotAllowed):
        approve_acceptance(acceptance=one, by=cast.decision_maker)
    ask_rectification(acceptance=one, by=cast.decision_maker)
    assert (one.state, one.rectified, timezone.localdate(one.due_at)) == ("rectifying", True, dt.date(2029, 3, 2))
    assert waits(cast.applicant, one)
    again = checked(cast, project)
    assert refused(lambda: enter_opinion(acceptance=again, opinion=half, by=cast.admin)) == ["rectified"]
    enter_opinion(acceptance=again, opinion=MEETING, by=cast.admin)
    propose_outcome(acceptance=again, outcome="passed", reason="", by=cast.officer)
    approve_acceptance(acceptance=again, by=cast.decision_maker)
    assert Project.objects.get(pk=project.pk).state == "passed"


def test_what_the_experts_say_must_hold_together(cast: way.Cast, project: Project) -> None:
    one = checked(cast, project)
    few = replace(MEETING, experts="专家一，第一大学")
    assert refused(lambda: enter_opinion(acceptance=one, opinion=few, by=cast.admin)) == ["few_experts"]
    halves = (replace(MEETING, task="partly"), replace(MEETING, finance=False))
    for half in halves:
        assert refused(lambda half=half: enter_opinion(acceptance=one, opinion=half, by=cast.admin)) == ["not_both"]  # type: ignore[misc]
    for stranger in (cast.applicant, cast.recommender, cast.officer, cast.other_admin):
        with pytest.raises(NotAllowed):
            enter_opinion(acceptance=one, opinion=MEETING, by=stranger)
    one.refresh_from_db()
    assert (one.state, one.experts) == ("checked", "")


def test_a_departure_has_a_reason_and_two_people_decide(cast: way.Cast, project: Project) -> None:
    one = checked(cast, project)
    enter_opinion(acceptance=one, opinion=MEETING, by=cast.admin)
    unexplained = refused(lambda: propose_outcome(acceptance=one, outcome="failed", reason=" ", by=cast.officer))
    assert unexplained == ["no_reason"]
    propose_outcome(acceptance=one, outcome="failed", reason="经费使用存在问题", by=cast.officer)
    Acceptance.objects.filter(pk=one.pk).update(proposed_by=cast.decision_maker)
    one.refresh_from_db()
    with pytest.raises(NotAllowed):
        approve_acceptance(acceptance=one, by=cast.decision_maker)
    send_back_proposal(acceptance=one, by=cast.decision_maker, note="理由不充分")
    assert (one.state, one.outcome, one.proposed_by) == ("opined", "", None)


def test_what_is_returned_has_days_and_two_windows_do_not_overwrite(cast: way.Cast, project: Project) -> None:
    one, other = of(project), of(project)
    written(one, cast.applicant, "第二次保存")
    with pytest.raises(Stale):
        written(other, cast.applicant, "第一个窗口")
    file_acceptance(acceptance=one, by=cast.applicant)
    assert refused(lambda: written(one, cast.applicant)) == ["wrong_state"]
    confirm_acceptance(acceptance=one, by=cast.admin)
    return_checked_acceptance(acceptance=one, by=cast.officer, note="缺经费决算表")
    assert (one.state, one.is_late, one.summary) == ("returned", False, "第二次保存")
    with pytest.raises(NotAllowed):
        save_acceptance(acceptance=one, filing=Filing("", "", []), expected_version=one.version, by=cast.admin)


def test_when_it_is_late_those_who_answer_for_it_are_told(cast: way.Cast, project: Project) -> None:
    one = of(project)
    with time_machine.travel(one.due_at - dt.timedelta(days=20)):
        fire_deadlines()
    with time_machine.travel(one.due_at + dt.timedelta(minutes=1)):
        assert list(overdue(timezone.now())) == [one]
        fire_deadlines()
        told = Message.objects.filter(title="项目验收已逾期").values_list("to", flat=True)
        assert {cast.applicant.pk, cast.admin.pk, cast.officer.pk} <= set(told)
    assert Message.objects.filter(title="您的项目验收即将到期").count() == 1


def test_own_money_that_did_not_arrive_is_named_to_all_who_look(cast: way.Cast, project: Project) -> None:
    one = written(of(project), cast.applicant)
    file_acceptance(acceptance=one, by=cast.applicant)
    client = Client()
    client.force_login(cast.admin)
    page = client.get(of(project).get_absolute_url()).content.decode()
    money = next(part["text"] for part in dossier_of(of(project)).sections if "自筹" in part["text"])
    assert project.own > 0
    assert f"尚缺{in_wan(project.own)}\xa0万元" in page.replace(" 万元", "\xa0万元")
    assert f"自筹资金未到位：{in_wan(project.own)}" in money
