"""Review rounds: planning, opening, inviting, more time, ranking, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import notices
from experts import scheme as schemes
from experts.enums import RUNNING_ROUNDS, AssignmentState, RankingMethod, RoundState
from experts.models import Assignment, ReviewRound
from experts.queries.batch import hides_in_the_batch
from experts.rules import is_officer_or_system
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import plain
from workflows.errors import NotAllowed, Reason, Refused


def plan_round(
    *,
    title: str,
    scheme: Mapping[str, Any],
    by: Actor,
    reference: str = "",
    experts_per_dossier: int = 5,
    minimum_sheets: int = 3,
    score_deadline: dt.datetime | None = None,
    blind: bool = True,
    names_first: bool = False,
    ranking_method: str = RankingMethod.MEAN,
    extra_expert: bool | None = None,
    divergence: Decimal | None = None,
    answer_days: int | None = None,
) -> ReviewRound:
    """A new planned round. The same reference gives the round that is not cancelled, unchanged.

    scheme -- see `experts.scheme`; numbers are kept as text. Raises NotAllowed; Refused for an unusable scheme.
    names_first -- in an anonymous round: whether experts declare on the mixed names of the batch before any title.
    extra_expert -- whether one more expert is proposed where opinions diverge; divergence -- the spread from which they
        do, in points; answer_days -- to answer an invitation. None: what the department's configuration says.
    ranking_method -- what the ranks follow; from TALA_TRIM_FROM scores on the trimmed mean trims.
    """
    if not is_officer_or_system(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    faults = schemes.problems(scheme)
    if faults:
        raise Refused(*faults)
    with unit():
        known = ReviewRound.objects.filter(reference=reference).exclude(state=RoundState.CANCELLED)
        standing_one: ReviewRound | None = known.first() if reference else None
        if standing_one is not None:
            return standing_one
        planned: ReviewRound = ReviewRound.objects.create(
            title=title,
            reference=reference,
            scheme=plain(dict(scheme)),
            experts_per_dossier=experts_per_dossier,
            minimum_sheets=minimum_sheets,
            score_deadline=score_deadline,
            blind=blind,
            names_first=names_first and blind,
            ranking_method=ranking_method,
            extra_expert=settings.EXTRA_EXPERT if extra_expert is None else extra_expert,
            divergence=Decimal(settings.DIVERGENCE) if divergence is None else divergence,
            answer_days=settings.ANSWER_DAYS if answer_days is None else answer_days,
            trim_from=settings.TRIM_FROM,
            officer_id=by.pk,
        )
        journal.append(
            action="experts.round.plan", subject=planned, by=by, data={"reference": reference, "method": ranking_method}
        )
    return planned


def open_round(
    *, review_round: ReviewRound, by: Actor, note: str = "", score_deadline: dt.datetime | None = None
) -> ReviewRound:
    """Begin to assign experts; from here on scheme and dossiers are frozen."""
    with perform(review_round, "open", by=by, note=note) as row:
        row.score_deadline = score_deadline or row.score_deadline
    return review_round


def send_invitations(*, review_round: ReviewRound, by: Actor, note: str = "") -> ReviewRound:
    """Invite everybody who is assigned. Raises Refused with every conflict that arose since.

    A batch too small to hide anybody is not declared on by names.
    """
    from experts.actions.assignment import invite

    with unit():
        with perform(review_round, "send_invitations", by=by, note=note) as row:
            row.names_first = row.names_first and hides_in_the_batch(row)
        drawn = review_round.assignments.filter(state=AssignmentState.DRAWN)
        for assignment in drawn.select_related("round", "expert__person", "dossier"):
            invite(assignment=assignment, by=by)
    return review_round


def begin_scoring(*, review_round: ReviewRound) -> ReviewRound:
    """The first expert accepted: the round is scoring now. Does nothing when it was before."""
    if ReviewRound.objects.filter(pk=review_round.pk, state=RoundState.INVITING).exists():
        with perform(review_round, "begin_scoring", by=SYSTEM):
            pass
    return review_round


def discuss_round(*, review_round: ReviewRound, by: Actor, note: str = "") -> ReviewRound:
    """Begin the discussion of what diverges."""
    with perform(review_round, "discuss", by=by, note=note):
        pass
    return review_round


def extend_deadline(*, review_round: ReviewRound, until: dt.datetime, by: Actor) -> ReviewRound:
    """Give more time; the deadline only moves to a later instant ahead. Raises Refused, NotAllowed."""
    if not is_officer_or_system(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        if row.state not in RUNNING_ROUNDS:
            raise Refused(Reason("round_not_running", _("The round is not open for reviews.")))
        if until <= max(timezone.now(), row.score_deadline or timezone.now()):
            raise Refused(
                Reason("not_later", _("The new day must be later than the present one."), _("Choose a later day."))
            )
        before, row.score_deadline = row.score_deadline, until
        row.save(update_fields=["score_deadline"])
        journal.append(action="experts.round.extend", subject=row, by=by, data={"from": before, "to": until})
        notices.more_time(row)
    review_round.refresh_from_db()
    return review_round


def rank_round(*, review_round: ReviewRound, by: Actor, note: str = "") -> ReviewRound:
    """Rank: sheets are locked, seats without one expire, and whoever ordered the review is told.

    Raises Refused naming each dossier that lacks sheets.
    """
    from experts.actions.assignment import expire, lock
    from experts.actions.ranking import settle_figures

    method = {"method": review_round.ranking_method}
    with unit():
        with perform(review_round, "rank", by=by, note=note, data=method) as row:
            row.ranked_at = timezone.now()
        for assignment in Assignment.objects.filter(round=review_round).select_related("round", "dossier", "expert"):
            if assignment.is_done:
                lock(assignment=assignment)
            elif not assignment.is_over:
                expire(assignment=assignment)
        settle_figures(review_round=review_round)
        _tell("review.ranked", review_round)
    return review_round


def close_round(*, review_round: ReviewRound, by: Actor, note: str = "") -> ReviewRound:
    """Close the ranked round; whoever ordered the review is told."""
    with unit():
        with perform(review_round, "close", by=by, note=note):
            pass
        queue(kind="experts.credit", key=f"experts.credit:{review_round.uid}", payload={"round_id": review_round.pk})
        _tell("review.closed", review_round)
    return review_round


def cancel_round(*, review_round: ReviewRound, by: Actor, note: str) -> ReviewRound:
    """Cancel the round; every seat in it expires, sheets already written are kept; who ordered the review is told."""
    from experts.actions.assignment import end

    with unit():
        with perform(review_round, "cancel", by=by, note=note):
            pass
        rows = Assignment.objects.filter(round=review_round).select_related("round", "dossier", "expert")
        for assignment in rows:
            if not assignment.is_over and not assignment.is_done:
                end(assignment=assignment)
                notices.cancelled(assignment)
        _tell("review.cancelled", review_round)
    return review_round


def _tell(kind: str, review_round: ReviewRound) -> None:
    queue(
        kind=kind,
        key=f"{kind}:{review_round.uid}",
        payload={"round_id": review_round.pk, "reference": review_round.reference},
    )
