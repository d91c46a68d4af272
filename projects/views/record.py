"""The record of a proposal, for everybody who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from directory.queries.standing import standing
from projects.enums import ProposalState
from projects.models import Letter, Project, Proposal
from projects.queries.content_pages import pages
from projects.queries.findings import findings_of, may_see_findings
from projects.queries.lists import rows
from projects.queries.record_tabs import chosen, tabs_of
from projects.rules import is_officer
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN)
def proposal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where it stands, what can be done, findings, content, what happened. 404 for who may not see it."""
    found = get_object_or_404(
        rows(Proposal.objects.visible_to(request.user)).select_related("current_version"), uid=uid
    )
    seen = may_see_findings(standing(request.user))
    findings, content = findings_of(found) if seen else None, pages(found)
    tabs = tabs_of(findings, content)
    context = {
        "proposal": found,
        "findings": findings,
        "pages": content,
        "tabs": tabs,
        "tab": chosen(tabs, request.GET.get("tab", "")),
        "versions": list(found.versions.order_by("-number")),
        "letters": Letter.objects.filter(proposal=found),
        "show_passed": "passed" in request.GET,
        "may_decide": found.state == ProposalState.RECOMMENDED and is_officer(found, request.user),
        "project": Project.objects.filter(proposal=found).first(),
    }
    return render(request, "projects/proposal/record.html", context)


@guarded(SIGNED_IN)
def letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One letter, to read and to print."""
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("proposal__call"), uid=uid)
    return render(request, "projects/decision/letter.html", {"letter": found})
