"""The room of a panel meeting: what everybody sees, live; what the chair and the members do; papers and minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from experts.actions import meeting_room as steps
from experts.enums import MeetingState, VoteValue
from experts.forms.meeting import LeaveForm
from experts.minutes import minutes_for
from experts.minutes_pdf import minutes_pdf
from experts.models import Meeting, MeetingItem, MeetingMember
from experts.queries.meeting import member_of
from experts.queries.panel_room import papers, room
from experts.views.meeting import PANEL, meeting_seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.policies import guarded

NOTHING_NEW = 204


@guarded(PANEL)
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The room: the present item, the agenda along the ranking, who left what, votes and decisions."""
    return _page(request, uid)


def _page(request: HttpRequest, uid: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    found = meeting_seen(request, uid)
    context = {"meeting": found, "room": room(found, request.user), "votes": VoteValue.choices, "leave": LeaveForm()}
    return render(request, "experts/meeting.html", {**context, **more}, status=status)


@guarded(PANEL)
def meeting_live(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The room without its frame for a screen that is behind; 204 for one that shows the present state already."""
    found = meeting_seen(request, uid)
    if request.GET.get("seen") == str(found.tick):
        return HttpResponse(status=NOTHING_NEW)
    context = {"meeting": found, "room": room(found, request.user), "votes": VoteValue.choices, "leave": LeaveForm()}
    return render(request, "experts/meeting_room.html", {**context, "told": True})


@guarded(PANEL, "POST")
def meeting_act(request: HttpRequest, uid: UUID, pk: int, name: str) -> HttpResponse:
    """Do one thing at an item; what is refused is said in the room, and what was typed stays."""
    found = meeting_seen(request, uid)
    item = get_object_or_404(
        MeetingItem.objects.filter(meeting=found).select_related("meeting__round", "dossier"), pk=pk
    )
    act = ACTS.get(name)
    if act is None:
        raise Http404
    try:
        act(item, request)
    except NotAllowed:
        raise
    except Refused as refused:
        more = {"reasons": refused.reasons, "typed": request.POST, "failed": (item.pk, name)}
        return _page(request, uid, status=409, **more)
    return redirect(f"{found.get_absolute_url()}#present")


def _item(found: Meeting, pk: int) -> MeetingItem:
    rows = MeetingItem.objects.filter(meeting=found).select_related("meeting__round", "dossier")
    item: MeetingItem = get_object_or_404(rows, pk=pk)
    return item


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


ACTS: dict[str, Any] = {
    "step": lambda item, request: steps.step_to_item(item=item, by=asker(request)),
    "vote": lambda item, request: steps.open_vote(item=item, by=asker(request)),
    "cast": lambda item, request: steps.cast_vote(item=item, value=request.POST.get("value", ""), by=asker(request)),
    "count": lambda item, request: steps.close_vote(item=item, by=asker(request)),
    "decide": lambda item, request: steps.decide_item(item=item, reason=_reason(request), by=asker(request)),
    "skip": lambda item, request: steps.skip_item(item=item, reason=_reason(request), by=asker(request)),
    "leave": lambda item, request: steps.declare_leave(
        item=item, kind=request.POST.get("kind", ""), note=request.POST.get("note", ""), by=asker(request)
    ),
}


@guarded(PANEL)
def meeting_papers(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """The dossier of an item, for the members who did not leave it, while the meeting is held."""
    found = meeting_seen(request, uid)
    item = get_object_or_404(
        MeetingItem.objects.filter(meeting=found).select_related("meeting__round", "dossier"), pk=pk
    )
    if member_of(found, request.user) is None:
        raise Http404
    read = papers(item, request.user)
    context = {"meeting": found, "item": item, "seat": read.seat, "form": read.form}
    context |= {"sections": read.sections, "files": read.files}
    return render(request, "experts/meeting_papers.html", context)


@guarded(PANEL)
def meeting_minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes, on paper too: a draft until the chair confirms them."""
    found, member = _closed(request, uid)
    context = {
        "meeting": found,
        "minutes": minutes_for(found, member),
        "may_confirm": found.state == MeetingState.CLOSED and member is not None and member.is_chair,
    }
    return render(request, "experts/meeting_minutes.html", context)


@guarded(PANEL)
def meeting_minutes_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same as a PDF to sign."""
    found, member = _closed(request, uid)
    answer = HttpResponse(minutes_pdf(minutes_for(found, member)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="minutes-{found.uid}.pdf"'
    return answer


def _closed(request: HttpRequest, uid: UUID) -> tuple[Meeting, MeetingMember | None]:
    """A meeting that has minutes, and the asker's seat in it."""
    found = meeting_seen(request, uid)
    if found.state not in (MeetingState.CLOSED, MeetingState.CONFIRMED):
        raise Refused(Reason("no_minutes", _("The minutes are written when the meeting is closed.")))
    return found, member_of(found, request.user)
