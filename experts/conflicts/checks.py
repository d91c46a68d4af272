"""The checks: every reason against one expert and one dossier, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from experts.conflicts import codes
from experts.conflicts.ground import Ground, ground
from experts.enums import ExpertState, TieKind
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound, Tie
from workflows.errors import Reason


@dataclass(frozen=True)
class Conflict:
    """One reason why an expert may not review a dossier: its code, and the evidence as the officer reads it."""

    code: str
    evidence: str

    @property
    def reason(self) -> Reason:
        """For the officer."""
        return Reason(self.code, self.evidence)


def standing_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    """Every reason that holds at any point, less those an officer set aside for this dossier."""
    found = [
        *_of_the_expert(known, expert),
        *_of_units(known, expert, dossier),
        *_of_people(known, expert, dossier),
        *_of_ties(known, expert, dossier),
        *_declared(known, expert, dossier),
    ]
    if known.lifted(expert.pk, dossier.pk):
        found = [one for one in found if one.code not in codes.LIFTABLE]
    pin = known.kept_away(expert.pk, dossier.pk)
    return [*found, Conflict(codes.PINNED, pin.reason)] if pin else found


def _of_the_expert(known: Ground, expert: ExpertProfile) -> Iterator[Conflict]:
    if expert.state != ExpertState.ADMITTED:
        yield Conflict(codes.NOT_ADMITTED, _("The expert is not admitted to the pool, or is suspended."))
    most = settings.EXPERT_MOST_AGE
    age = expert.person.age_on(known.today) if most else None
    if age is not None and age > most:
        text = _("The expert is %(age)d years old, the most is %(most)d.")
        yield Conflict(codes.AGE, text % {"age": age, "most": most})
    for block in known.blocks.get(expert.person_id, ()):
        yield Conflict(codes.INTEGRITY_BLOCK, block.evidence)


def _of_units(known: Ground, expert: ExpertProfile, dossier: Dossier) -> Iterator[Conflict]:
    kept, own = set(dossier.kept_away_organisations), known.units.get(expert.person_id, set())
    for unit in sorted(own & kept):
        yield Conflict(codes.SAME_UNIT, _("The expert belongs to %(unit)s.") % {"unit": known.unit_names[unit]})
    for unit in sorted(own & set(dossier.organisations_to_avoid)):
        text = _("The applicant asked that nobody of %(unit)s reviews the dossier.")
        yield Conflict(codes.APPLICANT_REQUEST, text % {"unit": known.unit_names[unit]})
    former = known.former_units.get(expert.person_id, {})
    for unit in sorted((set(former) & kept) - own):
        text = _("The expert belonged to %(unit)s until %(until)s.")
        facts = {"unit": known.unit_names[unit], "until": former[unit].isoformat()}
        yield Conflict(codes.FORMER_UNIT, text % facts)


def _of_people(known: Ground, expert: ExpertProfile, dossier: Dossier) -> Iterator[Conflict]:
    if expert.person_id in dossier.kept_away_people:
        yield Conflict(codes.PERSON_KEPT_AWAY, _("The expert belongs to the team of this dossier."))
    if known.batch.get(expert.person_id, set()) - {dossier.pk}:
        text = _("The expert belongs to the team of another dossier of this round.")
        yield Conflict(codes.HAS_PROPOSAL_IN_BATCH, text)
    if expert.person_id in dossier.asked_to_avoid:
        yield Conflict(codes.APPLICANT_REQUEST, _("The applicant asked that this expert does not review the dossier."))
    together = known.work.get(expert.person_id, {})
    for person in sorted(set(together) & set(dossier.kept_away_people)):
        for one in together[person]:
            yield Conflict(one.code, one.evidence)


def _of_ties(known: Ground, expert: ExpertProfile, dossier: Dossier) -> Iterator[Conflict]:
    names = {known.people_names.get(person, "") for person in dossier.kept_away_people} - {""}
    for tie in known.ties.get(expert.pk, ()):
        if tie.organisation_id in dossier.kept_away_organisations or tie.person_name in names:
            yield Conflict(codes.OF_A_TIE[TieKind(tie.kind)], _evidence(tie))


def _evidence(tie: Tie) -> str:
    text = _("The expert wrote down: %(kind)s, %(party)s (%(note)s).")
    return text % {"kind": tie.get_kind_display(), "party": tie.party, "note": tie.note or "–"}


def _declared(known: Ground, expert: ExpertProfile, dossier: Dossier) -> Iterator[Conflict]:
    people, units = known.on_names.get(expert.pk, (set(), set()))
    on_names = people & set(dossier.kept_away_people) or units & set(dossier.kept_away_organisations)
    if on_names or (dossier.subject_type, dossier.subject_id) in known.declared.get(expert.pk, set()):
        yield Conflict(codes.DECLARED, _("The expert declared a conflict of interest."))


def assignment_conflicts(known: Ground, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    """The standing reasons, a load that is full, and a period away."""
    found = standing_conflicts(known, expert, dossier)
    found += [Conflict(code, evidence) for code, evidence in known.loads.full(expert)]
    return found


def conflicts_of(assignment: Assignment) -> list[Conflict]:
    """The standing reasons against an existing assignment."""
    return conflicts_between(assignment.round, assignment.expert, assignment.dossier)


def conflicts_between(review_round: ReviewRound, expert: ExpertProfile, dossier: Dossier) -> list[Conflict]:
    """The standing reasons against one expert and one dossier of a round, with a seat or without."""
    return standing_conflicts(ground(review_round, [expert]), expert, dossier)


def told_to_expert(found: Iterable[Conflict]) -> list[Reason]:
    """One sentence without names for the expert; nothing when there is no conflict."""
    held = {conflict.code for conflict in found}
    if not held:
        return []
    if held == {codes.NOT_ADMITTED}:
        text = _("You are not admitted to the expert pool at present.")
    elif held <= codes.SAID_BY_THE_EXPERT:
        text = _("You declared a conflict of interest.")
    else:
        text = _("A rule on conflicts of interest keeps you from reviewing this dossier.")
    return [
        Reason(
            "conflict", text, _("You need not do anything. The programme officer will give the seat to somebody else.")
        )
    ]
