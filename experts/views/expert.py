"""The expert's pages: own reviews, invitation, reading and scoring, declaring a conflict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import EXPERT
from experts.actions.assignment import accept, accept_all, declare_conflict, decline
from experts.actions.sheet import StaleSheet, asked_about, save_score_sheet, submit_score_sheet
from experts.enums import AssignmentState
from experts.forms.phases import RemarkForm
from experts.forms.review import AcceptForm, ConflictForm, DeclineForm, read_answers, read_version
from experts.models import Assignment
from experts.queries.attachments import attachments
from experts.queries.desk import desk, own_reviews, place_of, sheet_form, sheet_of
from experts.queries.invitations import open_invitations, signed_at
from experts.queries.others import together
from experts.queries.reading import dossier_for, may_read, names_shown
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded

# The header by which the sheet's script asks for parts of the page and knows them.
PART, SHEET = "X-Part", "sheet"


def own(request: HttpRequest, uid: UUID) -> Assignment:
    """The asker's own assignment with its dossier; 404 for everything else."""
    rows = own_reviews(request.user).defer(None)
    return get_object_or_404(rows, uid=uid)


@guarded(EXPERT)
def reviews(request: HttpRequest) -> HttpResponse:
    """Own reviews with state, progress and deadline."""
    return render(request, "experts/reviews.html", {"desk": desk(request.user)})


@guarded(EXPERT)
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The invitation while it waits for an answer, else dossier and sheet; what is over says so."""
    assignment = own(request, uid)
    if assignment.state == AssignmentState.INVITED:
        if not assignment.title_open:
            return redirect("review_names", uid=uid)
        return _invitation(request, assignment)
    if not may_read(assignment):
        return render(request, "experts/over.html", {"assignment": assignment})
    return _scoring(request, assignment)


def _invitation(request: HttpRequest, assignment: Assignment, status: int = 200, **more: Any) -> HttpResponse:
    signed = signed_at(assignment)
    context = {
        "assignment": assignment,
        "names": names_shown(assignment),
        "signed": signed,
        "siblings": len(open_invitations(request.user, assignment.round.uid)) - 1,
        "accept_form": AcceptForm(signed=signed is not None),
        "decline_form": DeclineForm(),
        **more,
    }
    return render(request, "experts/invitation.html", context, status=status)


def _scoring(request: HttpRequest, assignment: Assignment, status: int = 200, **more: Any) -> HttpResponse:
    sections = dossier_for(assignment)
    sheet = more.pop("sheet", None) or sheet_of(assignment)
    context = {
        "assignment": assignment,
        "sections": sections,
        "files": attachments(assignment.dossier),
        "form": sheet_form(assignment, sheet),
        "place": place_of(assignment),
        "together": together(assignment),
        "remark_form": RemarkForm(),
        "names": names_shown(assignment),
        "changed": assignment.is_done and assignment.earlier_sheets.exists(),
        **more,
    }
    page = "experts/sheet_done.html" if assignment.is_done else "experts/score.html"
    return render(request, page, context, status=status)


@guarded(EXPERT, "GET", "POST")
def invitations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All own open invitations of one round: the statement once, the dossiers accepted together."""
    rows = open_invitations(request.user, uid)
    if not rows:
        raise Http404
    closed = [row for row in rows if not row.title_open]
    if closed:
        return redirect("review_names", uid=closed[0].uid)
    signed = signed_at(rows[0])
    form = AcceptForm(request.POST if request.method == "POST" else None, signed=signed is not None)
    ticked = set(request.POST.getlist("accept"))
    chosen = [row for row in rows if str(row.uid) in ticked]
    reasons: Any = ()
    if request.method == "POST" and form.is_valid() and chosen:
        try:
            accept_all(assignments=chosen, by=asker(request), statement="statement" in form.fields)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Accepted: %(count)d.") % {"count": len(chosen)})
            return redirect("reviews")
    asked = request.method == "POST"
    context = {"rows": rows, "round": rows[0].round, "form": form, "signed": signed, "reasons": reasons}
    context |= {"ticked": ticked if asked else {str(row.uid) for row in rows}, "none": asked and not chosen}
    return render(request, "experts/invitations.html", context, status=422 if asked else 200)


