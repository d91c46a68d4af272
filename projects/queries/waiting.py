"""What waits for applicants: their drafts, what was returned to them, teams they were asked into."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.enums import ProposalState
from projects.models import Proposal
from projects.queries.limits import filing_limit
from projects.queries.mine import invitations, my_drafts
from workflows.inbox import Waiting


def drafts(user: Any, limit: int) -> list[Waiting]:
    """Drafts and returned proposals that the person writes in, with the deadline of each."""
    return [_draft(one) for one in my_drafts(user)[:limit]]


def count_drafts(user: Any) -> int:
    """How many of them."""
    return my_drafts(user).count()


def _draft(proposal: Proposal) -> Waiting:
    returned = proposal.state == ProposalState.RETURNED
    return Waiting(
        title=proposal.title or _("(untitled)"),
        why=_("Returned to you for correction. %(call)s") % {"call": proposal.call.title}
        if returned
        else _("Not submitted yet. %(call)s") % {"call": proposal.call.title},
        url=reverse("proposal-write", args=[proposal.uid]),
        due=filing_limit(proposal),
        badge=_("returned") if returned else _("draft"),
        tone="warn" if returned else "go",
    )


def team_invitations(user: Any, limit: int) -> list[Waiting]:
    """Teams that wait for the person's answer."""
    return [
        Waiting(
            title=row.proposal.title or _("(untitled)"),
            why=_("%(name)s asks you to take part.") % {"name": row.proposal.applicant.name},
            url=reverse("team-invitation", args=[row.token]),
            due=filing_limit(row.proposal),
            badge=_("invitation"),
        )
        for row in invitations(user)[:limit]
    ]


def count_team_invitations(user: Any) -> int:
    """How many of them."""
    return invitations(user).count()
