"""Instalments: planned by the rules, paid, arrived, kept in step with the budget; own money; milestones."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from projects.actions.adjustment import ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.own_funds import Arrival, record_own_funds, strike_own_funds
from projects.actions.payment import (
    claim_milestone,
    confirm_arrival,
    pay_instalment,
    reach_milestone,
    send_back_milestone,
    take_back_payment,
)
from projects.actions.payment_plan import PlanRow, change_plan, plan_payments, plan_seen
from projects.actions.running import begin_running
from projects.enums import FundsSource
from projects.models import Instalment, OwnFunds, Project
from projects.queries.payments import money_sums
from tests.factories import way
from tests.projects.budgets import again, running_project, wish
from tests.projects.papers import pdf
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db
FIRST = Decimal(240_000)


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def plan_of(project: Project) -> list[tuple[int, Decimal, str, str]]:
    rows = Instalment.objects.filter(project=project).order_by("number")
    return list(rows.values_list("number", "amount", "condition", "state"))


def first(project: Project) -> Instalment:
    found: Instalment = Instalment.objects.select_related("project__contract").get(project=project, number=1)
    return found


def signed_on(project: Project) -> dt.date:
    """The day of the last signature, which lies twenty days ahead of the test."""
    assert project.contract.signed_at
    return timezone.localdate(project.contract.signed_at)


@pytest.fixture
def paid(cast: way.Cast, project: Project, time_machine_at_signature: None) -> Instalment:
    return pay_instalment(
        instalment=first(project), amount=FIRST, paid_on=signed_on(project), voucher="拨-01", by=cast.officer
    )


@pytest.fixture
def time_machine_at_signature(project: Project) -> object:
    import time_machine

    assert project.contract.signed_at
    with time_machine.travel(project.contract.signed_at + dt.timedelta(days=1)):
        yield


def test_the_signed_contract_plans_the_payments_by_the_rules(project: Project) -> None:
    assert plan_of(project) == [
        (1, Decimal(240_000), "signature", "planned"),
        (2, Decimal(160_000), "milestone", "planned"),
    ]
    assert first(project).due_on == signed_on(project) + dt.timedelta(days=30)
    assert [(one.due_on, one.text) for one in project.milestones.all()] == [
        (dt.date(2027, 12, 31), "完成野外调查"),
        (dt.date(2028, 12, 31), "完成示范推广"),
    ]
    begin_running(project=project)
    assert plan_payments(project=project) == []
    assert Instalment.objects.count() == 2


@pytest.mark.usefixtures("time_machine_at_signature")
def test_an_instalment_is_paid_and_arrives(cast: way.Cast, project: Project) -> None:
    day = signed_on(project)
    made = pay_instalment(instalment=first(project), amount=FIRST, paid_on=day, voucher=" 拨-01 ", by=cast.officer)
    assert (made.state, made.voucher) == ("paid", "拨-01")
    assert [one.to for one in Message.objects.filter(key__contains=":paid")] == [cast.admin]
    arrived = confirm_arrival(instalment=made, arrived_on=day + dt.timedelta(days=1), by=cast.admin)
    sums = money_sums(project)
    assert (arrived.state, sums.paid, sums.arrived) == ("arrived", Decimal(240_000), Decimal(240_000))
    entry = JournalEntry.objects.get(action="projects.instalment.pay")
    assert (entry.data["amount"], entry.data["voucher"]) == ("240000.00", "拨-01")


def test_only_an_officer_pays_and_only_the_host_confirms(cast: way.Cast, paid: Instalment) -> None:
    for name, user in cast.everybody().items():
        if name != "officer":
            with pytest.raises(NotAllowed):
                pay_instalment(instalment=paid, amount=FIRST, paid_on=timezone.localdate(), voucher="1", by=again(user))
        if name != "admin":
            with pytest.raises(NotAllowed):
                confirm_arrival(instalment=paid, arrived_on=timezone.localdate(), by=again(user))


def test_what_was_paid_is_not_paid_again(cast: way.Cast, paid: Instalment) -> None:
    with pytest.raises(Refused) as refused:
        pay_instalment(instalment=paid, amount=FIRST, paid_on=timezone.localdate(), voucher="2", by=cast.officer)
    assert refused.value.codes == ["wrong_state"]


@pytest.mark.usefixtures("time_machine_at_signature")
@pytest.mark.parametrize(
    ("days", "voucher", "codes"), [(1, "1", ["in_future"]), (-2, "1", ["too_early"]), (0, " ", ["no_voucher"])]
)
def test_impossible_payments_are_refused(
    cast: way.Cast, project: Project, days: int, voucher: str, codes: list[str]
) -> None:
    day = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(Refused) as refused:
        pay_instalment(instalment=first(project), amount=FIRST, paid_on=day, voucher=voucher, by=cast.officer)
    assert (refused.value.codes, money_sums(project).paid) == (codes, Decimal(0))


def test_a_day_of_arrival_before_the_payment_is_refused(cast: way.Cast, paid: Instalment) -> None:
    with pytest.raises(Refused) as refused:
        confirm_arrival(instalment=paid, arrived_on=signed_on(paid.project) - dt.timedelta(days=1), by=cast.admin)
    assert refused.value.codes == ["too_early"]


def test_a_payment_that_came_back_is_planned_again(cast: way.Cast, paid: Instalment) -> None:
    with pytest.raises(Refused):
        take_back_payment(instalment=paid, by=cast.officer)
    made = take_back_payment(instalment=paid, by=cast.officer, note="账号有误")
    assert (made.state, made.paid_on, money_sums(paid.project).paid) == ("planned", None, Decimal(0))


@pytest.mark.usefixtures("time_machine_at_signature")
def test_another_amount_than_the_planned_one_is_not_paid(cast: way.Cast, project: Project) -> None:
    one, day = first(project), timezone.localdate()
    with pytest.raises(Refused) as refused:
        pay_instalment(instalment=one, amount=Decimal(1), paid_on=day, voucher="1", by=cast.officer)
    assert (refused.value.codes, money_sums(project).paid) == (["other_amount"], Decimal(0))


@pytest.mark.usefixtures("time_machine_at_signature")
def test_what_waits_for_a_milestone_is_paid_once_that_is_reached(cast: way.Cast, project: Project) -> None:
    second = Instalment.objects.get(project=project, number=2)
    with pytest.raises(Refused) as refused:
        pay_instalment(
            instalment=second, amount=second.amount, paid_on=timezone.localdate(), voucher="2", by=cast.officer
        )
    assert refused.value.codes == ["milestone_ahead"]
    milestone = project.milestones.get(number=1)
    with pytest.raises(Refused):
        claim_milestone(milestone=milestone, by=cast.applicant)
    claim_milestone(milestone=milestone, by=cast.applicant, note="调查报告已交")
    send_back_milestone(milestone=milestone, by=cast.officer, note="缺数据")
    assert Message.objects.filter(to=cast.applicant, key__endswith=f":send_back:{cast.applicant.pk}").count() == 1
    claim_milestone(milestone=milestone, by=cast.applicant, note="数据已补")
    reach_milestone(milestone=milestone, by=cast.officer)
    second.refresh_from_db()
    assert (
        pay_instalment(
            instalment=second, amount=second.amount, paid_on=timezone.localdate(), voucher="2", by=cast.officer
        ).state
        == "paid"
    )


def test_an_officer_changes_what_is_not_paid_yet(cast: way.Cast, paid: Instalment) -> None:
    project, day = paid.project, dt.date(2027, 9, 1)
    rows = [PlanRow(Decimal(100_000), day, milestone=2), PlanRow(Decimal(60_000), day)]
    change_plan(project=project, rows=rows, seen=plan_seen(project), by=cast.officer)
    assert plan_of(project) == [
        (1, Decimal(240_000), "signature", "paid"),
        (2, Decimal(100_000), "milestone", "planned"),
        (3, Decimal(60_000), "date", "planned"),
    ]
    change_plan(project=project, rows=[PlanRow(Decimal(160_000), day)], seen=plan_seen(project), by=cast.officer)
    assert [row[3] for row in plan_of(project)] == ["paid", "planned", "cancelled"]


def test_a_plan_that_does_not_add_up_or_is_not_the_one_seen_is_refused(cast: way.Cast, project: Project) -> None:
    rows = [PlanRow(Decimal(399_999), dt.date(2027, 9, 1), milestone=7)]
    with pytest.raises(Refused) as refused:
        change_plan(project=project, rows=rows, seen="old", by=cast.officer)
    assert refused.value.codes == ["stale", "not_the_rest", "no_milestone"]
    with pytest.raises(NotAllowed):
        change_plan(project=project, rows=rows, seen=plan_seen(project), by=cast.admin)


def approve_total(cast: way.Cast, project: Project, change: int) -> None:
    """The total of the budget changes by so much, with everybody's approval."""
    asked = ask_adjustment(project=project, wish=wish(project, operating__materials=change), by=cast.applicant)
    for user in (cast.admin, cast.decision_maker):
        decide_adjustment(adjustment=asked, verdict=Verdict.APPROVE, by=again(user))


