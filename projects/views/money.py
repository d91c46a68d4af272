"""The money of a project: what is paid and arrives, by whom it is planned, recorded and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PERSON, PROGRAMME_OFFICER
from projects import rules as who
from projects.actions.own_funds import record_own_funds, strike_own_funds
from projects.actions.payment import confirm_arrival, pay_instalment
from projects.actions.payment_plan import change_plan, plan_seen
from projects.actions.repayment import tell_repayment
from projects.enums import InstalmentState, ProjectState
from projects.forms.payments import (
    ArrivalForm,
    OwnFundsForm,
    PaymentForm,
    PlanRows,
    RepaymentForm,
    StrikeForm,
    rows_of_plan,
)
from projects.models import Instalment, OwnFunds, Project, Repayment
from projects.queries.payments import live_instalments, money_sums, own_of
from projects.queries.repayments import still_owed
from projects.queries.shown_money import offers_of, offers_of_repayment
from projects.queries.spending import Used, bars_of, used_by_category, whole
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded

Context = dict[str, Any]
Paid = TypeVar("Paid", OwnFunds, Repayment)


def running_project(request: HttpRequest, uid: UUID) -> Project:
    """A project that the asker sees and whose contract was signed once; 404 for any other."""
    rows = Project.objects.visible_to(request.user).exclude(state__in=[ProjectState.CONTRACT, ProjectState.LAPSED])
    found: Project = get_object_or_404(rows.select_related("organisation", "investigator", "contract"), uid=uid)
    return found


@guarded(SIGNED_IN)
def money(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Payments and own money of a project, with what the asker may do."""
    found = running_project(request, uid)
    instalments = list(live_instalments(found))
    sums = money_sums(found)
    used = used_by_category(found)
    context = {
        "project": found,
        "sums": sums,
        "instalments": [(one, offers_of(one, request.user, sums.total - sums.paid)) for one in instalments],
        "may_plan": who.is_officer(found, request.user) and found.state == ProjectState.ACTIVE,
        "may_account": who.keeps_accounts(found, request.user) and found.state == ProjectState.ACTIVE,
        "used": used,
        "whole": whole(used, sums.total),
        **_against_lines(found, used),
        "may_adjust": who.leads(found, request.user) and found.state == ProjectState.ACTIVE,
        "own": [(one, paper) for one, paper in _with_papers(list(own_of(found)))],
        **_returned(found, request.user),
    }
    return render(request, "projects/money/page.html", context)


def _returned(found: Project, user: Any) -> Context:
    """What is owed at the end and what came back; nothing where nothing was owed."""
    if not found.to_return:
        return {}
    left = still_owed(found)
    rows = list(found.repayments.select_related("project", "by__person"))
    return {
        "owed": left,
        "repayments": [(one, paper, offers_of_repayment(one, user)) for one, paper in _with_papers(rows)],
        "may_return": bool(left) and who.returns_money(found, user),
    }


@guarded(PERSON, "GET", "POST")
def repay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down money that was returned."""
    found = running_project(request, uid)
    left = still_owed(found)
    if not (left and who.returns_money(found, request.user)):
        raise Http404
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RepaymentForm(data, files, initial={"amount": left}, owed=left)

    def do() -> None:
        tell_repayment(project=found, payback=form.payback, paper=form.cleaned_data["paper"], by=asker(request))

    heading = {"heading": _("Money was returned"), "lead": f"{found.number} {found.title}"}
    return answer_form(request, form, do, {**heading, "cancel_url": reverse("money", args=[found.uid])})


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is planned and not paid yet."""
    found = running_project(request, uid)
    milestones = list(found.milestones.all())
    planned = list(live_instalments(found).filter(state=InstalmentState.PLANNED))
    sums = money_sums(found)
    told = {"milestones": milestones, "approved": sums.total}
    rows = PlanRows(request.POST or None, initial=rows_of_plan(planned), form_kwargs=told)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and rows.is_valid():
        try:
            change_plan(project=found, rows=rows.rows(), seen=request.POST.get("seen", ""), by=asker(request))
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Saved."))
            return redirect("money", uid=found.uid)
    context = {"project": found, "rows": rows, "reasons": reasons, "seen": plan_seen(found), "sums": sums}
    return render(request, "projects/money/plan.html", context, status=409 if reasons else 200)


