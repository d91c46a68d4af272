"""The expert pool: applying, the own profile, the officer's list and decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import MembershipState
from directory.models import FocusArea, Membership, Person
from directory.policies import PERSON, PROGRAMME_OFFICER, READER
from experts.actions import pool as actions
from experts.enums import ExpertKind, ExpertState
from experts.forms.officer import StepForm, SuspendForm
from experts.forms.pool import ProfileForm, initial_of
from experts.models import ExpertProfile
from experts.queries.lists import with_load
from experts.rules import is_officer
from experts.views.officer import PAGE, take_step
from workflows.actors import asker
from workflows.policies import guarded

# Where an expert works, as `expert.person.memberships.all` in templates.
OWN_UNITS = Prefetch(
    "person__memberships",
    queryset=Membership.objects.filter(state=MembershipState.ACTIVE).select_related("organisation"),
)
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
    user = asker(request)
    own = ExpertProfile.objects.filter(person__user=user).first()
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial_of(own))
    if request.method == "POST" and form.is_valid():
        actions.apply_to_pool(person=Person.objects.get(user=user), profile=form.profile(), by=user)
        messages.success(request, _("Your profile is kept. A programme officer decides on admission."))
        return redirect("expert_apply")
    return render(request, "experts/apply.html", {"form": form, "expert": own})


@guarded(READER)
def experts(request: HttpRequest) -> HttpResponse:
    """The pool with filters that live in the address; candidates of published lists when they are asked for."""
    rows = _filtered(ExpertProfile.objects.visible_to(request.user), request).select_related("person")
    found = Paginator(rows.prefetch_related(OWN_UNITS).order_by("person__name", "pk"), PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": with_load(page.object_list),
        "states": ExpertState.choices,
        "kinds": ExpertKind.choices,
        "areas": FocusArea.objects.all(),
        "asked": request.GET,
        "may_list": is_officer(None, request.user),
    }
    return render(request, "experts/experts.html", context)


def _filtered(rows: Any, request: HttpRequest) -> Any:
    asked = request.GET
    if asked.get("state") in ExpertState.values:
        rows = rows.filter(state=asked["state"])
    else:
        rows = rows.exclude(state=ExpertState.CANDIDATE)
    if asked.get("kind") in ExpertKind.values:
        rows = rows.alias(kinds_text=Cast("kinds", TextField())).filter(kinds_text__contains=f'"{asked["kind"]}"')
    if asked.get("area", "").isdigit():
        rows = rows.filter(focus_areas=asked["area"])
    words = asked.get("q", "").strip()
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(discipline__icontains=words))
    return rows


@guarded(READER)
def expert(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One profile with its reviews."""
    rows = ExpertProfile.objects.visible_to(request.user).select_related("person")
    found = get_object_or_404(rows.prefetch_related("focus_areas", OWN_UNITS), uid=uid)
    labels = dict(ExpertKind.choices)
    context = {
        "expert": found,
        "kinds": [labels[kind] for kind in found.kinds if kind in labels],
        "expertise": found.expertise.all(),
        "assignments": found.assignments.select_related("round", "dossier").defer("dossier__content")[:PAGE],
    }
    return render(request, "experts/expert.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def expert_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Admit, return, suspend, lift a suspension."""
    found = get_object_or_404(ExpertProfile.objects.visible_to(request.user).select_related("person"), uid=uid)
    back = reverse("expert", args=[uid])
    form = SuspendForm if name == "suspend" else StepForm
    return take_step(request, found, name, steps=POOL_STEPS, subject="expert", back=back, form_class=form)
