"""The list of calls that the public reads: what can be answered first, the archive last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from cms.enums import CallPhase
from cms.filters import PublicCallFilter
from cms.models import ColumnPage
from cms.queries.archive import archive_path
from cms.queries.calls import line_of
from cms.queries.paths import path_of
from projects.enums import CallState
from projects.models import Call

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PER_PAGE = 15
PHASES = (CallPhase.OPEN, CallPhase.PLANNED, CallPhase.CLOSED, CallPhase.ARCHIVED)
OPEN, PLANNED, CLOSED, ARCHIVED = range(len(PHASES))
SHOWN = ("title", "programme", "state", "code", "opens_at", "filing_deadline", "published_at", "imported_key")


@dataclass(frozen=True)
class Phase:
    """One phase as the list offers it: its code ("" for all), its name, how many calls it holds."""

    code: str
    label: str | _StrPromise
    count: int


def call_list_context(column: ColumnPage, asked: QueryDict) -> dict[str, Any]:
    """One page of the calls that fit what was asked for, with the counts of each phase: five queries."""
    at = timezone.now()
    found = PublicCallFilter(asked, queryset=listed_calls(at))
    counts = dict(found.qs.order_by().values("rank").annotate(number=Count("pk")).values_list("rank", "number"))
    page = _page(found, counts, asked.get("page", "1"))
    return {
        "filter": found,
        "phases": _phases(counts),
        "phase": found.phase_asked,
        "list_page": page,
        "rows": [line_of(call, path_to(call), at) for call in page.object_list],
        "asked": any(value for name, value in asked.items() if name in found.filters),
        "below": list(ColumnPage.objects.live().child_of(column)),
    }


def listed_calls(at: dt.datetime) -> QuerySet[Any]:
    """Calls with a live page and imported ones, `rank` being the place of their phase.

    Open ones come with the nearest deadline first, then planned ones by their opening, then those that are over and
    the archive with the newest first.
    """
    rows: QuerySet[Any] = Call.objects.public().filter(Q(page__live=True) | ~Q(imported_key=""))
    due = Case(When(rank=OPEN, then=F("filing_deadline")), When(rank=PLANNED, then=F("opens_at")))
    order = ("rank", due, F("published_at").desc(nulls_last=True), "-pk")
    ranked: QuerySet[Any] = rows.annotate(rank=_rank(at)).order_by(*order)
    return ranked.select_related("page").only(*SHOWN, "page__url_path")


def _rank(at: dt.datetime) -> Case:
    published = Q(state=CallState.PUBLISHED)
    return Case(
        When(~Q(imported_key=""), then=Value(ARCHIVED)),
        When(published & Q(opens_at__gt=at), then=Value(PLANNED)),
        When(published & Q(filing_deadline__gt=at), then=Value(OPEN)),
        default=Value(CLOSED),
        output_field=IntegerField(),
    )


def path_to(call: Call) -> str:
    """The path of the page of a call that was listed."""
    return archive_path(call.code) if call.imported_key else path_of(call.page)


def _phases(counts: dict[int, int]) -> list[Phase]:
    everything = Phase("", pgettext_lazy("calls", "All"), sum(counts.values()))
    return [everything, *(Phase(one, one.label, counts.get(rank, 0)) for rank, one in enumerate(PHASES))]


def _page(found: PublicCallFilter, counts: dict[int, int], number: str) -> Any:
    """The page, without counting the rows once more."""
    if not found.phase_asked:
        rows, count = found.qs, sum(counts.values())
    else:
        rank = PHASES.index(CallPhase(found.phase_asked))
        rows, count = found.qs.filter(rank=rank), counts.get(rank, 0)
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = count
    return paginator.get_page(number)
