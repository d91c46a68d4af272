"""What the pages of one proposal share: finding it, reading it, its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from projects.definitions.form import Section
from projects.enums import WRITABLE
from projects.models import Proposal
from projects.queries.content import Content, content
from projects.queries.outline import clock, others_present, outline
from projects.queries.problems import Problem, problems
from projects.queries.returned import returned
from projects.rules import is_applicant


@dataclass(frozen=True)
class Desk:
    """A proposal on its writer's desk."""

    proposal: Proposal
    found: Content
    problems: list[Problem]
    user: Any

    @property
    def writable(self) -> bool:
        """Whether it can be written in now."""
        return self.proposal.state in WRITABLE

    def section(self, section_id: str) -> Section:
        """The section; 404 when the form has none of that name."""
        try:
            return self.found.form.section(section_id)
        except KeyError:
            raise Http404 from None

    def frame(self, section: Section | None = None) -> dict[str, Any]:
        """What every page of it shows: rail, clock, who is here."""
        titles = {one.id: one.title for one in self.found.form.sections}
        return {
            "proposal": self.proposal,
            "call": self.proposal.call,
            "desk": self,
            "parts": outline(self.found, self.problems),
            "section": section,
            "clock": clock(self.proposal),
            "returned": returned(self.proposal),
            "others": others_present(self.proposal, self.user, titles),
            "blocking": sum(one.blocking for one in self.problems),
            "applicant": is_applicant(self.proposal, self.user),
        }


def writers_proposal(request: HttpRequest, uid: UUID) -> Proposal:
    """The proposal, for those who may write in it; 404 for everybody else."""
    rows = Proposal.objects.written_by(request.user).select_related(
        "call", "organisation__region", "organisation__parent", "applicant__user", "direction", "current_version"
    )
    found: Proposal = get_object_or_404(rows, uid=uid)
    return found


def open_desk(request: HttpRequest, uid: UUID) -> Desk:
    """The proposal with all it contains and its problems."""
    proposal = writers_proposal(request, uid)
    found = content(proposal)
    return Desk(proposal, found, problems(proposal, found), request.user)
