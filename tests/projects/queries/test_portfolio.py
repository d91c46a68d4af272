from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db.models import QuerySet
from django.utils import timezone

from directory.models import FocusArea, Region
from projects.actions.payment import pay_instalment
from projects.models import Adjustment, Contract, Instalment, OwnFunds, Project, Report, Spending
from projects.queries.portfolio import DIMENSIONS, SHOWN_GROUPS, Totals, dimension, groups, line, states, totals, whole
from projects.risks import RISKS, risk
from tests.factories import directory, way
from tests.projects.budgets import GRANT, running_project

# Some rows are moved to where time would have brought them.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    assert found.contract.signed_at
    with time_machine.travel(found.contract.signed_at + dt.timedelta(days=1)):
        yield found


def every() -> QuerySet[Project]:
    return Project.objects.all()


def moved(project: Project, **fields: Any) -> None:
    Project.objects.filter(pk=project.pk).update(**fields)


def borne() -> list[str]:
    """The codes of the risks of the one project: as a line tells them, and as each filter finds them."""
    (row,) = (line(one) for one in whole(every()))
    told = [one.code for one in row.risks]
    assert told == [one.code for one in RISKS if every().filter(one.condition(timezone.now())).exists()]
    assert told == [one.code for one, _count in totals(every()).risks]
    return told


def test_totals_are_of_what_is_asked_for(cast: way.Cast, project: Project) -> None:
    first = Instalment.objects.get(project=project, number=1)
    today = timezone.localdate()
    pay_instalment(instalment=first, amount=first.amount, paid_on=today, voucher="2027-001", by=cast.officer)
    struck = {"struck_at": timezone.now(), "struck_why": "重复"}
    entries: tuple[tuple[int, dict[str, Any]], ...] = ((700, {}), (-100, {}), (50, {"source": "own"}), (90, struck))
    for number, (amount, more) in enumerate(entries):
        more |= {"spent_on": today, "period": f"{today:%Y-%m}", "category": "operating.materials", "by": cast.applicant}
        Spending.objects.create(project=project, voucher=str(number), amount=amount, **more)
    found = totals(every())
    assert (found.count, found.grant, found.paid, found.spent) == (1, GRANT, first.amount, Decimal(600))
    assert (found.share, found.used) == (float(100 * first.amount / GRANT), float(60_000 / first.amount))
    (row,) = (line(one) for one in whole(every()))
    assert (row.paid, row.spent) == (first.amount, Decimal(600))
    none = totals(Project.objects.none())
    assert none == Totals(0, Decimal(0), Decimal(0), Decimal(0), ())
    assert (none.share, none.used) == (0.0, 0.0)


def test_a_project_on_its_way_bears_no_risk(project: Project) -> None:
    assert borne() == []


def test_a_term_that_ends_soon_and_one_that_has_ended(project: Project) -> None:
    today = timezone.localdate()
    Instalment.objects.filter(project=project).update(due_on=today)
    moved(project, starts_on=today - dt.timedelta(days=300), ends_on=today + dt.timedelta(days=90))
    assert borne() == ["ending"]
    moved(project, ends_on=today + dt.timedelta(days=91))
    assert borne() == []
    moved(project, ends_on=today)
    assert borne() == ["ending"]
    moved(project, ends_on=today - dt.timedelta(days=1))
    assert borne() == ["overdue"]


def test_a_signature_that_runs_out(project: Project) -> None:
    moved(project, state="contract")
    now = timezone.now()
    Contract.objects.update(state="signing", sign_by=now + dt.timedelta(days=5))
    assert borne() == ["unsigned"]
    Contract.objects.update(sign_by=now + dt.timedelta(days=5, minutes=10))
    assert borne() == []


def test_a_change_nobody_decided_on_in_time(cast: way.Cast, project: Project) -> None:
    Adjustment.objects.create(
        project=project,
        number=1,
        asked_by=cast.applicant,
        reason="补充测试",
        route="organisation",
        because="设备费调增",
        rules_from=dt.date(2021, 8, 13),
        moved=10_000,
        state="with_organisation",
        due_at=timezone.now(),
    )
    assert borne() == ["change_late"]
    Adjustment.objects.update(due_at=timezone.now() + dt.timedelta(hours=1))
    assert borne() == []


def test_an_instalment_that_is_not_paid(project: Project) -> None:
    Instalment.objects.filter(project=project, number=1).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    assert borne() == ["unpaid"]


