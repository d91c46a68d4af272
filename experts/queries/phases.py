"""Who may see what of a round now. Every page, file and search asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from experts.enums import Audience, Switch
from experts.models import Assignment, ReviewRound, RoundPhase
from experts.phases import USUAL, Phase, current
from workflows.errors import Reason, Refused


def phases_of(rounds: Iterable[int]) -> dict[int, tuple[Phase, ...]]:
    """The phases of rounds by primary key; the usual ones where nobody set any: one query."""
    found: dict[int, list[Phase]] = defaultdict(list)
    wanted = list(rounds)
    for row in RoundPhase.objects.filter(round__in=wanted).order_by("round", "number"):
        found[row.round_id].append(as_phase(row))
    return {pk: tuple(found[pk]) if pk in found else USUAL for pk in wanted}


def as_phase(row: RoundPhase) -> Phase:
    """A stored row as the rest of the room reads it."""
    opened = {
        str(Audience.EXPERT): frozenset(row.opened_to_experts),
        str(Audience.CHAIR): frozenset(row.opened_to_chair),
        str(Audience.OFFICER): frozenset(row.opened_to_department),
    }
    return Phase(row.begins_with, row.begins_at, row.own_first, opened)


def phase_now(review_round: ReviewRound) -> Phase:
    """The phase in which a round is: one query."""
    return current(phases_of([review_round.pk])[review_round.pk], review_round.state, timezone.now())


def open_to(assignment: Assignment, what: Switch, phase: Phase | None = None) -> bool:
    """Whether the expert of `assignment` may see, or do, `what` at its dossier now.

    phase -- the present phase where it was read before.
    """
    now = phase or phase_now(assignment.round)
    audience = Audience.CHAIR if assignment.round.chair_id == assignment.expert_id else Audience.EXPERT
    if what not in now.opened.get(audience, frozenset()):
        return False
    return assignment.is_done or not now.own_first


def open_to_department(review_round: ReviewRound, what: Switch) -> bool:
    """Whether officers, decision makers and auditors may see `what` of a round now."""
    return what in phase_now(review_round).opened.get(Audience.OFFICER, frozenset())


def ask_department(review_round: ReviewRound, what: Switch) -> None:
    """Raise Refused (not yet) unless the department may see `what` of a round now."""
    if not open_to_department(review_round, what):
        text = _("This phase of the round does not show %(what)s yet.") % {"what": what.label}
        raise Refused(Reason("not_yet", text, _("The phases of the round say when it does.")))
