"""Setting the phases of a round while it is planned."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from experts.enums import Audience, RoundState
from experts.models import ExpertProfile, ReviewRound, RoundPhase
from experts.phases import FOR_DEPARTMENT, ORDER, Phase
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused


def set_phases(*, review_round: ReviewRound, phases: Sequence[Phase], by: Actor) -> None:
    """Replace the phases of a planned round. Raises NotAllowed; Refused once it is open, or for a wrong order."""
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        reasons = _problems(row, phases)
        if reasons:
            raise Refused(*reasons)
        RoundPhase.objects.filter(round=row).delete()
        RoundPhase.objects.bulk_create([_stored(row, number, one) for number, one in enumerate(phases, 1)])
        journal.append(
            action="experts.round.phases", subject=row, by=by, data={"phases": [_fact(one) for one in phases]}
        )


def set_chair(*, review_round: ReviewRound, chair: ExpertProfile | None, by: Actor) -> None:
    """Say which expert is the chair, before the ranking. Raises NotAllowed, Refused."""
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        if row.state in (RoundState.RANKED, RoundState.CLOSED, RoundState.CANCELLED):
            raise Refused(Reason("round_over", _("The round is ranked; its chair stays.")))
        row.chair = chair
        row.save(update_fields=["chair"])
        journal.append(action="experts.round.chair", subject=row, by=by, data={"expert": chair.pk if chair else None})


def _problems(row: ReviewRound, phases: Sequence[Phase]) -> list[Reason]:
    if row.state != RoundState.PLANNED:
        return [Reason("round_open", _("The phases are frozen since the round was opened."))]
    if not phases:
        return [Reason("no_phase", _("A round has one phase at least."), _("Choose what it begins with."))]
    steps = [ORDER.index(RoundState(one.step)) for one in phases if one.step]
    instants = [one.at for one in phases if one.at is not None]
    if steps != sorted(set(steps)) or instants != sorted(set(instants)):
        mend = _("Put earlier steps and days first, each once.")
        return [Reason("phase_order", _("The phases are not in the order in which they begin."), mend)]
    return []


def _stored(row: ReviewRound, number: int, one: Phase) -> RoundPhase:
    opened = {audience: sorted(one.opened.get(audience, ())) for audience in Audience}
    return RoundPhase(
        round=row,
        number=number,
        begins_with=one.step,
        begins_at=one.at,
        own_first=one.own_first,
        opened_to_experts=opened[Audience.EXPERT],
        opened_to_chair=opened[Audience.CHAIR],
        opened_to_department=[what for what in opened[Audience.OFFICER] if what in FOR_DEPARTMENT],
    )


def _fact(one: Phase) -> dict[str, object]:
    opened = {str(audience): sorted(map(str, what)) for audience, what in one.opened.items()}
    return {"step": str(one.step), "at": one.at, "own_first": one.own_first, "opened": opened}
