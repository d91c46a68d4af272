"""Planning panel meetings: those of a round, the form, every step of a meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.policies import PROGRAMME_OFFICER, READER
from directory.queries.standing import holds
from experts.actions import meeting as planning
from experts.actions import meeting_room as steps
from experts.forms.meeting import MeetingForm
from experts.models import Meeting, MeetingMember, ReviewRound
from experts.queries.panel_room import proposed
from experts.rules import is_officer
from experts.views.officer import seen, take_step
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import Policy, guarded

PANEL = Policy("panel", holds(Role.EXPERT, Role.PROGRAMME_OFFICER, Role.DECISION_MAKER, Role.AUDITOR))
STEPS: dict[str, Any] = {
    "open": steps.open_meeting,
    "close": steps.close_meeting,
    "reopen": steps.reopen_meeting,
    "confirm": steps.confirm_minutes,
    "cancel": steps.cancel_meeting,
}


def meeting_seen(request: HttpRequest, uid: UUID) -> Meeting:
    """A meeting the asker may see; 404 for everything else."""
    rows = Meeting.objects.visible_to(request.user).select_related("round", "present")
    found: Meeting = get_object_or_404(rows, uid=uid)
    return found


@guarded(READER, "GET", "POST")
def round_meetings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The meetings of a round; an officer plans another one."""
    found = seen(request, uid)
    may_plan = is_officer(found, request.user)
    if request.method == "POST" and not may_plan:
        raise Http404
    form = MeetingForm(request.POST if request.method == "POST" else None, review_round=found)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = _plan(found, form, asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The meeting is planned; its members are told."))
            return redirect(made)
    rows = found.meetings.prefetch_related("members", "items").order_by("starts_at", "pk")
    context = {"round": found, "form": form, "meetings": rows, "may_plan": may_plan, "reasons": reasons}
    return render(request, "experts/meetings.html", context, status=422 if request.method == "POST" else 200)


def _plan(review_round: ReviewRound, form: MeetingForm, by: Any) -> Meeting:
    with transaction.atomic():
        made = planning.plan_meeting(
            review_round=review_round,
            facts=form.facts(),
            experts=form.everybody(),
            dossiers=_agenda(review_round, form),
            by=by,
        )
        _name_chair(made, form, by)
    return made


def _agenda(review_round: ReviewRound, form: MeetingForm) -> list[Any]:
    given = form.cleaned_data
    if given["agenda"] == "chosen":
        return list(given["dossiers"])
    if given["agenda"] == "all":
        return list(review_round.dossiers.order_by("pk"))
    return proposed(review_round, given["places"])


def _name_chair(meeting: Meeting, form: MeetingForm, by: Any) -> None:
    chair = form.cleaned_data["chair"]
    member = meeting.members.filter(expert=chair).first() if chair else None
    if member is not None and not member.is_chair:
        planning.name_chair(member=member, by=by)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def meeting_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is planned: time, place, members, chair, agenda."""
    found = meeting_seen(request, uid)
    form = MeetingForm(request.POST if request.method == "POST" else None, review_round=found.round, meeting=found)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            _replan(found, form, asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The plan of the meeting is changed."))
            return redirect(found)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Change the plan of the meeting"),
        "cancel_url": reverse("meeting", args=[uid]),
    }
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)


def _replan(meeting: Meeting, form: MeetingForm, by: Any) -> None:
    with transaction.atomic():
        planning.change_meeting(meeting=meeting, facts=form.facts(), by=by)
        wanted = form.everybody()
        for member in meeting.members.exclude(expert__in=wanted):
            planning.remove_member(member=member, by=by)
        for expert in wanted:
            planning.add_member(meeting=meeting, expert=expert, by=by)
        planning.set_agenda(meeting=meeting, dossiers=_agenda(meeting.round, form), by=by)
        _name_chair(meeting, form, by)


@guarded(PANEL, "GET", "POST")
def meeting_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Confirm one step of a meeting and take it."""
    found = meeting_seen(request, uid)
    if found.state == "closed" and name == "confirm" and request.method == "GET" and not request.GET.get("read"):
        return redirect(f"{reverse('meeting_minutes', args=[uid])}#confirm")
    return take_step(request, found, name, steps=STEPS, subject="meeting", back=found.get_absolute_url())


@guarded(PANEL, "POST")
def meeting_attendance(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Record that a member arrived or left."""
    found = meeting_seen(request, uid)
    member = get_object_or_404(MeetingMember.objects.filter(meeting=found), pk=pk)
    try:
        planning.record_attendance(member=member, attends=request.POST.get("attends") == "yes", by=asker(request))
    except NotAllowed:
        raise
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, f"{reason.text} {reason.mend}")
    return redirect(f"{found.get_absolute_url()}#members")
