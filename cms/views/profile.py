"""The names and numbers of the site on the workbench: what is live, what waits for approval, what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.actions.profile import propose_profile
from cms.enums import ProfileState
from cms.forms.profile import ProfileForm
from cms.models import ProfileChange, SiteProfile
from cms.models.profile import FACTS
from cms.policies import SITE_EDITOR, SITE_READER
from cms.queries.profile import facts
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.policies import guarded

CHANGES_SHOWN = 20


@guarded(SITE_READER)
def site_profile(request: HttpRequest) -> HttpResponse:
    """What is live, the change that waits and the changes decided."""
    profile = SiteProfile.for_request(request)
    changes = ProfileChange.objects.visible_to(request.user).filter(profile=profile)
    waiting = changes.filter(state=ProfileState.PROPOSED).select_related("proposed_by__person").first()
    decided = changes.exclude(state=ProfileState.PROPOSED).select_related("proposed_by__person", "approved_by__person")
    rows = facts(profile, waiting)
    context = {
        "facts": rows,
        "waiting": waiting,
        "decided": decided[:CHANGES_SHOWN],
        "foreign": [row for row in rows if not row.as_sealed],
        "may_propose": SITE_EDITOR.allows(request.user) and waiting is None,
    }
    return render(request, "cms/bench/profile.html", context)


@guarded(SITE_EDITOR, "GET", "POST")
def site_profile_edit(request: HttpRequest) -> HttpResponse:
    """Propose other names and numbers; what is refused keeps what was typed (409)."""
    profile = SiteProfile.for_request(request)
    form = ProfileForm(request.POST or None, initial=model_to_dict(profile, FACTS))
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            change = {"facts": form.facts(), "reason": form.cleaned_data["reason"]}
            propose_profile(profile=profile, by=asker(request), **change)
        except NotAllowed:
            raise
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed: it goes live once a second person has approved."))
            return redirect("site_profile")
    context = {
        "form": form,
        "heading": _("Change the names and numbers of the site"),
        "lead": _("They stand in the foot and the meta tags of every page. A second person approves them."),
        "reasons": reasons,
        "submit_label": _("Propose the change"),
        "cancel_url": reverse("site_profile"),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)
