"""Conflicts of interest: computed reasons with code and evidence.

They are asked for at three points: when an expert is assigned, when the dossier is read, when the sheet is
submitted. The officer reads the evidence; the expert is told only what gives no name away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.enums import MembershipState
from directory.models import Membership, Organisation
from experts.enums import LIVE_ASSIGNMENTS, RUNNING_ROUNDS, ExpertState
from experts.models import Assignment, ConflictDeclaration, DeclaredInterest, Dossier, ExpertProfile
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import ReviewRound

SAME_UNIT = "SAME_UNIT"
PERSON_KEPT_AWAY = "PERSON_KEPT_AWAY"
DECLARED = "DECLARED"
HAS_PROPOSAL_IN_BATCH = "HAS_PROPOSAL_IN_BATCH"
NOT_ADMITTED = "NOT_ADMITTED"
LOAD = "LOAD"
# The rules by the names officers know, for counts over many experts.
LABELS = {
    SAME_UNIT: _lazy("same organisation"),
    PERSON_KEPT_AWAY: _lazy("member of the team"),
    DECLARED: _lazy("declared conflict"),
    HAS_PROPOSAL_IN_BATCH: _lazy("applies in the same round"),
    NOT_ADMITTED: _lazy("not admitted or suspended"),
    LOAD: _lazy("full load"),
}


@dataclass(frozen=True)
class Conflict:
    """One reason why an expert may not review a dossier: its code, and the evidence as the officer reads it."""

    code: str
    evidence: str

    @property
    def reason(self) -> Reason:
        """For the officer."""
        return Reason(self.code, self.evidence)


@dataclass
class Ground:
    """What conflicts are computed from, for any number of experts and dossiers: a fixed number of queries."""

    units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    unit_names: dict[int, str] = field(default_factory=dict)
    declared: dict[int, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    avoids_units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    avoids_people: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    batch: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    load: dict[int, int] = field(default_factory=dict)


def ground(review_round: ReviewRound | None, experts: Collection[ExpertProfile]) -> Ground:
    """Read the ground for `experts` within a round: six queries, whatever their number."""
    found = Ground()
    ids = [expert.pk for expert in experts]
    _read_units(found, [expert.person_id for expert in experts])
    _read_declarations(found, ids)
    if review_round is not None:
        for pk, people in Dossier.objects.filter(round=review_round).values_list("pk", "kept_away_people"):
            for person in people:
                found.batch[person].add(pk)
    live = Q(assignments__state__in=LIVE_ASSIGNMENTS, assignments__round__state__in=RUNNING_ROUNDS)
    counted = ExpertProfile.objects.filter(pk__in=ids).annotate(load=Count("assignments", filter=live))
    found.load = dict(counted.values_list("pk", "load"))
    return found


def _read_units(found: Ground, people: list[int]) -> None:
    rows = Membership.objects.filter(person_id__in=people, state=MembershipState.ACTIVE)
    for person, unit, name in rows.values_list("person_id", "organisation_id", "organisation__name"):
        found.units[person].add(unit)
        found.unit_names[unit] = name


def _read_declarations(found: Ground, experts: list[int]) -> None:
    declared = ConflictDeclaration.objects.filter(assignment__expert_id__in=experts)
    fields = ("assignment__expert_id", "assignment__dossier__subject_type", "assignment__dossier__subject_id")
    for expert, kind, subject in declared.values_list(*fields):
        found.declared[expert].add((kind, subject))
    interests = DeclaredInterest.objects.filter(expert_id__in=experts)
    for expert, unit, person in interests.values_list("expert_id", "organisation_id", "person_id"):
        (found.avoids_people if unit is None else found.avoids_units)[expert].add(person if unit is None else unit)


def standing_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    """Every reason that holds at any point: of admission, of kin with the dossier, declared."""
    found = []
    if expert.state != ExpertState.ADMITTED:
        found.append(Conflict(NOT_ADMITTED, _("The expert is not admitted to the pool, or is suspended.")))
    found += _unit_conflicts(known, expert, dossier)
    if expert.person_id in dossier.kept_away_people:
        found.append(Conflict(PERSON_KEPT_AWAY, _("The expert belongs to the team of this dossier.")))
    if known.batch.get(expert.person_id, set()) - {dossier.pk}:
        found.append(
            Conflict(HAS_PROPOSAL_IN_BATCH, _("The expert belongs to the team of another dossier of this round."))
        )
    return found + _declared_conflicts(known, expert, dossier)


def _unit_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    shared = sorted(known.units.get(expert.person_id, set()) & set(dossier.kept_away_organisations))
    return [
        Conflict(SAME_UNIT, _("The expert belongs to %(unit)s.") % {"unit": known.unit_names[unit]}) for unit in shared
    ]


def _declared_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    units = known.avoids_units.get(expert.pk, set()) & set(dossier.kept_away_organisations)
    people = known.avoids_people.get(expert.pk, set()) & set(dossier.kept_away_people)
    declared = (dossier.subject_type, dossier.subject_id) in known.declared.get(expert.pk, set())
    if not (units or people or declared):
        return []
    return [Conflict(DECLARED, _("The expert declared a conflict of interest."))]


def assignment_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    """The standing reasons, and a load that is full."""
    found = standing_conflicts(known, expert, dossier)
    load = known.load.get(expert.pk, 0)
    if load >= expert.max_load:
        text = _("The expert has %(load)d reviews at present, the most is %(most)d.")
        found.append(Conflict(LOAD, text % {"load": load, "most": expert.max_load}))
    return found


def conflicts_of(assignment: Assignment) -> list[Conflict]:
    """The standing reasons against an existing assignment."""
    known = ground(assignment.round, [assignment.expert])
    return standing_conflicts(known, assignment.expert, assignment.dossier)


def told_to_expert(found: Iterable[Conflict]) -> list[Reason]:
    """One sentence without names for the expert; nothing when there is no conflict."""
    codes = {conflict.code for conflict in found}
    if not codes:
        return []
    if codes == {NOT_ADMITTED}:
        text = _("You are not admitted to the expert pool at present.")
    elif codes <= {DECLARED}:
        text = _("You declared a conflict of interest.")
    else:
        text = _("A rule on conflicts of interest keeps you from reviewing this dossier.")
    return [
        Reason(
            "conflict", text, _("You need not do anything. The programme officer will give the seat to somebody else.")
        )
    ]


def names_kept_away(dossiers: Iterable[Dossier]) -> dict[str, dict[int, str]]:
    """The names behind the hidden primary keys, for officers: two queries."""
    from directory.models import Person

    rows: list[Any] = list(dossiers)
    people = {pk for dossier in rows for pk in dossier.kept_away_people}
    units = {pk for dossier in rows for pk in dossier.kept_away_organisations}
    return {
        "people": dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        "organisations": dict(Organisation.objects.filter(pk__in=units).values_list("pk", "name")),
    }
