"""Replaying the changes of budgets that were decided: what other rows of the green channel would have said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from projects.budget import ZERO
from projects.channel.case import Case
from projects.channel.decide import Decision, decide
from projects.channel.rules import ChannelRules
from projects.enums import COUNTING_ADJUSTMENTS, AdjustmentRoute
from projects.models import Adjustment, AdjustmentLine, AdjustmentPolicy, LedgerLine
from projects.queries.channel_statistics import DECIDED
from projects.queries.channel_versions import rules_called
from projects.queries.kept_rules import with_own_ceiling
from projects.queries.ledger import Asker, line_of, made_case
from projects.queries.standings import standing_on, standings_of

CHUNK = 200


@dataclass(frozen=True)
class Replayed:
    """One case: how it was decided then, what the rows say of it, and what those of then say of it today.

    Both may differ because of the rows, or because the organisation rules something else since (`drifted`).
    """

    adjustment: Adjustment
    decision: Decision
    drifted: bool

    @property
    def then(self) -> AdjustmentRoute:
        """Who decided."""
        return AdjustmentRoute(self.adjustment.route)

    @property
    def now(self) -> AdjustmentRoute:
        """Who would."""
        return self.decision.route


def decided() -> QuerySet[Adjustment]:
    """The changes that were decided, the first first."""
    found: QuerySet[Adjustment] = Adjustment.objects.filter(state__in=DECIDED, decided_at__isnull=False)
    return found.order_by("pk")


def replay(rows: ChannelRules) -> Iterator[list[Replayed]]:
    """All that was decided, under `rows`, chunk by chunk: six queries a chunk."""
    keys = list(decided().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = Adjustment.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("project").order_by("pk")
        yield _replayed(list(chunk), rows)


def _replayed(adjustments: list[Adjustment], rows: ChannelRules) -> list[Replayed]:
    past = Past(adjustments)
    found = []
    for one in adjustments:
        case = past.case(one)
        of_then = decide(case, with_own_ceiling(rules_called(one.rules_from.isoformat()), one.project))
        of_now = decide(case, with_own_ceiling(rows, one.project))
        found.append(Replayed(one, of_now, of_then.route != one.route))
    return found


class Past:
    """Budgets as they stood when changes of them were asked for: read for all of them at once."""

    def __init__(self, adjustments: Sequence[Adjustment]) -> None:
        projects = {one.project_id for one in adjustments}
        organisations = {one.project.organisation_id for one in adjustments}
        self.ledgers = _grouped(
            LedgerLine.objects.filter(project__in=projects).select_related("organisation").order_by("pk"), "project_id"
        )
        counting = Adjustment.objects.filter(project__in=projects, state__in=COUNTING_ADJUSTMENTS)
        self.counting = _grouped(counting.only("pk", "project_id", "decided_at"), "project_id")
        self.lines = _grouped(AdjustmentLine.objects.filter(adjustment__project__in=projects), "adjustment_id")
        policies = AdjustmentPolicy.objects.filter(organisation__in=organisations)
        self.standings = standings_of(organisations)
        self.policies = {row.organisation_id: row for row in policies}

    def case(self, one: Adjustment) -> Case:
        """What the rules were asked when `one` was asked for; what the organisation rules is that of today."""
        earlier = self._before(one)
        grown = self._grown(earlier)
        own = {line.line_id: line for line in self.lines[one.pk]}
        lines = [
            line_of(
                line,
                own[line.pk].before if line.pk in own else line.opening + grown.get(line.pk, ZERO),
                own[line.pk].change if line.pk in own else ZERO,
            )
            for line in self.ledgers[one.project_id]
        ]
        organisation = one.project.organisation_id
        policy = self.policies.get(organisation) or AdjustmentPolicy(organisation_id=organisation)
        day = timezone.localdate(one.asked_at)
        asker = Asker(policy, standing_on(self.standings[organisation], day), len(earlier))
        return made_case(one.project, lines, asker, day)

    def _before(self, one: Adjustment) -> list[int]:
        rows = self.counting[one.project_id]
        return [row.pk for row in rows if row.pk != one.pk and row.decided_at <= one.asked_at]

    def _grown(self, adjustments: list[int]) -> dict[int, Decimal]:
        sums: defaultdict[int, Decimal] = defaultdict(Decimal)
        for pk in adjustments:
            for line in self.lines[pk]:
                sums[line.line_id] += line.change
        return sums


def _grouped(rows: QuerySet[Any], by: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
