"""What waits for applicants: their drafts, what was returned to them, teams they were asked into."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.queries.standing import standing
from projects.enums import ProposalState
from projects.models import Proposal
from projects.queries.limits import filing_due
from projects.queries.mine import invitations, my_drafts
from workflows.inbox import Row, Source, Waiting


def _drafts(user: Any) -> QuerySet[Proposal]:
    return my_drafts(user).exclude(state=ProposalState.RETURNED)


def _returned(user: Any) -> QuerySet[Proposal]:
    return my_drafts(user).filter(state=ProposalState.RETURNED)


def _write(row: Row) -> Waiting:
    why = _("Not submitted yet. %(call)s") % {"call": row.about}
    return Waiting(_title(row), why, reverse("proposal-write", args=[row.uid]), row.due, _("draft"))


def _correct(row: Row) -> Waiting:
    why = _("Returned to you for correction. %(call)s") % {"call": row.about}
    return Waiting(_title(row), why, reverse("proposal-write", args=[row.uid]), row.due, _("returned"), "warn")


def _answer(row: Row) -> Waiting:
    why = _("%(name)s asks you to take part.") % {"name": row.about}
    return Waiting(_title(row), why, reverse("team-invitation", args=[row.key]), row.due, _("invitation"))


def _title(row: Row) -> str:
    return row.title or _("(untitled)")


def _is_person(user: Any) -> bool:
    return standing(user).person_id is not None


SOURCES = (
    Source("projects.drafts", _is_person, _drafts, _write, about="call__title", due=filing_due()),
    Source("projects.returned", _is_person, _returned, _correct, about="call__title", due=filing_due()),
    Source(
        "projects.invitations",
        _is_person,
        invitations,
        _answer,
        title="proposal__title",
        key="token",
        about="proposal__applicant__name",
        due=filing_due("proposal__"),
    ),
)
