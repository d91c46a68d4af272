from __future__ import annotations

from decimal import Decimal

import pytest

from projects.invariants import payments
from projects.models import Instalment, Project, Spending, SpendingFile
from tests.factories import way
from tests.projects.budgets import running_project

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@pytest.fixture
def project() -> Project:
    return running_project(way.Cast())


def found() -> list[int]:
    return [len(list(check())) for check in (payments.within, payments.plan, payments.milestone, payments.spending)]


@pytest.mark.usefixtures("project")
def test_what_the_rules_plan_violates_nothing() -> None:
    assert found() == [0, 0, 0, 0]


def test_a_payment_above_the_budget_is_found(project: Project) -> None:
    rows = Instalment.objects.filter(project=project, number=1)
    rows.update(state="paid", paid_on=project.starts_on, amount=Decimal(400_001))
    assert found() == [1, 1, 0, 0]


def test_a_payment_before_its_milestone_is_found(project: Project) -> None:
    Instalment.objects.filter(project=project, number=2).update(state="paid", paid_on=project.starts_on)
    assert found() == [0, 0, 1, 0]


def test_an_entry_of_a_list_that_was_not_taken_is_found(project: Project) -> None:
    user = way.Cast().officer
    listed = SpendingFile.objects.create(project=project, name="a.csv", sha256="0", by=user)
    more = {"project": project, "voucher": "1", "amount": 1, "category": "labour.staff", "by": user, "file": listed}
    Spending.objects.create(period="2027-03", spent_on=project.starts_on, **more)
    assert found() == [0, 0, 0, 1]
