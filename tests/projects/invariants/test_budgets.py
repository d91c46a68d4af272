from __future__ import annotations

from decimal import Decimal

import pytest

from projects.actions.adjustment import ask_adjustment
from projects.invariants import budgets
from projects.models import Adjustment, LedgerLine
from tests.factories import way
from tests.projects.budgets import running_project, wish

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@pytest.fixture
def asked() -> Adjustment:
    cast = way.Cast()
    project = running_project(cast)
    ask_adjustment(project=project, wish=wish(project, operating__travel=9, operating__materials=-9), by=cast.applicant)
    return ask_adjustment(
        project=project, wish=wish(project, equipment__purchase=9, operating__materials=-9), by=cast.applicant
    )


def found() -> list[int]:
    return [len(list(check())) for check in (budgets.ledger, budgets.opening, budgets.deciding)]


@pytest.mark.usefixtures("asked")
def test_what_went_through_the_actions_violates_nothing() -> None:
    assert found() == [0, 0, 0]


def test_an_amount_changed_behind_the_ledger_is_found(asked: Adjustment) -> None:
    line = LedgerLine.objects.filter(project=asked.project, category="operating.travel")
    line.update(approved=Decimal(10))
    assert found() == [1, 0, 0]
    line.update(approved=Decimal(10), opening=Decimal(1))
    assert found() == [0, 1, 0]


def test_a_change_that_waits_for_nobody_is_found(asked: Adjustment) -> None:
    Adjustment.objects.filter(pk=asked.pk).update(due_at=None)
    assert found() == [0, 0, 1]
