"""Reading the money of a project: what is granted, planned, paid, arrived. Amounts in yuan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from projects.budget import ZERO, in_wan
from projects.enums import PAID_INSTALMENTS, InstalmentState
from projects.models import Instalment, LedgerLine, OwnFunds, Project
from workflows.errors import Reason


def total_of(project: Project) -> Decimal:
    """The approved budget: of the ledger, or the grant where there is none (lump sum)."""
    found: Decimal | None = LedgerLine.objects.filter(project=project).aggregate(sum=Sum("approved"))["sum"]
    return project.grant if found is None else found


def paid_of(project: Project) -> Decimal:
    """What the department has paid out and not got back."""
    rows = Instalment.objects.filter(project=project, state__in=PAID_INSTALMENTS)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def live_instalments(project: Project) -> QuerySet[Instalment]:
    """The instalments that count, in order."""
    rows = Instalment.objects.filter(project=project).exclude(state=InstalmentState.CANCELLED)
    return rows.select_related("milestone__project", "project").order_by("number")


def own_of(project: Project) -> QuerySet[OwnFunds]:
    """The own money that counts, by the day of its arrival."""
    return OwnFunds.objects.filter(project=project, struck_at=None).select_related("by__person")


def below_paid(project: Project, lines: Iterable[LedgerLine], changes: Mapping[int, Decimal]) -> list[Reason]:
    """Why a change of the budget cannot be: it would leave less than is paid out already.

    lines -- the whole ledger, where the change is applied under its locks.
    """
    after = sum((line.approved for line in lines), ZERO) + sum(changes.values(), ZERO)
    paid = paid_of(project)
    if paid <= after:
        return []
    text = _("%(paid)s 万元 are paid out already; the budget would be %(after)s 万元.")
    words = {"paid": in_wan(paid), "after": in_wan(after)}
    return [Reason("below_paid", text % words, _("Take away less, or have the payment returned first."))]


@dataclass(frozen=True)
class MoneySums:
    """What the page of the money says at its top."""

    total: Decimal
    paid: Decimal
    arrived: Decimal
    own_promised: Decimal
    own_arrived: Decimal

    @property
    def own_missing(self) -> Decimal:
        """Own money that was promised and has not arrived."""
        return max(self.own_promised - self.own_arrived, ZERO)


def money_sums(project: Project) -> MoneySums:
    """The sums of one project: four queries."""
    rows = Instalment.objects.filter(project=project, state=InstalmentState.ARRIVED)
    return MoneySums(
        total=total_of(project),
        paid=paid_of(project),
        arrived=rows.aggregate(sum=Sum("amount"))["sum"] or ZERO,
        own_promised=project.own,
        own_arrived=own_of(project).aggregate(sum=Sum("amount"))["sum"] or ZERO,
    )