@guarded(EXPERT, "POST")
def review_accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept the invitation with the statement."""
    assignment = own(request, uid)
    if not assignment.title_open:
        return redirect("review_names", uid=uid)
    form = AcceptForm(request.POST, signed=signed_at(assignment) is not None)
    if not form.is_valid():
        return _invitation(request, assignment, status=422, accept_form=form)
    accept(assignment=assignment, by=asker(request), statement="statement" in form.fields)
    return redirect("review", uid=uid)


@guarded(EXPERT, "POST")
def review_decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Decline the invitation with a reason."""
    assignment = own(request, uid)
    if not assignment.title_open:
        return redirect("review_names", uid=uid)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _invitation(request, assignment, status=422, decline_form=form)
    decline(assignment=assignment, by=asker(request), **form.cleaned_data)
    messages.success(request, _("You declined the review. Thank you for answering."))
    return redirect("reviews")


@guarded(EXPERT, "GET", "POST")
def review_conflict(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Declare a conflict of interest."""
    assignment = own(request, uid)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        declare_conflict(assignment=assignment, kind=given["kind"], note=given["note"], by=asker(request))
        messages.success(request, _("Your declaration is recorded; you do not review this dossier."))
        return redirect("reviews")
    return render(request, "experts/conflict.html", {"assignment": assignment, "form": form})


@guarded(EXPERT, "POST")
def review_save(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Save the sheet: its changed parts for the page's own saving, the whole page without script."""
    assignment = own(request, uid)
    partial = request.headers.get(PART) == SHEET
    try:
        sheet = save_score_sheet(
            assignment=assignment,
            answers=read_answers(request.POST),
            expected_version=read_version(request.POST),
            by=asker(request),
        )
    except StaleSheet as stale:
        return _stale(request, assignment, stale, partial=partial)
    except NotAllowed:
        raise
    except Refused as refused:
        if not partial:
            raise
        return _part(request, "sheet_refused", {"reasons": refused.reasons}, status=409)
    if partial:
        return _part(request, "sheet_parts", {"form": sheet_form(assignment, sheet)})
    messages.success(request, _("Saved."))
    return redirect("review", uid=uid)


def _part(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Parts of the page by id, marked so that the page tells them from a page of sign-in or a proxy's fault."""
    response = render(request, f"experts/{name}.html", context, status=status)
    response[PART] = SHEET
    return response


def _stale(request: HttpRequest, assignment: Assignment, stale: StaleSheet, *, partial: bool) -> HttpResponse:
    more = {"stale": stale, "form": sheet_form(assignment, stale.present)}
    if partial:
        return _part(request, "sheet_stale", more, status=409)
    return _scoring(request, assignment, status=409, sheet=stale.present, stale=stale)


@guarded(EXPERT, "GET", "POST")
def review_submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet once more for confirmation, then submit; what is missing is said on the sheet."""
    assignment = own(request, uid)
    if not may_read(assignment) or assignment.is_done:
        return redirect("review", uid=uid)
    form = sheet_form(assignment, sheet_of(assignment))
    if form.missing:
        return _scoring(request, assignment, status=422, show_missing=True)
    asked, meant = asked_about(assignment, form.sheet), request.POST.getlist("meant")
    if request.method == "POST" and {one.code for one in asked} <= set(meant):
        submit_score_sheet(assignment=assignment, by=asker(request), meant=meant)
        messages.success(request, _("Your score sheet is submitted. Thank you."))
        return redirect("review", uid=uid)
    unanswered = request.method == "POST"
    context = {"assignment": assignment, "form": form, "asked": asked, "meant": meant, "unanswered": unanswered}
    return render(request, "experts/submit.html", context, status=422 if unanswered else 200)
