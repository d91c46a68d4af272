"""One change approved by several, and several changes of one kind asked for, at the same instant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from projects.actions import change as asking
from projects.actions.change import ask_change
from projects.actions.change_decision import decide_change
from projects.models import Project, ProjectChange, Supplement
from tests.factories import directory, way
from tests.projects.budgets import again, running_project
from tests.projects.changes import approve, asked, wish
from tests.races import race
from workflows.enums import Verdict
from workflows.invariants import INVARIANTS

pytest_plugins = ("tests.postgres",)
CHANGES = [one for code, one in INVARIANTS.items() if code.startswith("change.")]
HANDS = 6


def approved_at_once() -> Counter[str]:
    """Six decision makers approve the same change at one instant."""
    cast = way.Cast()
    project = running_project(cast)
    change = asked(project, cast.applicant, "extension", ends_on="2029-06-30", work="补充观测")
    approve(change, cast.admin, cast.recommender)
    users = [cast.decision_maker, *(directory.decision_maker() for _one in range(HANDS - 1))]

    def press(pk: int, user: Any) -> Callable[[], Any]:
        return lambda: decide_change(change=ProjectChange.objects.get(pk=pk), verdict=Verdict.APPROVE, by=again(user))

    found = Counter(race([press(change.pk, user) for user in users]))
    assert (Supplement.objects.count(), project.milestones.count()) == (1, 3)
    assert [fault for one in CHANGES for fault in one.violations()] == []
    return found


def asked_at_once() -> Counter[str]:
    """Six different wishes for a new title at one instant."""
    cast = way.Cast()
    project = running_project(cast)

    def press(number: int) -> Callable[[], Any]:
        return lambda: ask_change(
            project=Project.objects.get(pk=project.pk),
            wish=wish("title", title=f"新题{number}"),
            by=again(cast.applicant),
        )

    found = Counter(race([press(number) for number in range(HANDS)]))
    assert ProjectChange.objects.filter(project=project).count() == 1
    return found


@pytest.mark.django_db(transaction=True)
def test_one_approval_counts_on_sqlite() -> None:
    assert approved_at_once() == {"done": 1, "wrong_state": HANDS - 1}


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_one_approval_counts_on_postgresql() -> None:
    assert approved_at_once() == {"done": 1, "wrong_state": HANDS - 1}


@pytest.mark.django_db(transaction=True)
def test_one_wish_of_a_kind_waits_on_sqlite() -> None:
    assert asked_at_once() == {"done": 1, "one_waits": HANDS - 1}


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_one_wish_of_a_kind_waits_on_postgresql() -> None:
    assert asked_at_once() == {"done": 1, "one_waits": HANDS - 1}


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_lock_off_only_the_database_keeps_it_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(pk: int) -> Project:
        found: Project = Project.objects.select_related("organisation__authority", "contract").get(pk=pk)
        return found

    monkeypatch.setattr(asking, "locked_project", unlocked)
    found: Counter[str] = Counter()
    for _round in range(3):
        found += asked_at_once()
    assert found["IntegrityError"] > 0
