"""Sixteen hands at the money of one project at the same instant: payments, cuts of the budget, changes of the plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from projects.actions.adjustment import ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.payment import pay_instalment
from projects.actions.payment_plan import PlanRow, change_plan, plan_seen
from projects.models import Adjustment, Instalment, Project
from tests.factories import way
from tests.projects.budgets import again, running_project, wish
from tests.races import race
from workflows.enums import Verdict
from workflows.invariants import INVARIANTS

PART, PARTS = Decimal(50_000), 8
PAYMENTS, CUTS, PLANS = 6, 6, 4
ALLOWED = {
    *("done", "wrong_state", "below_paid", "line_below_zero", "above_budget"),
    *("stale", "not_the_rest", "other_amount", "stale,not_the_rest"),
}
MONEY = [one for code, one in INVARIANTS.items() if code.startswith(("budget.", "payment."))]


def money_at_once() -> tuple[Counter[str], list[str]]:
    """One race on a fresh project: how each hand ended, and what of the money is not in order afterwards."""
    cast = way.Cast()
    project = running_project(cast)
    assert project.contract.signed_at
    with time_machine.travel(project.contract.signed_at + dt.timedelta(days=1), tick=True):
        found = race(_hands(cast, project))
    return Counter(found), [f"{one.code}: {fault}" for one in MONEY for fault in one.violations()]


def _hands(cast: way.Cast, project: Project) -> list[Callable[[], Any]]:
    day = timezone.localdate()
    change_plan(project=project, rows=[PlanRow(PART, day)] * PARTS, seen=plan_seen(project), by=cast.officer)
    planned = Instalment.objects.filter(project=project, state="planned").order_by("pk")
    cuts = [_cut(cast, project) for _one in range(CUTS)]
    whole = [PlanRow(PART * 2, day)] * (PARTS // 2)
    seen = plan_seen(project)
    return [
        *(_pay(cast, one.pk) for one in planned[:PAYMENTS]),
        *(_approve(cast, one.pk) for one in cuts),
        *([lambda: change_plan(project=_fresh(project), rows=whole, seen=seen, by=again(cast.officer))] * PLANS),
    ]


def _cut(cast: way.Cast, project: Project) -> Adjustment:
    """A cut of the total that waits for the department alone."""
    asked = ask_adjustment(project=project, wish=wish(project, operating__materials=-int(PART)), by=cast.applicant)
    return decide_adjustment(adjustment=asked, verdict=Verdict.APPROVE, by=again(cast.admin))


def _approve(cast: way.Cast, pk: int) -> Callable[[], Any]:
    return lambda: decide_adjustment(
        adjustment=Adjustment.objects.get(pk=pk), verdict=Verdict.APPROVE, by=again(cast.decision_maker)
    )


def _pay(cast: way.Cast, pk: int) -> Callable[[], Any]:
    def pay() -> None:
        one = Instalment.objects.select_related("project__contract").get(pk=pk)
        pay_instalment(
            instalment=one, amount=PART, paid_on=timezone.localdate(), voucher=f"{pk}", by=again(cast.officer)
        )

    return pay


def _fresh(project: Project) -> Project:
    found: Project = Project.objects.get(pk=project.pk)
    return found
