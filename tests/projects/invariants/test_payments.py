from __future__ import annotations

from decimal import Decimal

import pytest

from projects.invariants import payments
from projects.models import Instalment, Project
from tests.factories import way
from tests.projects.budgets import running_project

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@pytest.fixture
def project() -> Project:
    return running_project(way.Cast())


def found() -> list[int]:
    return [len(list(check())) for check in (payments.within, payments.plan, payments.milestone)]


@pytest.mark.usefixtures("project")
def test_what_the_rules_plan_violates_nothing() -> None:
    assert found() == [0, 0, 0]


def test_a_payment_above_the_budget_is_found(project: Project) -> None:
    rows = Instalment.objects.filter(project=project, number=1)
    rows.update(state="paid", paid_on=project.starts_on, amount=Decimal(400_001))
    assert found() == [1, 1, 0]


def test_a_payment_before_its_milestone_is_found(project: Project) -> None:
    Instalment.objects.filter(project=project, number=2).update(state="paid", paid_on=project.starts_on)
    assert found() == [0, 0, 1]