def test_a_report_that_is_not_submitted_in_time(project: Project) -> None:
    report = Report.objects.create(project=project, kind="annual", year=2020, due_at=timezone.now())
    assert borne() == ["report_late"]
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now() + dt.timedelta(minutes=1))
    assert borne() == []


def test_own_money_that_does_not_come(cast: way.Cast, project: Project) -> None:
    today = timezone.localdate()
    Instalment.objects.filter(project=project).update(due_on=today)
    moved(project, own=Decimal(50_000), starts_on=today - dt.timedelta(days=365), ends_on=today + dt.timedelta(365))
    assert borne() == ["own_missing"]
    funds = OwnFunds.objects.create(project=project, amount=Decimal(1), arrived_on=today, by=cast.admin)
    assert borne() == []
    OwnFunds.objects.filter(pk=funds.pk).update(struck_at=timezone.now(), struck_why="凭证作废")
    assert borne() == ["own_missing"]


def test_own_money_spent_that_has_not_arrived(cast: way.Cast, project: Project) -> None:
    today = timezone.localdate()
    Instalment.objects.filter(project=project).update(due_on=today)
    facts = {"spent_on": today, "period": f"{today:%Y-%m}", "category": "operating.materials", "by": cast.admin}
    OwnFunds.objects.create(project=project, amount=Decimal(100), arrived_on=today, by=cast.admin)
    Spending.objects.create(project=project, voucher="1", amount=Decimal(100), source="own", **facts)
    Spending.objects.create(project=project, voucher="2", amount=Decimal(900), **facts)
    assert borne() == []
    Spending.objects.create(project=project, voucher="3", amount=Decimal("0.01"), source="own", **facts)
    assert borne() == ["own_overspent"]
    OwnFunds.objects.create(project=project, amount=Decimal(1), arrived_on=today, by=cast.admin)
    assert borne() == []


def test_an_unknown_risk_is_none_and_an_unknown_dimension_the_first() -> None:
    assert risk("nothing") is None
    assert risk("overdue") is RISKS[0]
    assert dimension("nothing") is DIMENSIONS[0]


def test_groups_by_each_dimension(cast: way.Cast, project: Project) -> None:
    league = Region.objects.create(code="150200", name="包头市", level="league")
    county = Region.objects.create(code="150204", name="青山区", level="banner", parent=league)
    type(cast.host).objects.filter(pk=cast.host.pk).update(region=county)
    call = project.proposal.call
    call.focus_areas.set(
        [FocusArea.objects.create(code="g-a", name="石墨烯"), FocusArea.objects.create(code="g-b", name="储能")]
    )
    found = {
        one.code: [(group.label, group.count, group.grant, group.query) for group in groups(every(), one)]
        for one in DIMENSIONS
    }
    host, year = cast.host.name, str(project.starts_on.year)
    assert found == {
        "programme": [(call.programme, 1, GRANT, call.programme)],
        "area": [("储能", 1, GRANT, "g-b"), ("石墨烯", 1, GRANT, "g-a")],
        "region": [("包头市", 1, GRANT, "150200")],
        "organisation": [(host, 1, GRANT, host)],
        "state": [(str(project.get_state_display()), 1, GRANT, "active")],
        "year": [(year, 1, GRANT, year)],
    }


def test_a_host_without_a_region_is_counted_too(cast: way.Cast, project: Project) -> None:
    type(cast.host).objects.filter(pk=cast.host.pk).update(region=None)
    (group,) = groups(every(), dimension("region"))
    assert (group.count, group.grant, group.query) == (1, GRANT, "")


def test_what_is_beyond_the_first_groups_is_summed_up(cast: way.Cast, project: Project) -> None:
    for number in range(SHOWN_GROUPS + 1):
        host = directory.OrganisationFactory.create()
        row = type(project.proposal).objects.create(
            call=project.proposal.call, applicant=cast.applicant.person, organisation=host, title=f"第{number}"
        )
        Project.objects.create(
            proposal=row,
            number=f"P{number}",
            title=row.title,
            investigator=cast.applicant.person,
            organisation=host,
            grant=Decimal(1000 + number),
            starts_on=project.starts_on,
            ends_on=project.ends_on,
        )
    found = groups(every(), dimension("organisation"))
    assert len(found) == SHOWN_GROUPS + 1
    assert found[0].label == cast.host.name
    assert (found[-1].count, found[-1].grant, found[-1].query) == (2, Decimal(2001), "")


def test_states_are_counted_in_the_order_of_the_way(project: Project) -> None:
    assert [(one.state.value, one.count) for one in states(every())] == [("active", 1)]
