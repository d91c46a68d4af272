"""Effects and periodic jobs of this room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from experts.models import Dossier, ReviewRound
from experts.queries.results import results
from projects.actions.acceptance_review import finish_acceptance_reviews, leave_review
from projects.actions.archive import make_archive
from projects.actions.channel_preview import make_preview
from projects.actions.contract import lapse_due
from projects.actions.expiry import expire_late, warn_before_expiry
from projects.actions.feedback import send_opinions
from projects.actions.notice import close_due_notices
from projects.actions.portfolio import make_sheet, remove_old_sheets
from projects.actions.review import finish_reviews, leave_reviews
from projects.enums import ParticipantState
from projects.forms.portfolio import shown
from projects.models import ChannelPreview, Participant, PortfolioSheet, ProjectArchive, Proposal
from projects.queries.acceptance_review import REFERENCE as ACCEPTANCES
from workflows.effects import effect
from workflows.schedule import every

CALL = "projects.call:"


@effect("projects.team_invitation")
def send_team_invitation(key: str, payload: dict[str, Any]) -> None:
    """Mail the link with which an invited co-applicant answers; nothing when the invitation has lapsed."""
    rows = Participant.objects.select_related("proposal__call", "proposal__applicant", "proposal__organisation")
    row = rows.filter(pk=payload["participant"], state=ParticipantState.INVITED).first()
    if row is None or not key.endswith(row.token[:8]):
        return
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.SITE_ADDRESS + reverse("team-invitation", args=[row.token])
        EmailMessage(
            subject=_("%(name)s asks you to take part in a proposal") % {"name": row.proposal.applicant.name},
            body=render_to_string("projects/writing/invitation.txt", {"row": row, "url": url}),
            to=[row.email],
            headers={"Message-ID": f"<{key.replace(':', '.')}@tala>"},
        ).send()


@every(minutes=10)
def keep_the_clocks() -> None:
    """Expire what is late, warn before, close notices whose days are over, lapse contracts not signed in time."""
    now = timezone.now()
    expire_late(at=now)
    warn_before_expiry(at=now)
    close_due_notices(at=now)
    lapse_due(at=now)


@effect("review.closed")
def take_over_results(_key: str, payload: dict[str, Any]) -> None:
    """A round is closed: its scores go to the proposals of our call, its opinions to the acceptances sent there."""
    if payload["reference"].startswith(ACCEPTANCES):
        finish_acceptance_reviews(review_round=ReviewRound.objects.get(pk=payload["round_id"]))
    elif payload["reference"].startswith(CALL):
        _take_over_scores(ReviewRound.objects.get(pk=payload["round_id"]))


def _take_over_scores(review_round: ReviewRound) -> None:
    subject = Proposal._meta.label_lower
    found = [one for one in results(review_round) if one.subject_type == subject]
    scores = {int(one.subject_id): one.score for one in found if one.score is not None}
    finish_reviews(scores=scores, method=review_round.ranking_method)


@effect("review.cancelled")
def take_back_from_review(_key: str, payload: dict[str, Any]) -> None:
    """A round is cancelled: what we handed in can go to another one."""
    if payload["reference"].startswith(ACCEPTANCES):
        leave_review(review_round=ReviewRound.objects.get(pk=payload["round_id"]))
    elif payload["reference"].startswith(CALL):
        rows = Dossier.objects.filter(round=payload["round_id"], subject_type=Proposal._meta.label_lower)
        leave_reviews(proposals=[int(pk) for pk in rows.values_list("subject_id", flat=True)])


@effect("review.released")
def send_the_opinions(_key: str, payload: dict[str, Any]) -> None:
    """Opinions were let go: each applicant of the round gets a letter."""
    send_opinions(review_round=ReviewRound.objects.get(pk=payload["round_id"]))


@effect("review.ranked")
def results_are_known(_key: str, _payload: dict[str, Any]) -> None:
    """Nothing follows for proposals until the round is closed."""


@effect("projects.channel_preview")
def make_a_channel_preview(_key: str, payload: dict[str, Any]) -> None:
    """Rows of the green channel replayed on what was decided, one chunk after the other."""
    make_preview(preview=ChannelPreview.objects.get(pk=payload["preview"]))


@effect("projects.portfolio_sheet")
def make_a_portfolio_sheet(_key: str, payload: dict[str, Any]) -> None:
    """Twenty thousand projects take longer than a page may; a sheet that was removed meanwhile is not made."""
    sheet = PortfolioSheet.objects.select_related("owner").filter(pk=payload["sheet"]).first()
    if sheet is not None:
        make_sheet(sheet=sheet, shown=shown)


@effect("projects.archive")
def make_an_archive(_key: str, payload: dict[str, Any]) -> None:
    """A package of records, contracts and papers."""
    make_archive(archive=ProjectArchive.objects.select_related("project", "asked_by").get(pk=payload["archive"]))


@every(minutes=60)
def forget_old_sheets() -> None:
    """Spreadsheets of the portfolio are kept for a week."""
    remove_old_sheets()
