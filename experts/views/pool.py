"""The expert pool: applying, the own profile, the officer's list and decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Person
from directory.policies import PERSON, PROGRAMME_OFFICER, READER
from experts.actions import pool as actions
from experts.actions.kinds import decide_kinds
from experts.enums import IN_THE_POOL, ExpertKind
from experts.exports_pool import file_name, pool_workbook
from experts.forms.officer import StepForm, SuspendForm
from experts.forms.pool import KindsForm, ProfileForm
from experts.forms.search import PoolSearch
from experts.models import ExpertProfile
from experts.queries.pool import OWN_UNITS, counts, lines
from experts.queries.record import record_of
from experts.rules import is_officer, is_other_officer
from experts.views.listing import XLSX
from experts.views.officer import PAGE, take_step
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.policies import guarded

POOL_STEPS: dict[str, Any] = {
    "admit": actions.admit_expert,
    "send_back": actions.send_back_expert,
    "enrol": actions.enrol_expert,
    "suspend": actions.suspend_expert,
    "readmit": actions.readmit_expert,
}


@guarded(PERSON, "GET", "POST")
def pool_apply(request: HttpRequest) -> HttpResponse:
    """Apply to the pool, or keep the own profile."""
    user, posted = asker(request), request.method == "POST"
    own = ExpertProfile.objects.filter(person__user=user).first()
    form = ProfileForm(request.POST if posted else None, expert=own)
    if posted and form.is_valid():
        kept = actions.apply_to_pool(person=Person.objects.get(user=user), profile=form.profile(), by=user)
        messages.success(request, _kept(kept))
        return redirect("expert_apply")
    asked = [ExpertKind(kind).label for kind in own.kinds_asked] if own else []
    context = {"form": form, "expert": own, "asked": asked}
    return render(request, "experts/apply.html", context, status=422 if posted else 200)


def _kept(profile: ExpertProfile) -> str:
    if profile.state not in IN_THE_POOL:
        return _("Your profile is kept. A programme officer decides on admission.")
    if profile.kinds_asked:
        return _("Your profile is kept. The kinds you added count once a programme officer has confirmed them.")
    return _("Your profile is kept.")


@guarded(READER)
def experts(request: HttpRequest) -> HttpResponse:
    """The pool with filters that live in the address; candidates of published lists when they are asked for."""
    search = PoolSearch(request.GET)
    rows = search.rows(request.user).select_related("person").prefetch_related(OWN_UNITS)
    page = Paginator(rows.order_by("person__name", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines(page.object_list),
        "search": search,
        "counts": counts(search.anywhere(request.user)),
        "may_list": is_officer(None, request.user),
    }
    return render(request, "experts/experts.html", context)


@guarded(READER)
def experts_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet, under the same filters."""
    rows = PoolSearch(request.GET).rows(request.user).select_related("person").prefetch_related(OWN_UNITS)
    response = HttpResponse(pool_workbook(lines(rows.order_by("person__name", "pk"))), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name()}"'
    return response


@guarded(READER)
def expert(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One profile with everything that the department knows of it."""
    return _record(request, _seen(request, uid))


@guarded(PROGRAMME_OFFICER, "POST")
def expert_kinds(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm the kinds that an expert added, or not."""
    found, form = _seen(request, uid), KindsForm(request.POST)
    reasons: tuple[Reason, ...] = ()
    if form.is_valid():
        given, confirm = form.cleaned_data, "confirm" in request.POST
        seen = given["seen"].split(",") if given["seen"] else []
        try:
            decide_kinds(expert=found, confirm=confirm, seen=seen, note=given["note"], by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("The expert is told."))
            return redirect("expert", uid=uid)
    return _record(request, found, form, reasons)


def _seen(request: HttpRequest, uid: UUID) -> ExpertProfile:
    rows = ExpertProfile.objects.visible_to(request.user).select_related("person", "recommended_by")
    found: ExpertProfile = get_object_or_404(rows.prefetch_related("focus_areas", OWN_UNITS), uid=uid)
    return found


def _record(
    request: HttpRequest, found: ExpertProfile, form: KindsForm | None = None, reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    context = {
        "expert": found,
        "known": record_of(found),
        "form": form or KindsForm(initial={"seen": ",".join(found.kinds_asked)}),
        "reasons": reasons,
        "may_decide": is_other_officer(found, request.user),
    }
    return render(request, "experts/expert.html", context, status=422 if form else 200)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def expert_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Admit, return, suspend, lift a suspension."""
    found = _seen(request, uid)
    back = reverse("expert", args=[uid])
    form = SuspendForm if name == "suspend" else StepForm
    return take_step(request, found, name, steps=POOL_STEPS, subject="expert", back=back, form_class=form)
