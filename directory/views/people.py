"""One's own profile, and the record of a person for those who may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.actions.people import SENSITIVE, create_person, edit_person, look_at_sensitive
from directory.forms.person import ProfileForm
from directory.models import Membership, Person
from directory.policies import PERSON
from directory.queries.masks import masked
from directory.views.asker import asker
from workflows.errors import Refused
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN, "GET", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    """One's own data: created at the first visit, edited after."""
    user = asker(request)
    person = getattr(user, "person", None)
    form = ProfileForm(
        request.POST or None, instance=Person(pk=None) if person is None else Person.objects.get(pk=person.pk)
    )
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            if person is None:
                create_person(user=user, facts=form.facts())
            else:
                edit_person(person=person, facts=form.facts(), by=user)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("Saved."))
            return redirect("profile")
    mine = Membership.objects.filter(person=person).select_related("organisation") if person else []
    context = {
        "form": form,
        "person": person,
        "mine": mine,
        "masked": masked(person) if person else {},
        "reasons": reasons,
    }
    return render(request, "directory/profile.html", context)


@guarded(PERSON)
def person_record(request: HttpRequest, uid: str) -> HttpResponse:
    """The record of a person: data with sensitive fields masked, memberships, roles."""
    person = get_object_or_404(Person.objects.visible_to(request.user), uid=uid)
    context = {
        "person": person,
        "masked": masked(person),
        "memberships": Membership.objects.filter(person=person).select_related("organisation"),
        "grants": person.role_grants.select_related("organisation"),
    }
    return render(request, "directory/person.html", context)


@guarded(PERSON, "POST")
def sensitive(request: HttpRequest, uid: str) -> HttpResponse:
    """Show one sensitive field; the look is journaled."""
    person = get_object_or_404(Person.objects.visible_to(request.user), uid=uid)
    field = request.POST.get("field", "")
    if field not in SENSITIVE:
        raise Http404
    value = look_at_sensitive(person=person, field=field, by=asker(request))
    return render(request, "directory/sensitive.html", {"person": person, "field": field, "value": value})
