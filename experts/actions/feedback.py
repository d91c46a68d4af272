"""Opinions for applicants: redacted where an officer says why, then sent once."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from experts.enums import RoundState
from experts.models import OpinionRedaction, ReviewRound, ScoreSheet
from experts.queries.feedback import feedback, release_refusals
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused

LONGEST_REASON = 300


def redact_opinion(*, sheet: ScoreSheet, text: str, reason: str, by: Actor) -> OpinionRedaction:
    """Have the applicant read `text` in place of the opinion; empty withholds it. The sheet stays as it was.

    Raises NotAllowed; Refused without a reason, before the round is ranked, and once opinions were sent.
    """
    _officers_only(by)
    if not reason.strip():
        raise Refused(Reason("reason", _("A reason is required."), _("Say why the opinion is changed.")))
    with unit():
        review_round = _lock(sheet.assignment.round)
        if review_round.state not in (RoundState.RANKED, RoundState.CLOSED):
            raise Refused(Reason("not_ranked", _("The round is not ranked yet."), _("Rank it first.")))
        if review_round.opinions_released_at is not None:
            raise Refused(Reason("released", _("The opinions were sent to the applicants.")))
        values = {"text": text.strip(), "reason": reason.strip()[:LONGEST_REASON], "by_id": by.pk}
        row: OpinionRedaction
        row, _fresh = OpinionRedaction.objects.update_or_create(sheet=sheet, defaults={**values, "at": timezone.now()})
        facts = {"before": digest(sheet.opinion), "after": digest(row.text), "reason": digest(row.reason)}
        journal.append(action="experts.opinion.redact", subject=sheet, by=by, data=facts)
    return row


def release_opinions(*, review_round: ReviewRound, by: Actor) -> ReviewRound:
    """Send the opinions to those who handed the dossiers in: the room that ordered the review is told.

    Raises NotAllowed; Refused before the decision that the plan names, and a second time.
    """
    _officers_only(by)
    with unit():
        row = _lock(review_round)
        if refusals := release_refusals(row):
            raise Refused(*refusals)
        row.opinions_released_at = timezone.now()
        row.save(update_fields=["opinions_released_at"])
        texts = [[one.subject_id, [said.text for said in one.opinions]] for one in feedback(row)]
        journal.append(action="experts.round.release", subject=row, by=by, data={"opinions": digest(texts)})
        payload = {"round_id": row.pk, "reference": row.reference}
        queue(kind="review.released", key=f"review.released:{row.uid}", payload=payload)
    review_round.refresh_from_db()
    return review_round


def _lock(review_round: ReviewRound) -> ReviewRound:
    found: ReviewRound = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
    return found


def _officers_only(by: Actor) -> None:
    if not is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
