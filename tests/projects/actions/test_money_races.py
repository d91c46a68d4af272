"""Payments, cuts and changes of the plan at one instant: never overdrawn; with the locks off it is seen.

The same race 300 times, and a process killed 100 times: `python -m benchmarks.stress_money`.
"""

from __future__ import annotations

import pytest

from projects.actions import adjustment_decision, payment, payment_plan
from projects.models import LedgerLine, Project
from tests.projects.money_at_once import ALLOWED, money_at_once

pytest_plugins = ("tests.postgres",)
ROUNDS = 3


def check_never_overdrawn(rounds: int) -> None:
    for _round in range(rounds):
        found, faults = money_at_once()
        assert (faults, set(found) - ALLOWED) == ([], set())
        assert found["done"] > 0


@pytest.mark.django_db(transaction=True)
def test_the_money_is_never_overdrawn_on_sqlite() -> None:
    check_never_overdrawn(1)


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_the_money_is_never_overdrawn_on_postgresql() -> None:
    check_never_overdrawn(ROUNDS)


def locks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The money without its locks: what is left are the rows that are written, and the database's own checks."""

    def unlocked(*, project_id: int) -> list[LedgerLine]:
        rows = LedgerLine.objects.filter(project=project_id)
        return list(rows.select_related("organisation").order_by("pk"))

    def nothing(*, project: Project) -> None:
        project.refresh_from_db()

    monkeypatch.setattr(adjustment_decision, "locked_ledger", unlocked)
    monkeypatch.setattr(payment_plan, "lock_money", nothing)
    monkeypatch.setattr(payment, "lock_money", nothing)


@pytest.mark.postgres
@pytest.mark.tampers
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_the_race_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    locks_off(monkeypatch)
    races = [money_at_once() for _round in range(ROUNDS)]
    assert [faults or set(found) - ALLOWED for found, faults in races].count([]) < ROUNDS
