"""One's own profile, the people one sees, and the record of a person."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.accounts import set_account_active
from directory.actions.people import SENSITIVE, create_person, edit_person, look_at_sensitive
from directory.enums import MembershipState, Role
from directory.faults import show
from directory.forms.person import AccountForm, PersonFilter, ProfileForm
from directory.models import Membership, Person, User
from directory.policies import PERSON, SYSTEM_ADMIN
from directory.queries.masks import masked
from directory.queries.standing import standing
from directory.rules import may_look
from directory.views.asker import asker
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 30


@guarded(SIGNED_IN, "GET", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    """One's own data: created at the first visit, edited after."""
    user = asker(request)
    person = getattr(user, "person", None)
    form = ProfileForm(
        request.POST or None, instance=Person(pk=None) if person is None else Person.objects.get(pk=person.pk)
    )
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            if person is None:
                create_person(user=user, facts=form.facts())
            else:
                edit_person(person=person, facts=form.facts(), by=user)
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("profile")
    mine = Membership.objects.filter(person=person).select_related("organisation") if person else []
    context = {
        "form": form,
        "person": person,
        "mine": mine,
        "masked": masked(person) if person else {},
        "may_look": True,
        "reasons": reasons,
    }
    return render(request, "directory/profile.html", context)


@guarded(PERSON)
def person_list(request: HttpRequest) -> HttpResponse:
    """The people one sees, with their organisations; filters in the address."""
    filters = PersonFilter(request.GET)
    active = Membership.objects.filter(state=MembershipState.ACTIVE).select_related("organisation")
    rows = filters.apply(Person.objects.visible_to(request.user)).order_by("name", "pk")
    rows = rows.select_related("user").prefetch_related(Prefetch("memberships", active, to_attr="present"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/people.html", {"filters": filters, "page": page})


@guarded(PERSON)
def person_record(request: HttpRequest, uid: str) -> HttpResponse:
    """The record of a person: data with sensitive fields masked, memberships, roles."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("user"), uid=uid)
    context = {
        "person": person,
        "masked": masked(person),
        "memberships": Membership.objects.filter(person=person).select_related("organisation"),
        "grants": person.role_grants.select_related("organisation", "granted_by__person").order_by("-valid_from", "pk"),
        "may_look": may_look(person, request.user),
        "account": person.user if standing(request.user).has(Role.SYSTEM_ADMIN) else None,
        "now": timezone.now(),
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


@guarded(SYSTEM_ADMIN, "GET", "POST")
def account(request: HttpRequest, uid: str) -> HttpResponse:
    """Close or reopen the account of a person: GET says what follows, POST does it."""
    user = get_object_or_404(User.objects.select_related("person"), person__uid=uid)
    form = AccountForm(request.POST or None, closing=user.is_active, initial={"active": "" if user.is_active else "1"})
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            set_account_active(user=user, by=asker(request), **form.cleaned_data)
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect(user.person)
    context = {"person": user.person, "account": user, "form": form, "reasons": reasons}
    return render(request, "directory/account.html", context, status=409 if reasons else 200)
