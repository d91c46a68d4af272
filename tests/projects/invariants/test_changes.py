"""A spoilt row of a change is named by its invariant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from projects.models import Project, ProjectChange, Supplement
from tests.factories import way
from tests.projects.budgets import running_project
from tests.projects.changes import GOALS, all_hands, approve, asked
from workflows.invariants import INVARIANTS
from workflows.models import Route


def broken() -> set[str]:
    return {code for code, one in INVARIANTS.items() if code.startswith("change.") and list(one.violations())}


def _no_date() -> None:
    ProjectChange.objects.filter(kind="title").update(due_at=None)


def _no_supplement() -> None:
    ProjectChange.objects.filter(kind="goals").update(supplement_follows=False)


def _closed() -> None:
    Route.objects.filter(kind=Supplement.signing).update(state="approved")


def _ended() -> None:
    Project.objects.update(state="revoked")


def _renamed() -> None:
    Project.objects.update(title="别的题目")


@pytest.mark.tampers
@pytest.mark.django_db
def test_a_spoilt_row_is_named() -> None:
    cast = way.Cast()
    project = running_project(cast)
    approve(asked(project, cast.applicant, "goals", **GOALS), *all_hands(cast))
    asked(project, cast.applicant, "title", title="新题")
    assert broken() == set()
    spoilers: list[tuple[Callable[[], None], str]] = [
        (_no_date, "change.deciding"),
        (_no_supplement, "change.supplement"),
        (_closed, "change.signing"),
        (_ended, "change.ended"),
        (_renamed, "change.text"),
    ]
    for spoil, code in spoilers:
        spoil()
        assert code in broken()
