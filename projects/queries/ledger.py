"""Reading the ledger of a project, and asking the green channel about changes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from projects.budget import LABELS, ZERO
from projects.channel.case import Case, Line, OrganisationStanding, Policy
from projects.channel.decide import Decision, decide
from projects.definitions.budget import budget_rules
from projects.enums import COUNTING_ADJUSTMENTS
from projects.models import Adjustment, AdjustmentPolicy, LedgerLine, Project
from projects.queries.kept_rules import channel_rules_of
from projects.queries.standings import standing_on, standings_of
from workflows.digest import digest

Changes = Mapping[int, Decimal]


def ledger(project: Project) -> QuerySet[LedgerLine]:
    """The lines of a project in the order of the categories; none while it has no itemised budget."""
    return LedgerLine.objects.filter(project=project).select_related("organisation").order_by("pk")


@dataclass(frozen=True)
class LedgerBlock:
    """The lines of one group of categories with their sums, in yuan."""

    code: str
    lines: tuple[LedgerLine, ...]

    @property
    def label(self) -> str:
        """The name of the group."""
        return str(LABELS[self.code])

    @property
    def opening(self) -> Decimal:
        """As the contract gave it."""
        return sum((line.opening for line in self.lines), ZERO)

    @property
    def approved(self) -> Decimal:
        """As it stands now."""
        return sum((line.approved for line in self.lines), ZERO)

    @property
    def changed(self) -> Decimal:
        """By how much it differs from the contract."""
        return self.approved - self.opening


def ledger_blocks(lines: Iterable[LedgerLine]) -> list[LedgerBlock]:
    """The lines by group, in order."""
    found: dict[str, list[LedgerLine]] = {}
    rows = list(lines)
    scheme = budget_rules().scheme_with(line.category for line in rows)
    for line in rows:
        found.setdefault(scheme.group_of(line.category), []).append(line)
    return [LedgerBlock(code, tuple(group)) for code, group in found.items()]


@dataclass(frozen=True)
class LedgerPart:
    """What one sub-project has at one organisation, in yuan."""

    topic: str
    organisation: str
    opening: Decimal
    approved: Decimal


def ledger_parts(lines: Iterable[LedgerLine]) -> list[LedgerPart]:
    """The sums by sub-project and organisation; nothing where there is one part only."""
    found: dict[tuple[str, str], list[LedgerLine]] = {}
    for line in lines:
        found.setdefault((line.topic, line.organisation.name), []).append(line)
    if len(found) == 1:
        return []
    return [
        LedgerPart(*place, sum((one.opening for one in part), ZERO), sum((one.approved for one in part), ZERO))
        for place, part in found.items()
    ]


def fingerprint(lines: Sequence[LedgerLine]) -> str:
    """Names what the lines hold now: whoever asks for a change says which budget they have seen."""
    return digest([[line.pk, str(line.approved)] for line in lines])


def policy_of(organisation_id: int) -> AdjustmentPolicy:
    """What the organisation rules, or the unsaved policy of one that has ruled nothing."""
    found = AdjustmentPolicy.objects.filter(organisation=organisation_id).first()
    return found or AdjustmentPolicy(organisation_id=organisation_id)


def counted(project: Project) -> int:
    """How many changes of the budget count so far."""
    return Adjustment.objects.filter(project=project, state__in=COUNTING_ADJUSTMENTS).count()


def decision_on(
    project: Project, lines: Sequence[LedgerLine], changes: Changes, *, on: dt.date | None = None
) -> Decision:
    """What the rules kept say about `changes` (yuan by the key of the line) to the whole ledger. Three queries."""
    return decide(case_of(project, lines, changes, on=on or timezone.localdate()), channel_rules_of(project))


def case_of(project: Project, lines: Sequence[LedgerLine], changes: Changes, *, on: dt.date) -> Case:
    """The case that the green channel is asked about."""
    rows = [line_of(line, line.approved, changes.get(line.pk, ZERO)) for line in lines]
    given = standings_of([project.organisation_id])[project.organisation_id]
    asker = Asker(policy_of(project.organisation_id), standing_on(given, on), counted(project))
    return made_case(project, rows, asker, on)


@dataclass(frozen=True)
class Asker:
    """What is known of who asks: the organisation's policy and standing, and how many changes were made before."""

    policy: AdjustmentPolicy
    standing: OrganisationStanding | None
    earlier: int


def made_case(project: Project, lines: list[Line], asker: Asker, on: dt.date) -> Case:
    """A case of `project` from its parts; no query."""
    return Case.model_validate(
        {
            "id": project.number,
            "date": on.isoformat(),
            "project_start": project.starts_on.isoformat(),
            "project_end": project.ends_on.isoformat(),
            "policy": _policy(asker.policy),
            "earlier_adjustments": asker.earlier,
            "lines": lines,
            "standing": asker.standing,
        }
    )


def line_of(line: LedgerLine, approved: Decimal, change: Decimal) -> Line:
    """A line of the ledger as a case has it: what it held and by how much it changes, in yuan."""
    return Line(
        category=line.category,
        topic=line.topic,
        organisation=line.organisation.name,
        approved=approved,
        change=change,
    )


def _policy(row: AdjustmentPolicy) -> Policy:
    return Policy.model_validate(
        {
            "equipment_decrease": row.equipment_decrease,
            "second_signature_over": row.second_signature_over,
            "max_adjustments": row.max_adjustments,
            "freeze_before_end_days": row.freeze_before_end_days,
        }
    )