def _instalment(request: HttpRequest, uid: UUID) -> Instalment:
    rows = Instalment.objects.visible_to(request.user).select_related("project__contract", "milestone")
    found: Instalment = get_object_or_404(rows, uid=uid)
    return found


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def pay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record the payment of an instalment."""
    found = _instalment(request, uid)
    form = PaymentForm(request.POST or None, initial={"amount": found.amount})

    def do() -> None:
        pay_instalment(instalment=found, by=asker(request), **form.cleaned_data)

    return answer_form(request, form, do, _of_instalment(found, _("Record the payment")))


@guarded(PERSON, "GET", "POST")
def arrive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm that an instalment has arrived, for the host's administrators."""
    found = _instalment(request, uid)
    if not who.administers(found, request.user):
        raise Http404
    form = ArrivalForm(request.POST or None)

    def do() -> None:
        confirm_arrival(instalment=found, by=asker(request), **form.cleaned_data)

    return answer_form(request, form, do, _of_instalment(found, _("Confirm the arrival")))


@guarded(PERSON, "GET", "POST")
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down own money that arrived."""
    found = running_project(request, uid)
    if not who.keeps_accounts(found, request.user):
        raise Http404
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OwnFundsForm(*posted, budget=found.grant + found.own)

    def do() -> None:
        paper = form.cleaned_data["paper"]
        record_own_funds(project=found, arrival=form.arrival, paper=paper, by=asker(request))

    heading = {"heading": _("Own money has arrived"), "lead": f"{found.number} {found.title}"}
    return answer_form(request, form, do, {**heading, "cancel_url": reverse("money", args=[found.uid])})


@guarded(PERSON, "GET", "POST")
def own_strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike out own money that was written down wrongly."""
    rows = OwnFunds.objects.visible_to(request.user).filter(struck_at=None)
    found = get_object_or_404(rows.select_related("project"), uid=uid)
    if not who.keeps_accounts(found.project, request.user):
        raise Http404
    form = StrikeForm(request.POST or None)

    def do() -> None:
        strike_own_funds(own=found, by=asker(request), why=form.cleaned_data["why"])

    heading = {"heading": _("Strike out"), "lead": f"{found.project.number} {found.project.title}", "grave": True}
    return answer_form(request, form, do, {**heading, "cancel_url": reverse("money", args=[found.project.uid])})


def _of_instalment(found: Instalment, heading: str) -> Context:
    title = _("Instalment %(number)d") % {"number": found.number}
    lead = f"{found.project.number} {found.project.title} · {title}"
    return {"heading": heading, "lead": lead, "cancel_url": found.get_absolute_url(), "instalment": found}


def answer_form(request: HttpRequest, form: forms.Form, do: Callable[[], object], context: Context) -> HttpResponse:
    """The form, or what it asks for done and back to the money; a refusal stands above what was typed."""
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Saved."))
            return redirect(context["cancel_url"])
    page = {"form": form, "reasons": reasons, "submit_label": context["heading"], **context}
    return render(request, "projects/money/form.html", page, status=409 if reasons else 200)


def _against_lines(found: Project, used: list[Used]) -> Context:
    """The chart and what is above its line; neither where a lump sum has no lines."""
    if not found.ledger.exists():
        return {"bars": [], "over": []}
    return {"bars": bars_of(used), "over": [one for one in used if one.is_over]}


def _with_papers(rows: list[Paid]) -> list[tuple[Paid, Any]]:
    from workflows.models import StoredFile

    label = rows[0]._meta.label_lower if rows else ""
    files = StoredFile.objects.filter(subject_type=label, subject_id__in=[one.pk for one in rows], removed_at=None)
    by_row = {one.subject_id: one for one in files}
    return [(one, by_row.get(one.pk)) for one in rows]
