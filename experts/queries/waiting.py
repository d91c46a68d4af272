"""What waits for whom: sources of the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import holds, standing
from experts.enums import (
    IN_THE_POOL,
    LIVE_ASSIGNMENTS,
    RUNNING_ROUNDS,
    WRITING_ASSIGNMENTS,
    AssignmentState,
    DrawState,
    ExpertState,
    FeeState,
    NameVerdict,
    RoundState,
)
from experts.models import Assignment, Dossier, Draw, ExpertProfile, FeeSheet, NameFinding, ReviewRound
from experts.queries.desk import own_reviews
from workflows.inbox import Row, Source, Waiting


def _invitations(user: Any) -> QuerySet[Assignment]:
    return own_reviews(user).filter(state=AssignmentState.INVITED, round__state__in=RUNNING_ROUNDS)


def _sheets(user: Any) -> QuerySet[Assignment]:
    return own_reviews(user).filter(state__in=WRITING_ASSIGNMENTS, round__state__in=RUNNING_ROUNDS)


def _answer(row: Row) -> Waiting:
    return _review(row, _("You are invited to review this; please accept or decline."), _("invitation"))


def _score(row: Row) -> Waiting:
    return _review(row, _("Your score sheet is not submitted."), _("review"))


def _review(row: Row, why: str, badge: str) -> Waiting:
    return Waiting(row.title or _("Anonymous dossier"), why, reverse("review", args=[row.uid]), row.due, badge)


def _short_rounds(_user: Any) -> QuerySet[Any]:
    lacking = _dossiers(RUNNING_ROUNDS, LIVE_ASSIGNMENTS).filter(seats__lt=F("round__experts_per_dossier"))
    return ReviewRound.objects.filter(pk__in=lacking.values("round_id"))


def _dossiers(rounds: Iterable[RoundState], assignments: Iterable[AssignmentState]) -> QuerySet[Any, Any]:
    """The dossiers of rounds in these states, with their assignments in these states counted as `seats`.

    Grouped by the key alone: a dossier is heavy.
    """
    rows = Dossier.objects.filter(round__state__in=rounds).order_by().values("pk", "round_id")
    found: QuerySet[Any, Any] = rows.annotate(seats=Count("assignments", filter=Q(assignments__state__in=assignments)))
    return found


def _assign(row: Row) -> Waiting:
    why = _("Dossiers of this round lack experts.")
    return Waiting(row.title, why, reverse("round", args=[row.uid]), row.due, _("seats"), "warn")


def _ready_rounds(_user: Any) -> QuerySet[Any]:
    states = (RoundState.SCORING, RoundState.DISCUSSING)
    lacking = _dossiers(states, [AssignmentState.SUBMITTED]).filter(seats__lt=F("round__minimum_sheets"))
    rounds = ReviewRound.objects.filter(Exists(Dossier.objects.filter(round=OuterRef("pk"))), state__in=states)
    return rounds.exclude(pk__in=lacking.values("round_id"))


def _rank(row: Row) -> Waiting:
    why = _("Every dossier has its sheets; the round can be ranked.")
    return Waiting(row.title, why, reverse("round", args=[row.uid]), row.due, _("ranking"))


def _named_rounds(_user: Any) -> QuerySet[Any]:
    rounds = (RoundState.PLANNED, *RUNNING_ROUNDS)
    waiting = NameFinding.objects.filter(verdict=NameVerdict.OPEN, dossier__round__state__in=rounds)
    return ReviewRound.objects.filter(pk__in=waiting.values("dossier__round_id"))


def _look(row: Row) -> Waiting:
    why = _("Names were found in its anonymous dossiers.")
    return Waiting(row.title, why, reverse("round_names", args=[row.uid]), None, _("names"), "warn")


def _open_draws(_user: Any) -> QuerySet[Any]:
    mine = (DrawState.COMMITTED, DrawState.FAILED, DrawState.DRAWN)
    return Draw.objects.filter(state__in=mine, round__state__in=RUNNING_ROUNDS)


def _finish(row: Row) -> Waiting:
    failed = row.about == DrawState.FAILED
    why = _("A draw of its experts could not be computed.") if failed else _("A draw of its experts waits for you.")
    return Waiting(row.title, why, reverse("draw", args=[row.uid]), row.due, _("draw"), "warn")


def _fee_sheets(user: Any) -> QuerySet[Any]:
    return FeeSheet.objects.filter(state=FeeState.DRAFT).exclude(made_by=user).exclude(lines__editors=user)


def _confirm_fees(row: Row) -> Waiting:
    why = _("The fees of its experts wait for a second officer to confirm them.")
    return Waiting(row.title, why, reverse("round_fees", args=[UUID(row.about)]), row.due, _("fee sheet"), "warn")


def _applications(user: Any) -> QuerySet[Any]:
    return ExpertProfile.objects.filter(state=ExpertState.APPLIED).exclude(person__user=user)


def _admit(row: Row) -> Waiting:
    why = _("Applies to the expert pool.")
    return Waiting(row.title, why, reverse("expert", args=[row.uid]), row.due, _("expert pool"))


def _added_kinds(user: Any) -> QuerySet[Any]:
    rows = ExpertProfile.objects.filter(state__in=IN_THE_POOL).exclude(kinds_asked=[])
    return rows.exclude(person__user=user)


def _confirm_kinds(row: Row) -> Waiting:
    why = _("Added kinds of expertise, which you confirm or not.")
    return Waiting(row.title, why, reverse("expert", args=[row.uid]), row.due, _("expert pool"))


def _own_profile(user: Any) -> QuerySet[Any]:
    return ExpertProfile.objects.filter(state__in=OWN_TURN, person=standing(user).person_id)


def _complete(row: Row) -> Waiting:
    recommended = row.about == ExpertState.CANDIDATE
    title = _("Your profile in the expert pool")
    why = _("You are asked to serve as a review expert; please agree or decline.")
    returned = _("Your application was returned; complete it and apply again.")
    return Waiting(title, why if recommended else returned, reverse("expert_apply"), row.due, _("expert pool"), "warn")


OWN_TURN = (ExpertState.CANDIDATE, ExpertState.RETURNED)


def _is_person(user: Any) -> bool:
    return standing(user).person_id is not None


EXPERT, OFFICER = holds(Role.EXPERT), holds(Role.PROGRAMME_OFFICER)
OPEN_TITLE = Case(When(title_open=True, then=F("dossier__title")), default=Value(""))
DUE = "round__score_deadline"
SOURCES = (
    Source("experts.invitations", EXPERT, _invitations, _answer, title=OPEN_TITLE, due=DUE),
    Source("experts.sheets", EXPERT, _sheets, _score, title=OPEN_TITLE, due=DUE),
    Source("experts.seats", OFFICER, _short_rounds, _assign, due="score_deadline"),
    Source(
        "experts.draws", OFFICER, _open_draws, _finish, title="round__title", due="round__score_deadline", about="state"
    ),
    Source("experts.names", OFFICER, _named_rounds, _look),
    Source("experts.ready", OFFICER, _ready_rounds, _rank, due="score_deadline"),
    Source("experts.fees", OFFICER, _fee_sheets, _confirm_fees, title="round__title", about="round__uid"),
    Source("experts.applications", OFFICER, _applications, _admit, title="person__name"),
    Source("experts.kinds", OFFICER, _added_kinds, _confirm_kinds, title="person__name"),
    Source("experts.own_profile", _is_person, _own_profile, _complete, title="person__name", about="state"),
)
