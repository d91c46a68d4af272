"""Asking for a change of a budget, with the answer of the rules beside the grid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects import rules as who
from projects.actions.adjustment import Wish, ask_adjustment
from projects.actions.delegation import prepare_adjustment
from projects.channel.decide import Decision
from projects.enums import AdjustmentRoute, AdjustmentState, ProjectState
from projects.forms.adjustment import Cell, Grid, WishForm, grid_of, read_grid
from projects.models import Adjustment, LedgerLine, PreparedAdjustment, Project
from projects.queries.kept_rules import channel_rules_of
from projects.queries.ledger import decision_on, fingerprint, ledger, policy_of
from projects.slips import MEND, RIGHT, retyped, settled
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

Context = dict[str, Any]
MOST_REASON = 500


def _own_project(request: HttpRequest, uid: UUID) -> Project:
    rows = Project.objects.visible_to(request.user).filter(state=ProjectState.ACTIVE)
    found: Project = get_object_or_404(rows.select_related("organisation", "investigator"), uid=uid)
    if not (who.leads(found, request.user) or who.prepares_adjustments(found, request.user)):
        raise Http404
    return found


@guarded(PERSON, "GET", "POST")
def adjust(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a change: the page says who decides while it is typed; nothing is sent that was not shown."""
    project = _own_project(request, uid)
    lines = list(ledger(project))
    if not lines:
        raise Http404
    if request.method != "POST":
        return render(request, "projects/adjustment/ask.html", _filled_in(request, project, lines))
    grid = _typed(request, lines)
    prepares = not who.leads(project, request.user)
    if request.headers.get("X-Answer"):
        context = {**_answer(project, lines, grid), "prepares": prepares}
        return render(request, "projects/adjustment/answer.html", context)
    if prepares:
        return _keep(request, project, lines, grid)
    return _send(request, project, lines, grid)


def _filled_in(request: HttpRequest, project: Project, lines: list[LedgerLine]) -> Context:
    """The form with what is asked again, or with what was prepared."""
    prepared = None
    if "prepared" in request.GET:
        prepared = PreparedAdjustment.objects.filter(project=project).select_related("prepared_by__person").first()
    if prepared is None:
        context = _asking(project, lines, grid_of(lines, _changes_of_earlier(project, request.GET.get("again", ""))))
    else:
        changes = {int(key): Decimal(value) for key, value in prepared.changes.items()}
        context = _asking(project, lines, grid_of(lines, changes))
        context["form"] = WishForm(initial={"seen": fingerprint(lines), "reason": prepared.reason})
    return {**context, "prepared": prepared, "prepares": not who.leads(project, request.user)}


def _typed(request: HttpRequest, lines: list[LedgerLine]) -> Grid:
    """The grid as it was sent, with the answers to questions about its amounts."""
    return read_grid(lines, retyped(request.POST).dict(), right=settled(request.POST))


def _looks(request: HttpRequest) -> bool:
    """Whether only the page is asked for: who decides, or the answer to a question about an amount."""
    return any(name in request.POST for name in ("look", MEND, RIGHT))


def _unanswered(cell: Cell) -> Reason:
    text = _("%(line)s: this looks typed in yuan.") % {"line": cell.label}
    return Reason("unit_unanswered", text, _("Answer the question beside it first."))


def _keep(request: HttpRequest, project: Project, lines: list[LedgerLine], grid: Grid) -> HttpResponse:
    """Keep what a delegate typed for the investigator; what cannot be read is shown and kept as typed."""
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    context = {**_asking(project, lines, grid), "prepares": True}
    context["form"] = WishForm(initial={"seen": fingerprint(lines), "reason": reason})
    if not (grid.faults or _looks(request)):
        try:
            prepare_adjustment(project=project, changes=grid.changes, reason=reason, by=asker(request))
        except Refused as refusal:
            context["reasons"] = refusal.reasons
        else:
            messages.success(request, _("Kept; the investigator is told and sends it."))
            return redirect(project)
    refused = grid.faults or "reasons" in context
    return render(request, "projects/adjustment/ask.html", context, status=409 if refused else 200)


def _send(request: HttpRequest, project: Project, lines: list[LedgerLine], grid: Grid) -> HttpResponse:
    context = _asking(project, lines, grid)
    if _looks(request):
        context["form"] = WishForm(initial={**request.POST.dict(), "seen": fingerprint(lines)})
        return render(request, "projects/adjustment/ask.html", context)
    form = context["form"] = WishForm(request.POST)
    decision: Decision | None = context["decision"]
    if form.is_valid() and decision is not None:
        if grid.asked:
            context["reasons"] = [_unanswered(cell) for cell in grid.asked]
        elif form.shows(decision.route):
            return _asked(request, project, grid, form, context)
        else:
            context["reasons"] = [
                Reason(
                    "not_shown", _("This is what the rules answer."), _("Look at it, then press the button once more.")
                )
            ]
    return render(request, "projects/adjustment/ask.html", context, status=409 if "reasons" in context else 200)


def _asked(request: HttpRequest, project: Project, grid: Grid, form: WishForm, context: Context) -> HttpResponse:
    data = form.cleaned_data
    wish = Wish(grid.changes, data["reason"], data["seen"], data["key"], data["promised"])
    try:
        made = ask_adjustment(project=project, wish=wish, by=asker(request))
    except Refused as refusal:
        lines = list(ledger(project))
        fresh = _asking(project, lines, _typed(request, lines))
        form.data = {**request.POST.dict(), "seen": fingerprint(lines)}
        return render(
            request,
            "projects/adjustment/ask.html",
            {**context, **fresh, "form": form, "reasons": refusal.reasons},
            status=409,
        )
    said = _("Recorded at once.") if made.state == AdjustmentState.RECORDED else _("Sent to the organisation.")
    messages.success(request, said)
    return redirect(made)


def _asking(project: Project, lines: list[LedgerLine], grid: Grid) -> Context:
    return {
        **_answer(project, lines, grid),
        "project": project,
        "form": WishForm(initial={"seen": fingerprint(lines)}),
        "rules": channel_rules_of(project),
        "policy": policy_of(project.organisation_id),
    }


def _answer(project: Project, lines: list[LedgerLine], grid: Grid) -> Context:
    """What the rules say about the grid; nothing yet where nothing was typed or something cannot be read."""
    asked = not (grid.is_untouched or grid.faults)
    decision = decision_on(project, lines, grid.changes) if asked else None
    clock = None
    if decision and decision.route in (AdjustmentRoute.ORGANISATION, AdjustmentRoute.DEPARTMENT):
        clock = channel_rules_of(project).clock(decision.route)
    return {"grid": grid, "decision": decision, "clock": clock}


def _changes_of_earlier(project: Project, uid: str) -> dict[int, Any]:
    """The changes of an adjustment of this project that is asked for again; none for anything else."""
    try:
        known = Adjustment.objects.filter(project=project, uid=UUID(uid)).first()
    except ValueError:
        known = None
    return dict(known.lines.values_list("line_id", "change")) if known else {}
