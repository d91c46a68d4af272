"""Objections: filed and asked after by the public, decided by integrity officers."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.policies import INTEGRITY_OFFICER, role_policy
from directory.queries.standing import standing
from projects.actions.objection import Objector, file_objection, look_at_objector
from projects.enums import ProposalState
from projects.forms.way import CodeForm, ObjectionForm
from projects.models import Objection, Proposal, PublicNotice
from workflows.actors import asker
from workflows.errors import Refused
from workflows.policies import PUBLIC, guarded

OBJECTIONS = role_policy(Role.INTEGRITY_OFFICER, Role.AUDITOR)
MOST_PER_HOUR = 10


def _too_many(request: HttpRequest, what: str) -> bool:
    """Whether this address has asked more often than MOST_PER_HOUR in the present hour."""
    key = f"{what}:{request.META.get('REMOTE_ADDR', '')}:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > MOST_PER_HOUR


@guarded(PUBLIC, "GET", "POST")
def object_to(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The public form; a query code is given when the objection was received."""
    notice = get_object_or_404(PublicNotice.objects.public().select_related("funding_list"), uid=uid)
    items = Proposal.objects.filter(
        funding_items__funding_list=notice.funding_list,
        funding_items__funded=True,
        state__in=[ProposalState.ON_NOTICE, ProposalState.ON_HOLD],
    ).order_by("number")
    form = ObjectionForm(request.POST or None, proposals=items, initial={"item": request.GET.get("item")})
    if request.method == "POST" and _too_many(request, "object"):
        form.add_error(None, _("Too many objections came from your address. Try again in an hour."))
    elif request.method == "POST" and form.is_valid():
        received = _file(notice, form)
        if received is not None:
            return render(
                request, "projects/decision/objection_received.html", {"objection": received, "notice": notice}
            )
    over = notice.closes_at is not None and notice.closes_at <= timezone.now()
    context = {"notice": notice, "form": form, "over": over}
    return render(request, "projects/decision/object.html", context)


def _file(notice: PublicNotice, form: ObjectionForm) -> Objection | None:
    typed = form.cleaned_data
    objector = Objector(typed["name"], typed["contact"], typed["organisation_name"], typed["stamped"])
    try:
        return file_objection(
            notice=notice, proposal=typed["item"], objector=objector, text=typed["text"], evidence=typed["evidence"]
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, f"{reason.text} {reason.mend}")
    return None


@guarded(PUBLIC, "GET", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """State and answer of an objection by its query code, and nothing else of it."""
    form = CodeForm(request.POST or None)
    found = None
    if request.method == "POST" and _too_many(request, "ask"):
        form.add_error(None, _("Too many questions came from your address. Try again in an hour."))
    elif request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        found = Objection.objects.filter(query_code=code).first()
        if found is None:
            form.add_error("code", _("There is no objection with this code."))
    return render(request, "projects/decision/objection_state.html", {"form": form, "objection": found})


@guarded(OBJECTIONS)
def objections(request: HttpRequest) -> HttpResponse:
    """All objections, those that wait first."""
    found = Objection.objects.visible_to(request.user).select_related("proposal", "notice")
    rows = sorted(found.order_by("-received_at")[:300], key=lambda one: one.state != "received")
    return render(request, "projects/decision/objections.html", {"objections": rows})


@guarded(OBJECTIONS)
def objection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One objection without its objector."""
    context = {"objection": _objection(request, uid), "may_look": standing(request.user).has(Role.INTEGRITY_OFFICER)}
    return render(request, "projects/decision/objection.html", context)


@guarded(INTEGRITY_OFFICER, "POST")
def objector(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One objection with its objector; this look is journaled."""
    found = _objection(request, uid)
    who = look_at_objector(objection=found, by=asker(request))
    return render(request, "projects/decision/objection.html", {"objection": found, "objector": who})


def _objection(request: HttpRequest, uid: UUID) -> Objection:
    rows = Objection.objects.visible_to(request.user).select_related("proposal__organisation", "notice")
    found: Objection = get_object_or_404(rows, uid=uid)
    return found
