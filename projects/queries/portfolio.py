"""All projects that somebody sees, on one page: sums, groups by what the asker chooses, risks; no query per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import PAID_INSTALMENTS, ProjectState
from projects.models import Instalment, Project, Spending
from projects.risks import RISKS, Risk
from workflows.machine import State, machine_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN_GROUPS = 15
# What a line shows of a project, with the way there.
SHOWN = (
    *("uid", "number", "title", "state", "grant", "starts_on", "ends_on"),
    *("organisation", "organisation__name", "organisation__region", "organisation__region__name"),
    *("investigator", "investigator__name", "proposal", "proposal__call", "proposal__call__programme"),
)
NONE = Decimal(0)
PAID = Instalment.objects.filter(state__in=PAID_INSTALMENTS)
SPENT = Spending.objects.filter(struck_at__isnull=True, source="fiscal")
MONEY: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=2)


@dataclass(frozen=True)
class Totals:
    """How many projects, their grants, what was paid and spent of them in yuan, and how many bear each risk."""

    count: int
    grant: Decimal
    paid: Decimal
    spent: Decimal
    risks: tuple[tuple[Risk, int], ...]

    @property
    def share(self) -> float:
        """The share of the grants that was paid, 0 to 100."""
        return self._of(self.grant, self.paid)

    @property
    def used(self) -> float:
        """The share of what was paid that was spent, 0 and more."""
        return self._of(self.paid, self.spent)

    @staticmethod
    def _of(whole: Decimal, part: Decimal) -> float:
        return float(100 * part / whole) if whole else 0.0


@dataclass(frozen=True)
class Group:
    """The projects that have one thing in common; `query` narrows the page to them, empty for what is summed up."""

    label: str
    count: int
    grant: Decimal
    query: str = ""


@dataclass(frozen=True)
class Dimension:
    """What projects are grouped by: columns that name a group and its value in the address, and that filter's name."""

    code: str
    label: _StrPromise
    name: str
    value: str
    filter: str


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("programme", _("programme"), "proposal__call__programme", "proposal__call__programme", "programme"),
    Dimension(
        "area", _("focus area"), "proposal__call__focus_areas__name", "proposal__call__focus_areas__code", "area"
    ),
    Dimension("region", pgettext_lazy("portfolio", "region"), "league_name", "league_code", "region"),
    Dimension("organisation", _("organisation"), "organisation__name", "organisation__name", "q"),
    Dimension("state", pgettext_lazy("portfolio", "state"), "state", "state", "state"),
    Dimension("year", _("year of the start"), "year", "year", "year"),
)


def _of_league(column: str) -> Case:
    """A column of the league or city that the host of a project lies in."""
    own, above = f"organisation__region__{column}", f"organisation__region__parent__{column}"
    return Case(When(organisation__region__level="league", then=F(own)), default=F(above))


COMPUTED: dict[str, Any] = {
    "year": ExtractYear("starts_on"),
    "league_code": _of_league("code"),
    "league_name": _of_league("name"),
}


def dimension(code: str) -> Dimension:
    """The dimension of this code; the first for an unknown one."""
    return next((one for one in DIMENSIONS if one.code == code), DIMENSIONS[0])


def totals(projects: QuerySet[Project]) -> Totals:
    """The sums over `projects`: two queries."""
    now = timezone.now()
    counts = {one.column: Count("pk", filter=one.condition(now)) for one in RISKS}
    found = projects.order_by().aggregate(number=Count("pk"), money=Sum("grant"), **counts)
    keys = projects.order_by().values("pk")
    paid, spent = (_sums(rows.filter(project__in=keys), name) for name, rows in (("paid", PAID), ("spent", SPENT)))
    money = dict(paid.union(spent))
    return Totals(
        found["number"],
        found["money"] or NONE,
        money.get("paid") or NONE,
        money.get("spent") or NONE,
        tuple((one, found[one.column]) for one in RISKS if found[one.column]),
    )


def _sums(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    named = rows.order_by().annotate(what=Value(name)).values_list("what")
    found: QuerySet[Any] = named.annotate(money=Sum("amount"))
    return found


def groups(projects: QuerySet[Project], by: Dimension) -> list[Group]:
    """The groups of `projects`, the largest first, what is beyond the first ones summed up: one query.

    A project whose call names several focus areas counts in each of them.
    """
    rows = list(
        _with_columns(projects, by)
        .order_by()
        .values_list(by.name, by.value)
        .annotate(number=Count("pk"), money=Sum("grant"))
        .order_by("-number", "-money", by.name)
    )
    found = [Group(_named(by, name), number, money or NONE, _query(by, value)) for name, value, number, money in rows]
    return [*found[:SHOWN_GROUPS], *_others(found[SHOWN_GROUPS:])]


def _others(rest: Sequence[Group]) -> Iterable[Group]:
    if rest:
        label = _("%(count)d others") % {"count": len(rest)}
        yield Group(str(label), sum(one.count for one in rest), sum((one.grant for one in rest), NONE))


def _named(by: Dimension, name: Any) -> str:
    if by.code == "state":
        return str(ProjectState(name).label)
    return str(name) if name else str(_("not named"))


def _query(by: Dimension, value: Any) -> str:
    return str(value) if value else ""


def _with_columns(projects: QuerySet[Project], by: Dimension) -> QuerySet[Project]:
    """`projects` with those columns of the dimension that no table has."""
    return projects.annotate(**{name: COMPUTED[name] for name in (by.name, by.value) if name in COMPUTED})


@dataclass(frozen=True)
class Line:
    """One project of the page, what was paid and spent of its grant (yuan), and the risks it bears."""

    project: Project
    paid: Decimal
    spent: Decimal
    risks: tuple[Risk, ...]


def whole(projects: QuerySet[Project], risks: Iterable[Risk] = RISKS) -> QuerySet[Project]:
    """`projects` with all that a line of the page or of the spreadsheet shows; `risks` are those that may be borne."""
    now = timezone.now()
    return (
        projects.select_related("organisation__region", "investigator", "proposal__call")
        .only(*SHOWN)
        .annotate(paid=_sum_of(PAID), spent=_sum_of(SPENT))
        .annotate(**{one.column: one.expression(now) for one in risks})
    )


def _sum_of(rows: QuerySet[Any]) -> Coalesce:
    own = rows.filter(project=OuterRef("pk")).order_by().values("project").annotate(money=Sum("amount"))
    return Coalesce(Subquery(own.values("money")), NONE, output_field=MONEY)


def line(project: Any) -> Line:
    """The line of a project read by `whole`."""
    return Line(
        project, project.paid, project.spent, tuple(one for one in RISKS if getattr(project, one.column, False))
    )


@dataclass(frozen=True)
class StateTab:
    """A state and how many projects are in it."""

    state: State
    count: int


def states(projects: QuerySet[Project]) -> list[StateTab]:
    """How many of `projects` stand in which state, in the order of the machine: one query."""
    found = dict(projects.order_by().values_list("state").annotate(count=Count("pk")))
    return [StateTab(one, found[one.value]) for one in machine_of(Project).states if found.get(one.value)]
