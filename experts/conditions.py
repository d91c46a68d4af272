"""Explained conditions of the machines of this room: (object) -> None or Reason(s)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from experts import scheme, sheets
from experts.enums import (
    CALIBRATED_METHODS,
    LIVE_ASSIGNMENTS,
    RUNNING_ROUNDS,
    WRITING_ASSIGNMENTS,
    ConflictKind,
    DrawState,
    Switch,
)
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import Assignment, Draw, ExpertProfile, ReviewRound


def expertise_is_given(profile: ExpertProfile) -> Reason | None:
    """Kinds and keywords are there, so that the expert can be matched."""
    if profile.kinds and profile.keywords:
        return None
    return Reason("no_expertise", _("Kinds or keywords are missing."), _("Ask the person to complete the profile."))


def something_was_done(profile: ExpertProfile) -> Reason | None:
    """Past titles or keywords are there, so that a candidate can be matched."""
    if profile.keywords or profile.expertise.exists():
        return None
    return Reason("no_expertise", _("Neither keywords nor past titles are known."), _("Ask the person to apply."))


def nothing_blocks(profile: ExpertProfile) -> list[Reason]:
    """No penalty is in force against the person."""
    from experts.conflicts import blocks_of

    found = blocks_of([profile.person_id], timezone.localdate()).get(profile.person_id, [])
    return [Reason("integrity_block", block.evidence, _("Wait until the penalty has ended.")) for block in found]


def term_is_over(profile: ExpertProfile) -> Reason | None:
    """The last day of the suspension has passed."""
    if profile.suspended_until is not None and profile.suspended_until < timezone.localdate():
        return None
    return Reason("term_runs", _("The suspension has no end, or has not ended."))


def nothing_is_open(profile: ExpertProfile) -> Reason | None:
    """The expert has no review under way."""
    running = profile.assignments.filter(state__in=WRITING_ASSIGNMENTS, round__state__in=RUNNING_ROUNDS)
    if not running.exists():
        return None
    return Reason(
        "reviews_open", _("You accepted reviews that are not submitted."), _("Submit them, or ask the officer.")
    )


def round_has_dossiers(review_round: ReviewRound) -> Reason | None:
    """There is something to review."""
    if review_round.dossiers.exists():
        return None
    return Reason("no_dossiers", _("The round has no dossiers."), _("Add the dossiers first."))


def scheme_is_usable(review_round: ReviewRound) -> list[Reason]:
    """The scoring scheme can be read and its weights add to 100."""
    return scheme.problems(review_round.scheme)


def deadline_is_ahead(review_round: ReviewRound) -> Reason | None:
    """The day by which scores are due is given and has not passed."""
    if review_round.score_deadline is not None and review_round.score_deadline > timezone.now():
        return None
    return Reason("no_deadline", _("The day by which scores are due is missing or has passed."), _("Set a later day."))


def somebody_is_assigned(review_round: ReviewRound) -> Reason | None:
    """Experts are assigned."""
    if review_round.assignments.filter(state__in=LIVE_ASSIGNMENTS).exists():
        return None
    return Reason("nobody_assigned", _("No expert is assigned yet."), _("Assign experts first."))


def every_dossier_has_its_sheets(review_round: ReviewRound) -> list[Reason]:
    """Each dossier has the least number of submitted sheets; those that lack some are named."""
    from experts.queries.seats import sheet_counts

    counts = sheet_counts(review_round)
    return [
        Reason(
            "too_few_sheets",
            _("“%(title)s” has %(have)d of %(least)d sheets.")
            % {"title": dossier.title, "have": counts.get(dossier.pk, 0), "least": review_round.minimum_sheets},
            _("Wait, remind, or assign another expert."),
        )
        for dossier in review_round.dossiers.all()
        if counts.get(dossier.pk, 0) < review_round.minimum_sheets
    ]


def scores_can_be_compared(review_round: ReviewRound) -> list[Reason]:
    """A binding method that sets experts off against each other finds every dossier linked; else groups are named."""
    from experts.queries.groups import group_reasons, groups
    from experts.queries.scores import scores_of

    if review_round.ranking_method not in CALIBRATED_METHODS:
        return []
    return group_reasons(groups(scores_of(review_round)))


def round_is_running(assignment: Assignment) -> Reason | None:
    """The round is open for reviews."""
    if assignment.round.state in RUNNING_ROUNDS:
        return None
    return Reason("round_not_running", _("The round is not open for reviews."))


def draw_is_in_a_running_round(draw: Draw) -> Reason | None:
    """The round of the draw is open for reviews."""
    if draw.round.state in RUNNING_ROUNDS:
        return None
    return Reason("round_not_running", _("The round is not open for reviews."))


def nobody_computes_it(draw: Draw) -> Reason | None:
    """The draw failed, or its work was given up or is nowhere."""
    from experts.queries.draw import is_given_up

    if draw.state != DrawState.COMPUTING or is_given_up(draw):
        return None
    return Reason("draw_computing", _("The draw is being computed."), _("Wait for its outcome."))


def before_the_deadline(assignment: Assignment) -> list[Reason]:
    """The round runs and scores are not due yet."""
    closed = round_is_running(assignment)
    if closed is not None:
        return [closed]
    due = assignment.round.score_deadline
    if due is not None and timezone.now() < due:
        return []
    return [
        Reason(
            "deadline_passed",
            _("The day by which scores were due has passed."),
            _("Ask the programme officer for more time."),
        )
    ]


def officer_sees_no_conflict(assignment: Assignment) -> list[Reason]:
    """No computed conflict; said with its evidence."""
    from experts.conflicts import conflicts_of

    return [conflict.reason for conflict in conflicts_of(assignment)]


def expert_has_no_conflict(assignment: Assignment) -> list[Reason]:
    """No computed conflict; said without names."""
    from experts.conflicts import conflicts_of, told_to_expert

    return told_to_expert(conflicts_of(assignment))


def answered_in_time(assignment: Assignment) -> Reason | None:
    """The invitation has not run out."""
    if assignment.answer_by is None or timezone.now() < assignment.answer_by:
        return None
    return Reason(
        "answer_late",
        _("The day by which this invitation was to be answered has passed."),
        _("Ask the programme officer to invite you again."),
    )


def statement_is_signed(assignment: Assignment) -> Reason | None:
    """The statement of impartiality and confidentiality is signed."""
    if assignment.statement_signed_at is not None:
        return None
    return Reason(
        "statement_missing",
        _("The statement of impartiality and confidentiality is not signed."),
        _("Read it and tick the box."),
    )


def phase_lets_change(assignment: Assignment) -> Reason | None:
    """The round runs and its phase lets the expert change a submitted score."""
    from experts.queries.phases import open_to

    closed = round_is_running(assignment)
    if closed is not None or open_to(assignment, Switch.CHANGE):
        return closed
    return Reason("not_yet", _("This phase of the round does not allow it: %(what)s.") % {"what": Switch.CHANGE.label})


def conflict_is_declared(assignment: Assignment) -> Reason | None:
    """The declaration says what the conflict is."""
    declaration = getattr(assignment, "declaration", None)
    if declaration is not None and declaration.kind in ConflictKind.values:
        return None
    return Reason("declaration_missing", _("Say what kind of conflict it is."))


def sheet_is_complete(assignment: Assignment) -> list[Reason]:
    """Every question is answered, the opinion long enough and not one that says nothing."""
    from experts.models import ScoreSheet
    from experts.queries.opinions import other_opinions

    sheet = ScoreSheet.objects.filter(assignment=assignment).first() or ScoreSheet(assignment=assignment)
    others = other_opinions(assignment)
    return sheets.missing(scheme.read(assignment.round.scheme), sheet, others)