def test_the_plan_follows_the_total_of_the_budget(cast: way.Cast, project: Project) -> None:
    approve_total(cast, project, -170_000)
    assert plan_of(project)[0][1:] == (Decimal(230_000), "signature", "planned")
    assert plan_of(project)[1][3] == "cancelled"
    approve_total(cast, project, 20_000)
    assert plan_of(project)[0][1] == Decimal(250_000)


def test_a_budget_cannot_fall_below_what_is_paid(cast: way.Cast, paid: Instalment) -> None:
    with pytest.raises(Refused) as refused:
        approve_total(cast, paid.project, -160_001)
    assert refused.value.codes == ["below_paid"]
    approve_total(cast, paid.project, -160_000)
    assert money_sums(paid.project).total == money_sums(paid.project).paid
    approve_total(cast, paid.project, 5_000)
    assert plan_of(paid.project)[2] == (3, Decimal(5_000), "date", "planned")


def test_own_money_is_written_down_once_with_its_paper(cast: way.Cast, project: Project) -> None:
    arrival = Arrival(Decimal(30_000), timezone.localdate(), FundsSource.OWN, uuid.uuid4())
    made = record_own_funds(project=project, arrival=arrival, paper=pdf(), by=cast.admin)
    assert record_own_funds(project=project, arrival=arrival, paper=pdf(), by=cast.admin) == made
    assert (money_sums(project).own_arrived, money_sums(project).own_missing) == (Decimal(30_000), Decimal(70_000))
    strike_own_funds(own=made, by=cast.applicant, why="重复登记")
    strike_own_funds(own=made, by=cast.applicant, why="重复登记")
    assert money_sums(project).own_arrived == 0
    assert JournalEntry.objects.filter(action="projects.own_funds.strike").count() == 1


def test_own_money_is_refused_with_every_reason(cast: way.Cast, project: Project) -> None:
    day = timezone.localdate() + dt.timedelta(days=1)
    arrival = Arrival(Decimal(0), day, FundsSource.OWN, uuid.uuid4())
    with pytest.raises(Refused) as refused:
        record_own_funds(project=project, arrival=arrival, paper=pdf(), by=cast.admin)
    assert refused.value.codes == ["nothing", "in_future"]
    text = SimpleUploadedFile("a.pdf", b"no pdf", "application/pdf")
    good = Arrival(Decimal(1), timezone.localdate(), FundsSource.OWN, uuid.uuid4())
    with pytest.raises(Refused):
        record_own_funds(project=project, arrival=good, paper=text, by=cast.admin)
    with pytest.raises(NotAllowed):
        record_own_funds(project=project, arrival=good, paper=pdf(), by=cast.officer)
    assert OwnFunds.objects.count() == 0
