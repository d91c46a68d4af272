"""Expert credit: computed when a round is closed, and again with the officer's rating."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import credit
from experts.enums import RoundState
from experts.models import ExpertCredit, ExpertProfile, ReviewRound
from experts.queries.credit import computed_parts
from experts.rules import is_officer, is_owner
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused

RATINGS = range(1, 6)


def update_credit(*, review_round: ReviewRound) -> list[ExpertCredit]:
    """Compute the credit of every expert of a ranked or closed round; the same again changes nothing but the time."""
    if review_round.state not in (RoundState.RANKED, RoundState.CLOSED):
        return []
    with unit():
        known = {row.expert_id: row for row in ExpertCredit.objects.filter(round=review_round)}
        found = [
            _weigh(known.get(expert) or ExpertCredit(round=review_round, expert_id=expert), parts)
            for expert, parts in sorted(computed_parts(review_round).items())
        ]
        scores = [[row.expert_id, str(row.score)] for row in found]
        facts = {"experts": len(found), "weights": settings.EXPERT_CREDIT, "scores": digest(scores)}
        journal.append(action="experts.credit.update", subject=review_round, by=SYSTEM, data=facts)
    return found


def rate_expert(
    *, review_round: ReviewRound, expert: ExpertProfile, rating: int, by: Actor, note: str = ""
) -> ExpertCredit:
    """Rate an expert's work in a ranked or closed round, 1 to 5; the credit is computed again.

    Raises NotAllowed, for the own work too; Refused for another number, or an expert who promised no sheet.
    """
    if not is_officer(review_round, by) or is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if rating not in RATINGS:
        raise Refused(Reason("rating", _("The rating goes from 1 to 5."), _("Choose one of them.")))
    with unit():
        parts = computed_parts(review_round).get(expert.pk)
        if parts is None or review_round.state not in (RoundState.RANKED, RoundState.CLOSED):
            raise Refused(Reason("no_work", _("There is no finished work of this expert in the round.")))
        rows = ExpertCredit.objects.select_for_update(of=("self",))
        row = rows.filter(round=review_round, expert=expert).first() or ExpertCredit(round=review_round, expert=expert)
        row.rating, row.rating_note, row.rated_by_id = rating, note.strip()[:300], by.pk
        _weigh(row, parts)
        facts = {"expert": expert.pk, "rating": rating, "note": digest(note.strip()), "score": row.score}
        journal.append(action="experts.credit.rate", subject=row, by=by, data=facts)
    return row


def _weigh(row: ExpertCredit, parts: dict[str, Decimal]) -> ExpertCredit:
    given = credit.rating(row.rating)
    whole = parts if given is None else {**parts, "rating": given}
    row.parts = {name: str(part) for name, part in whole.items()}
    row.weights = dict(settings.EXPERT_CREDIT)
    row.score = credit.score(whole, row.weights) or Decimal(0)
    row.computed_at = timezone.now()
    row.save()
    return row
