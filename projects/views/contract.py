"""Contracts and projects, for those who sign and those who watch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER
from directory.queries.standing import standing
from projects import rules as who
from projects.actions.contract import edit_contract, return_contract, sign_contract
from projects.actions.contract_clock import give_more_time
from projects.enums import OVER, ContractState, ProjectState
from projects.forms.way import ContractForm, MoreTimeForm, SignForm
from projects.models import Acceptance, Contract, Project
from projects.queries import delegations
from projects.queries.addresses import contract_url
from projects.queries.change_offers import may_ask
from projects.queries.contract_versions import text_of
from projects.queries.kept_rules import contract_rules_of
from projects.queries.ledger import ledger, ledger_blocks, ledger_parts
from projects.queries.signatures import can_wait_longer, routes_of, step_for
from workflows.actors import asker
from workflows.errors import Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 50
RUNNING = tuple(one for one in ProjectState if one not in (ProjectState.CONTRACT, ProjectState.LAPSED))
PROJECT_PARTS = ("project__proposal__call", "project__organisation__authority", "project__investigator")


def _contract(request: HttpRequest, uid: UUID) -> Contract:
    found: Contract = get_object_or_404(
        Contract.objects.visible_to(request.user).select_related(*PROJECT_PARTS), uid=uid
    )
    return found


@guarded(SIGNED_IN)
def projects(request: HttpRequest) -> HttpResponse:
    """The projects the asker sees, with where their contracts stand."""
    found = Project.objects.visible_to(request.user).select_related("contract", "organisation", "investigator")
    state = request.GET.get("state", "")
    shown = found.filter(state=state) if state in dict(Project._meta.get_field("state").choices or []) else found
    page = Paginator(shown.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/project/list.html", {"page": page, "state": state})


@guarded(SIGNED_IN)
def project(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of a project."""
    rows = Project.objects.visible_to(request.user).select_related(
        "contract", "organisation", "investigator", "proposal__call", "officer__person"
    )
    found = get_object_or_404(rows, uid=uid)
    lines = list(ledger(found))
    blocks, parts = ledger_blocks(lines), ledger_parts(lines)
    context = {
        "project": found,
        "ledger": blocks,
        "parts": parts,
        "adjustments": list(found.adjustments.all()) if blocks else [],
        "changes": list(found.changes.select_related("supplement")) if found.state in RUNNING else None,
        "may_change": may_ask(found, request.user),
        "milestones": list(found.milestones.all()) if found.state in RUNNING else None,
        "acceptance": Acceptance.objects.filter(project=found).defer("content").first(),
        "reports": list(found.reports.defer("content")) if found.state in RUNNING else [],
        "may_adjust": bool(blocks) and found.state == ProjectState.ACTIVE and who.leads(found, request.user),
        "may_archive": found.state in OVER,
        **_delegated(request, found, has_budget=bool(blocks)),
    }
    return render(request, "projects/project/record.html", context)


def _delegated(request: HttpRequest, found: Project, *, has_budget: bool) -> dict[str, Any]:
    """Who acts for the investigator, and what of it the asker may."""
    runs = found.state == ProjectState.ACTIVE
    return {
        "delegations": delegations.shown(found),
        "leads": runs and who.leads(found, request.user),
        "person_id": standing(request.user).person_id,
        "may_prepare": has_budget and runs and who.prepares_adjustments(found, request.user),
    }


@guarded(SIGNED_IN)
def contract(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of a contract: its text, who has signed, whose turn it is."""
    found = _contract(request, uid)
    context = {
        "contract": found,
        "routes": routes_of(found),
        "step": step_for(found, request.user) if found.state == ContractState.SIGNING else None,
        "editable": found.state == ContractState.DRAFT and who.is_investigator(found, request.user),
        "form": SignForm(),
        "text": text_of(found),
        "supplements": list(found.project.supplements.select_related("project", "change").order_by("number")),
        "may_give_time": who.is_officer(found, request.user) and can_wait_longer(found),
    }
    return render(request, "projects/contract/record.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def more_time(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give more time to sign, once, with a reason; what is refused keeps what was typed (409)."""
    found = _contract(request, uid)
    form = MoreTimeForm(request.POST or None, most=contract_rules_of(found.project).more_time.working_days)
    reasons: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            give_more_time(contract=found, by=asker(request), **form.cleaned_data)
            messages.success(request, _("More time is given; those who sign are told."))
            return redirect(contract_url(found))
        except Refused as refusal:
            reasons = list(refusal.reasons)
    context = {
        "form": form,
        "heading": _("More time to sign"),
        "lead": f"{found.project.number} {found.project.title}",
        "reasons": reasons,
        "submit_label": _("Give more time to sign"),
        "cancel_url": contract_url(found),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(SIGNED_IN, "GET", "POST")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Complete goals and milestones, for the investigator."""
    found = _contract(request, uid)
    years = range(found.project.starts_on.year, found.project.ends_on.year + 1)
    known = {int(one["year"]): one["text"] for one in found.content.get("milestones", [])}
    form = ContractForm(
        request.POST or None,
        years=years,
        milestones=known,
        content=found.content,
        initial={"goals": found.content.get("goals", "")},
    )
    reasons: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            edit_contract(
                contract=found,
                goals=form.cleaned_data["goals"],
                milestones=form.milestones,
                equipment=form.cleaned_data.get("equipment"),
                by=asker(request),
            )
            messages.success(request, _("Saved."))
            return redirect(contract_url(found))
        except Refused as refusal:
            reasons = list(refusal.reasons)
    context = {
        "form": form,
        "heading": _("Goals and milestones"),
        "lead": f"{found.project.number} {found.project.title}",
        "reasons": reasons,
        "cancel_url": contract_url(found),
    }
    return render(request, "form.html", context)


@guarded(SIGNED_IN, "POST")
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign at one's turn, or return with a reason."""
    found = _contract(request, uid)
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The reason is too long."))
        return redirect(contract_url(found))
    try:
        if "return" in request.POST:
            return_contract(contract=found, by=asker(request), note=form.cleaned_data["note"])
            messages.success(request, _("Returned for correction."))
        else:
            sign_contract(contract=found, by=asker(request), sha256=request.POST.get("sha256", ""))
            messages.success(request, _("Signed."))
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, f"{reason.text} {reason.mend}")
    return redirect(contract_url(found))
