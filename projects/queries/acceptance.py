"""What an acceptance says by itself, by when it is filed, and the outcomes that everybody may read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from projects.budget import ZERO
from projects.definitions.acceptance import acceptance_rules
from projects.enums import OPEN_ACCEPTANCES, AcceptanceState, Attainment, ProjectState
from projects.models import Acceptance, Project
from projects.queries.contract_versions import present_content
from projects.queries.payments import money_sums
from projects.queries.reports import figures, readable
from projects.queries.spending import used_by_category, whole

MONTHS = 12


def due_at(project: Project) -> dt.datetime:
    """By when the acceptance is filed: the end of the term, or so many months later as the rules give."""
    return end_of(later(project.ends_on, acceptance_rules().months_after_end))


def later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, the last of the month where that one is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    first = day.replace(day=1, year=day.year + years, month=month + 1)
    after = first.replace(day=28) + dt.timedelta(days=4)
    last = after - dt.timedelta(days=after.day)
    return min(first + dt.timedelta(days=day.day - 1), last)


def end_of(day: dt.date) -> dt.datetime:
    """The midnight after `day`."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def attainments(acceptance: Acceptance) -> list[dict[str, str]]:
    """A row for each target of the contract as it stands now, with what was said of it so far."""
    known = {(one["name"], one["value"]): one for one in acceptance.targets}
    rows = present_content(acceptance.project.contract).get("targets", [])
    found = []
    for row in rows:
        said = known.get((row["name"], row["value"]), {})
        words = {"attainment": said.get("attainment", ""), "evidence": said.get("evidence", "")}
        found.append({"name": row["name"], "value": row["value"], **words})
    return found


def frozen(acceptance: Acceptance) -> dict[str, Any]:
    """The whole of an acceptance as it is filed."""
    texts = {name: getattr(acceptance, name) for name in ("summary", "benefit")}
    return {"texts": texts, "targets": attainments(acceptance), **figures(acceptance.project)}


def shown(acceptance: Acceptance) -> dict[str, Any]:
    """What its page shows: as filed, or as it stands while it is written; amounts as Decimal."""
    content = frozen(acceptance) if acceptance.is_open else acceptance.content
    labels = dict(Attainment.choices)
    targets = [{**one, "label": labels.get(one["attainment"], "")} for one in content["targets"]]
    return {"texts": content["texts"], "targets": targets, **readable(content)}


def surplus_of(project: Project) -> Decimal:
    """Fiscal money, in yuan, that arrived at the host and was not spent; nothing where more was spent."""
    sums = money_sums(project)
    spent = whole(used_by_category(project), sums.total).spent
    return max(sums.arrived - spent, ZERO)


def overdue(now: dt.datetime) -> QuerySet[Acceptance]:
    """Acceptances of running projects that should have been filed by `now`."""
    rows = Acceptance.objects.filter(state__in=OPEN_ACCEPTANCES, due_at__lte=now)
    found: QuerySet[Acceptance] = rows.filter(project__state=ProjectState.ACTIVE)
    return found


def published(words: str = "", outcome: str = "") -> QuerySet[Acceptance]:
    """Decided acceptances, the last first; of `words` in number, title or host, and of one outcome."""
    rows = Acceptance.objects.filter(state=AcceptanceState.DECIDED)
    for word in words.split()[:5]:
        named = Q(project__number__icontains=word) | Q(project__title__icontains=word)
        rows = rows.filter(named | Q(project__organisation__name__icontains=word))
    if outcome:
        rows = rows.filter(outcome=outcome)
    found: QuerySet[Acceptance] = rows.select_related("project__organisation", "appeal").defer("content", "opinion")
    return found.order_by("-decided_at", "-pk")
