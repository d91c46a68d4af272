"""The terms of a round: how long an invitation can be answered, when opinions diverge and what follows from it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from experts.actions.ranking import is_scored
from experts.enums import RUNNING_ROUNDS, RoundState
from experts.models import ReviewRound
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

MOST_DAYS, LEAST_SPREAD, MOST_SPREAD = 60, Decimal(1), Decimal(100)
SETTABLE = (RoundState.PLANNED, *RUNNING_ROUNDS)


def set_terms(
    *, review_round: ReviewRound, answer_days: int, divergence: Decimal, extra_expert: bool, by: Actor
) -> ReviewRound:
    """Set what invitations and divergence of a round go by; the same again changes nothing.

    answer_days -- calendar days to answer; counts for invitations sent from now on, not after the scores are due
    divergence -- the spread of the scores of a dossier, in points of 100, from which it is flagged
    extra_expert -- whether one more expert is proposed there

    Raises NotAllowed; Refused for figures out of range, once the round is ranked or cancelled, and for the last two
    from the first score on, so that nobody can choose them by their outcome.
    """
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    given = {"answer_days": answer_days, "divergence": divergence, "extra_expert": extra_expert}
    _in_range(answer_days, divergence)
    with unit():
        row: ReviewRound = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        changed = {name: [getattr(row, name), value] for name, value in given.items() if getattr(row, name) != value}
        if changed:
            _check(row, set(changed))
            for name, value in given.items():
                setattr(row, name, value)
            row.save(update_fields=list(given))
            journal.append(action="experts.round.terms", subject=row, by=by, data={"changed": changed})
    review_round.refresh_from_db()
    return review_round


def terms_refusals(review_round: ReviewRound) -> list[Reason]:
    """Why no term of the round can be set any more."""
    if review_round.state in SETTABLE:
        return []
    return [Reason("round_not_running", _("The round is not open for reviews."))]


def _in_range(answer_days: int, divergence: Decimal) -> None:
    found = []
    if not 1 <= answer_days <= MOST_DAYS:
        text = _("An invitation can be answered for 1 to %(most)d days.") % {"most": MOST_DAYS}
        found.append(Reason("field:answer_days", text))
    if not LEAST_SPREAD <= divergence <= MOST_SPREAD:
        found.append(Reason("field:divergence", _("The spread that is flagged is 1 to 100 points.")))
    if found:
        raise Refused(*found)


def _check(row: ReviewRound, changed: set[str]) -> None:
    refused = terms_refusals(row)
    if not refused and changed & {"divergence", "extra_expert"} and is_scored(row):
        text = _("The first scores are written, so that the spread and the rule of one more expert are frozen.")
        refused = [Reason("terms_frozen", text, _("The days to answer can still be changed."))]
    if refused:
        raise Refused(*refused)
