"""Several approvals of one budget at the same instant: never overdrawn; with the lock off the race is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from projects.actions import adjustment_decision
from projects.actions.adjustment import ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.models import Adjustment, LedgerLine, Project
from tests.factories import way
from tests.projects.budgets import again, amounts, running_project, wish
from tests.races import race
from workflows.enums import Verdict
from workflows.invariants import INVARIANTS

pytest_plugins = ("tests.postgres",)
BUDGETS = [one for code, one in INVARIANTS.items() if code.startswith("budget.")]
ROUNDS, HANDS = 3, 8
MOST = 3  # of 100,000 yuan each out of 300,000


def approvals_at_once() -> tuple[Counter[str], Project]:
    """Eight changes wait, each takes a third of the materials; all are approved at one instant."""
    cast = way.Cast()
    project = running_project(cast)
    taken = {"equipment__purchase": 100_000, "operating__materials": -100_000}
    asked = [ask_adjustment(project=project, wish=wish(project, **taken), by=cast.applicant) for _one in range(HANDS)]

    def approve(pk: int) -> Callable[[], Any]:
        return lambda: decide_adjustment(
            adjustment=Adjustment.objects.get(pk=pk), verdict=Verdict.APPROVE, by=again(cast.admin)
        )

    return Counter(race([approve(one.pk) for one in asked])), project


def check_never_overdrawn() -> None:
    for _round in range(ROUNDS):
        found, project = approvals_at_once()
        assert found == {"done": MOST, "line_below_zero": HANDS - MOST}
        assert amounts(project) == {"equipment.purchase": Decimal(400_000)}
        assert [fault for one in BUDGETS for fault in one.violations()] == []


def sent_at_once() -> Counter[str]:
    """The same form sent eight times at one instant."""
    cast = way.Cast()
    project = running_project(cast)
    asked = wish(project, operating__testing=50_000, operating__materials=-50_000)

    def send() -> None:
        ask_adjustment(project=Project.objects.get(pk=project.pk), wish=asked, by=again(cast.applicant))

    found = Counter(race([send] * HANDS))
    assert Adjustment.objects.filter(project=project).count() == 1
    assert amounts(project)["operating.testing"] == Decimal(50_000)
    return found


@pytest.mark.django_db(transaction=True)
def test_approvals_at_once_never_overdraw_on_sqlite() -> None:
    check_never_overdrawn()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_approvals_at_once_never_overdraw_on_postgresql() -> None:
    check_never_overdrawn()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_lock_off_only_the_database_stops_an_overdraft(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(*, project_id: int) -> list[LedgerLine]:
        rows = LedgerLine.objects.filter(project=project_id)
        return list(rows.select_related("organisation").order_by("pk"))

    monkeypatch.setattr(adjustment_decision, "locked_ledger", unlocked)
    found: Counter[str] = Counter()
    for _round in range(ROUNDS):
        found += approvals_at_once()[0]
    assert found["IntegrityError"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_at_once_many_times_asks_once_on_sqlite() -> None:
    assert sent_at_once() == {"done": HANDS}


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_a_form_sent_at_once_many_times_asks_once_on_postgresql() -> None:
    assert sent_at_once() == {"done": HANDS}
