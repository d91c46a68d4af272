"""The pool as officers look through it: what fits a search, how many stand where, what stands beside a row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from directory.enums import MembershipState
from directory.models import Membership
from experts.enums import LIVE_ASSIGNMENTS, RUNNING_ROUNDS, ExpertState
from experts.models import Assignment, ExpertiseItem, ExpertProfile
from experts.queries.credit import credit_of
from experts.queries.lists import with_load

# Where an expert works, as `expert.person.memberships.all`.
OWN_UNITS = Prefetch(
    "person__memberships",
    queryset=Membership.objects.filter(state=MembershipState.ACTIVE).select_related("organisation__region"),
)


@dataclass(frozen=True)
class Line:
    """An expert of the list: reviews under way, and the mean credit of the last rounds (None: none yet)."""

    expert: ExpertProfile
    load: int
    credit: Decimal | None


def found(rows: QuerySet[ExpertProfile], given: dict[str, Any]) -> QuerySet[ExpertProfile]:
    """The profiles that fit the filters of `forms.search.PoolSearch` but the state; an empty one lets all through."""
    if given["kind"]:
        rows = rows.filter(_holds("kinds", f'"{given["kind"]}"'))
    if given["discipline"]:
        rows = rows.filter(_holds("discipline_codes", f'"{given["discipline"]}'))
    if given["area"]:
        rows = rows.filter(focus_areas=given["area"])
    if given["source"]:
        rows = rows.filter(source=given["source"])
    if given["region"] or given["organisation"]:
        rows = rows.filter(_works(given))
    if given["load"]:
        rows = _by_load(rows, full=given["load"] == "full")
    return rows.filter(_says(given["q"])) if given["q"] else rows


def in_state(rows: QuerySet[ExpertProfile], state: str) -> QuerySet[ExpertProfile]:
    """Those in one state; all but candidates without one: lists hold thousands of them."""
    return rows.filter(state=state) if state else rows.exclude(state=ExpertState.CANDIDATE)


def counts(rows: QuerySet[ExpertProfile]) -> list[tuple[str, str, int]]:
    """State, its name and how many stand there, for the states that somebody stands in: one query."""
    numbers = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return [(state, str(label), numbers[state]) for state, label in ExpertState.choices if state in numbers]


def lines(rows: Iterable[ExpertProfile]) -> list[Line]:
    """The experts of one page with load and credit: two queries."""
    loads = with_load(rows)
    credits_ = credit_of(expert.pk for expert, _load in loads)
    return [Line(expert, load, credits_.get(expert.pk)) for expert, load in loads]


def _holds(name: str, text: str) -> Q:
    """Whether a list of texts holds one that begins so; databases keep lists as JSON, some with escapes."""
    return Q(pk__in=ExpertProfile.objects.alias(text=Cast(name, TextField())).filter(text__icontains=text).values("pk"))


def _works(given: dict[str, Any]) -> Q:
    units = Membership.objects.filter(state=MembershipState.ACTIVE, person=OuterRef("person_id"))
    if given["organisation"]:
        units = units.filter(organisation__name__icontains=given["organisation"])
    if given["region"]:
        region = given["region"].pk
        inside = Q(organisation__region=region) | Q(organisation__region__parent=region)
        units = units.filter(inside | Q(organisation__region__parent__parent=region))
    return Q(Exists(units))


def _says(words: str) -> Q:
    titles = ExpertiseItem.objects.filter(expert=OuterRef("pk"), title__icontains=words)
    told = Q(person__name__icontains=words) | Q(discipline__icontains=words) | Q(Exists(titles))
    escaped = json.dumps(words)[1:-1]
    return told | _holds("keywords", words) | _holds("keywords", escaped)


def _by_load(rows: QuerySet[ExpertProfile], *, full: bool) -> QuerySet[ExpertProfile]:
    live = Assignment.objects.filter(expert=OuterRef("pk"), state__in=LIVE_ASSIGNMENTS, round__state__in=RUNNING_ROUNDS)
    number = live.order_by().values("expert").annotate(count=Count("pk")).values("count")
    rows = rows.alias(now=Coalesce(Subquery(number), 0))
    return rows.filter(now__gte=F("max_load")) if full else rows.filter(now__lt=F("max_load"))
