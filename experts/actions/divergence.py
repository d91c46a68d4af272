"""One more expert where opinions diverge: the seat is proposed by the rule of the round, an officer invites."""

from __future__ import annotations

from experts.actions.assignment import propose_seat
from experts.enums import DONE_ASSIGNMENTS, LIVE_ASSIGNMENTS, RoundState
from experts.models import Assignment, Dossier
from experts.plan import candidates
from experts.queries.divergence import diverging
from experts.queries.draw import binding_lots
from experts.queries.scores import scores_of
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import Refused

SCORING = (RoundState.SCORING, RoundState.DISCUSSING)


def consider(*, assignment: Assignment) -> None:
    """A sheet was submitted: have a job look whether one more expert is needed, if the round's rule says so."""
    if assignment.round.extra_expert:
        key = f"experts.one_more:{assignment.pk}:{assignment.version}"
        queue(kind="experts.one_more", key=key, payload={"dossier": assignment.dossier_id})


def propose_one_more(*, dossier: Dossier) -> Assignment | None:
    """Propose the best free expert for a dossier whose sheets are all in and diverge; None when nothing is to be done.

    Once per dossier. Not where lots were drawn: there a seat given by hand needs the officer's own reason.
    """
    with unit():
        locked = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=dossier.pk)
        if not _is_due(locked):
            return None
        for one in candidates(locked.round, locked):
            try:
                return propose_seat(dossier=locked, expert=one.expert, found=one.match, by=SYSTEM)
            except Refused:
                continue
    return None


def _is_due(dossier: Dossier) -> bool:
    review_round = dossier.round
    if review_round is None or not review_round.extra_expert or review_round.state not in SCORING:
        return False
    states = list(dossier.assignments.filter(state__in=LIVE_ASSIGNMENTS).values_list("state", flat=True))
    full = len(states) == review_round.experts_per_dossier and all(state in DONE_ASSIGNMENTS for state in states)
    return (
        full and binding_lots(review_round) is None and dossier.pk in diverging(review_round, scores_of(review_round))
    )
