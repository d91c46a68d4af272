"""What makes a project stand out in the portfolio (风险提示): conditions on projects, each with its reason in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import (
    OPEN_ACCEPTANCES,
    OPEN_ADJUSTMENTS,
    OPEN_REPORTS,
    ContractState,
    InstalmentState,
    ProjectState,
)
from projects.models import Acceptance, Adjustment, Instalment, OwnFunds, Report, Spending
from projects.queries.repayments import owing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SIGNATURE_NEAR = dt.timedelta(days=5)
END_NEAR = dt.timedelta(days=90)
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Risk:
    """One kind of risk: a code for the address, its name, what it says about a project, and which projects bear it."""

    code: str
    label: _StrPromise
    reason: _StrPromise
    condition: Callable[[dt.datetime], Q]

    @property
    def column(self) -> str:
        """The name of the annotation that tells whether a project bears it."""
        return f"risk_{self.code}"

    def expression(self, now: dt.datetime) -> ExpressionWrapper[Q]:
        """The same as an expression of a query over projects."""
        return ExpressionWrapper(self.condition(now), output_field=BooleanField())


def _active(**conditions: object) -> Q:
    return Q(state=ProjectState.ACTIVE, **conditions)


def _overdue(now: dt.datetime) -> Q:
    return _active(ends_on__lt=timezone.localdate(now))


def _ending(now: dt.datetime) -> Q:
    today = timezone.localdate(now)
    return _active(ends_on__gte=today, ends_on__lte=today + END_NEAR)


def _unsigned(now: dt.datetime) -> Q:
    return Q(
        state=ProjectState.CONTRACT,
        contract__state__in=(ContractState.DRAFT, ContractState.SIGNING),
        contract__sign_by__lte=now + SIGNATURE_NEAR,
    )


def _change_late(now: dt.datetime) -> Q:
    late = Adjustment.objects.filter(state__in=OPEN_ADJUSTMENTS, due_at__lte=now)
    return Q(pk__in=late.values("project"))


def _unpaid(now: dt.datetime) -> Q:
    due = Instalment.objects.filter(state=InstalmentState.PLANNED, due_on__lt=timezone.localdate(now))
    return _active(pk__in=due.values("project"))


def _report_late(now: dt.datetime) -> Q:
    late = Report.objects.filter(state__in=OPEN_REPORTS, due_at__lte=now)
    return _active(pk__in=late.values("project"))


def _acceptance_late(now: dt.datetime) -> Q:
    late = Acceptance.objects.filter(state__in=OPEN_ACCEPTANCES, due_at__lte=now)
    return _active(pk__in=late.values("project"))


def _own_missing(now: dt.datetime) -> Q:
    arrived = OwnFunds.objects.filter(struck_at__isnull=True)
    return _active(own__gt=0, starts_on__lte=timezone.localdate(now) - YEAR) & ~Q(pk__in=arrived.values("project"))


def _own_overspent(_now: dt.datetime) -> Q:
    counted = OwnFunds.objects.filter(project=OuterRef("project"), struck_at__isnull=True).order_by()
    arrived = counted.values("project").annotate(sum=Sum("amount")).values("sum")
    spent = Spending.objects.filter(source="own", struck_at__isnull=True).order_by().values("project")
    above = spent.annotate(spent=Sum("amount"), arrived=Coalesce(Subquery(arrived), Decimal(0)))
    return _active(pk__in=above.filter(spent__gt=F("arrived")).values("project"))


def _owing(_now: dt.datetime) -> Q:
    return owing()


RISKS: tuple[Risk, ...] = (
    Risk("overdue", _("past its end"), _("The term has ended and the project is still running."), _overdue),
    Risk("unsigned", _("signature runs out"), _("The contract lapses within five days if not signed."), _unsigned),
    Risk("ending", _("ends soon"), _("The term ends within 90 days."), _ending),
    Risk("change_late", _("change undecided"), _("A budget change should have been decided by now."), _change_late),
    Risk("unpaid", _("payment due"), _("An instalment should have been paid by now."), _unpaid),
    Risk("report_late", _("report overdue"), _("A report is past its date and not submitted."), _report_late),
    Risk(
        "acceptance_late", _("acceptance overdue"), _("The acceptance should have been filed by now."), _acceptance_late
    ),
    Risk("own_missing", _("no own money"), _("A year has passed and no own money has arrived."), _own_missing),
    Risk(
        "own_overspent",
        _("own money above what arrived"),
        _("More own money is booked as spent than has arrived."),
        _own_overspent,
    ),
    Risk("owing", _("money to be returned"), _("Fiscal money that was left has not come back yet."), _owing),
)


def risk(code: str) -> Risk | None:
    """The risk of this code, None for an unknown one."""
    return next((one for one in RISKS if one.code == code), None)
