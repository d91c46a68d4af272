"""What experts are told of their reviews, each once: a message in the workbench and the same words by mail.

Nothing of a dossier is told but its title, which holds no name in a blind round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.models import User
from experts.enums import OPEN_ASSIGNMENTS
from workflows.actions.messages import tell
from workflows.machine import machine_of

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from directory.models import Organisation
    from experts.models import Assignment, ExpertProfile, ReviewRound


def decided(expert: ExpertProfile, name: str, note: str) -> None:
    """The person is told of a step in the words of the machine, where it has any."""
    words = machine_of(expert).transition(name).told
    if words:
        _tell_person(expert, f"{name}:{expert.version}", words, note)


def recommended(expert: ExpertProfile, organisation: Organisation) -> None:
    """The person is asked to agree and to complete the profile."""
    title = format_lazy(_("{organisation} recommends you as a review expert."), organisation=organisation.name)
    text = _("Look through your profile and agree, or say that you do not want to serve.")
    _tell_person(expert, f"recommend:{organisation.pk}:{expert.version}", title, text)


def kinds_decided(expert: ExpertProfile, event: str, note: str, *, confirmed: bool) -> None:
    """The kinds that the expert added count now, or do not."""
    yes, no = _("The kinds of expertise that you added count now."), _("The kinds that you added were not confirmed.")
    _tell_person(expert, event, yes if confirmed else no, note)


def _tell_person(expert: ExpertProfile, event: str, title: str | _StrPromise, body: str | _StrPromise) -> None:
    users = User.objects.filter(person=expert.person_id, is_active=True)
    tell(to_users=users, key=f"expert:{expert.pk}:{event}", title=title, body=body, url=reverse("expert_apply"))


def invited(assignment: Assignment) -> None:
    """The expert is asked to accept or decline, and told by when scores are due."""
    title = format_lazy(_("You are invited to review: {title}"), title=assignment.shown_title)
    asked = _("Please accept or decline by {by}. Scores are due by {due}.")
    body = format_lazy(asked, by=_moment(assignment.answer_by), due=_due(assignment.round))
    _tell(assignment, "invited", title, body)


def answer_soon(assignment: Assignment, key: str) -> None:
    """The invitation is not answered and runs out soon; told once per `key`."""
    title = format_lazy(
        _("Please answer by {by}: {title}"), by=_moment(assignment.answer_by), title=assignment.shown_title
    )
    _send(assignment, key, title, _("Accept or decline; after that the seat is given to somebody else."))


def unanswered(assignment: Assignment) -> None:
    """The invitation ran out without an answer."""
    title = format_lazy(_("Your invitation has run out: {title}"), title=assignment.shown_title)
    _tell(assignment, "unanswered", title, _("It was not answered in time; the seat is given to somebody else."))


def replaced(assignment: Assignment) -> None:
    """The seat was taken back; whoever was never invited learns nothing."""
    title = format_lazy(_("You need not review any more: {title}"), title=assignment.shown_title)
    _tell(assignment, "replaced", title, _("The programme officer gave the seat to somebody else. Thank you."))


def cancelled(assignment: Assignment) -> None:
    """The round was cancelled before the sheet was submitted."""
    title = format_lazy(_("The review is cancelled: {title}"), title=assignment.shown_title)
    _tell(assignment, "cancelled", title, _("The whole round was cancelled; you need not do anything."))


def due_soon(assignment: Assignment, key: str) -> None:
    """The sheet is not submitted and its time ends soon; told once per `key`."""
    title = format_lazy(_("Scores are due by {due}: {title}"), due=_due(assignment.round), title=assignment.shown_title)
    _send(assignment, key, title, _("What you have written is kept; submit it before the time ends."))


def expired(assignment: Assignment) -> None:
    """The time is over, or the round was ranked, before the sheet was submitted."""
    title = format_lazy(_("Your seat has expired: {title}"), title=assignment.shown_title)
    _tell(assignment, "expired", title, _("No scores were submitted in time, so that they do not count."))


def more_time(review_round: ReviewRound) -> None:
    """Everybody who still has to answer or write is told the later instant, once per expert and instant."""
    open_seats = review_round.assignments.filter(state__in=OPEN_ASSIGNMENTS, invited_at__isnull=False)
    due = _due(review_round)
    tell(
        to_users=User.objects.filter(person__expert__assignments__in=open_seats).distinct(),
        key=f"round:{review_round.pk}:due:{due}",
        title=format_lazy(_("More time to score: {round}"), round=review_round.title),
        body=format_lazy(_("Scores are due by {due} now."), due=due),
        url=reverse("reviews"),
    )


def _tell(assignment: Assignment, event: str, title: _StrPromise, body: _StrPromise) -> None:
    if assignment.invited_at is not None:
        _send(assignment, f"review:{assignment.pk}:{event}", title, body)


def _send(assignment: Assignment, key: str, title: _StrPromise, body: _StrPromise) -> None:
    tell(
        to_users=User.objects.filter(person=assignment.expert.person_id),
        key=key,
        title=title,
        body=body,
        url=reverse("review", args=[assignment.uid]),
    )


def _due(review_round: ReviewRound) -> str:
    return _moment(review_round.score_deadline)


def _moment(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "–"
