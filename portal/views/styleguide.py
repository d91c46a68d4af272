"""The style guide: every part of the look with its states, in demo mode."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.records import Event, Offer, Step
from workflows.errors import Reason
from workflows.inbox import Waiting
from workflows.machine import State, Transition
from workflows.policies import PUBLIC, guarded
from workflows.queries.choices import Choice

DAY = dt.timedelta(days=1)


class SampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(label=_("Title"), max_length=30, help_text=_("At most 30 characters, no names."))
    goal = forms.CharField(label=_("Goal"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("project", pgettext_lazy("sample", "project")), ("lab", pgettext_lazy("sample", "key laboratory"))],
    )
    grade = forms.ChoiceField(
        label=_("Recommendation"),
        choices=[("a", _("A, first")), ("b", _("B, can be funded")), ("c", _("C, in reserve"))],
        widget=forms.RadioSelect(attrs={"class": "seg"}),
    )
    role = forms.ChoiceField(
        label=_("Your part in it"),
        choices=[("lead", _("principal investigator")), ("member", _("member of the team"))],
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label=_("Focus areas"),
        choices=[("re", pgettext_lazy("sample", "rare earths")), ("h2", pgettext_lazy("sample", "hydrogen"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(label=_("End of the project"), required=False)
    deadline = forms.DateTimeField(label=_("Filing deadline"), required=False)
    amount = forms.DecimalField(label=_("Amount (10,000 yuan)"), max_digits=10, decimal_places=2, required=False)
    paper = forms.FileField(label=_("Attachment"), required=False, help_text=_("PDF, at most 50 MB."))
    agree = forms.BooleanField(label=_("The particulars are true"))


@guarded(PUBLIC)
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; 404 outside of demo mode."""
    if not settings.DEMO:
        raise Http404
    now = timezone.now()
    return render(request, "portal/styleguide.html", _samples(now) | _record_samples(now) | _forms())


def _forms() -> dict[str, Any]:
    return {
        "form": SampleForm(
            initial={"title": gettext("Low-cost magnets of high-abundance rare earths")}, auto_id="id_%s"
        ),
        "faulty": SampleForm({"goal": "…", "grade": "z"}, auto_id="bad_%s"),
    }


def _samples(now: dt.datetime) -> dict[str, Any]:
    return {
        "now": now,
        "yuan": Decimal(12_800_000),
        "count": 17926,
        "tones": [
            ("", pgettext("sample", "draft")),
            ("go", pgettext("sample", "in review")),
            ("ok", pgettext("sample", "done")),
            ("warn", pgettext("sample", "to be confirmed")),
            ("no", pgettext("sample", "refused")),
        ],
        "waiting": [
            Waiting(
                gettext("Budget change: leaching of tailings"),
                gettext("across organisations"),
                "#",
                now - DAY,
                pgettext("sample", "late"),
                "no",
            ),
            Waiting(
                gettext("Eligibility check: dairy programme"),
                gettext("23 are left"),
                "#",
                now + DAY,
                pgettext("sample", "check"),
                "go",
            ),
            Waiting(
                gettext("Draw of experts: energy storage"),
                gettext("2 seats are empty"),
                "#",
                now + 5 * DAY,
                pgettext("sample", "seats"),
                "warn",
            ),
        ],
        "page": Paginator(range(2041), 50).page(7),
        "values": [4, 6, 5, 9, 12, 11, 14],
        "labels": [f"2026-{month:02}" for month in range(5, 12)],
        "colours": ["ink", "ink-2", "ink-3", "sky", "grass", "ochre", "cinnabar", "felt", "paper", "sunk"],
    }


def _record_samples(now: dt.datetime) -> dict[str, Any]:
    checking = State(
        "checking",
        pgettext("sample", "Eligibility check"),
        pgettext("sample", "in review"),
        "go",
        gettext("the programme officer"),
    )
    refused = Reason("sample", gettext("Two findings are not confirmed."), gettext("Confirm or overrule each of them."))
    return {
        "steps": [
            Step(pgettext("sample", "Submitted"), "done", now - 5 * DAY),
            Step(pgettext("sample", "Endorsed"), "done", now - 4 * DAY),
            Step(checking.label, "current", now - DAY),
            Step(pgettext("sample", "Expert review"), "ahead", None),
            Step(pgettext("sample", "Public notice"), "ahead", None),
        ],
        "stopped": [
            Step(pgettext("sample", "Submitted"), "done", now - 5 * DAY),
            Step(pgettext("sample", "Returned for correction"), "stopped", now - DAY),
            Step(pgettext("sample", "Expert review"), "ahead", None),
        ],
        "offers": [
            Offer(Choice(_transition(gettext("Pass the check")), [refused]), "#", main=False),
            Offer(
                Choice(_transition(pgettext("sample", "Return for correction"), note="required"), []),
                "#",
                main=True,
            ),
            Offer(Choice(_transition(pgettext("sample", "Refuse"), grave=True), []), "#", main=False),
        ],
        "state": checking,
        "events": [
            Event(
                now - DAY,
                gettext("Baotou bureau"),
                pgettext("sample", "recommended"),
                checking,
                checking.label,
                "",
                48213,
            ),
            Event(
                now - 4 * DAY,
                "",
                pgettext("sample", "endorsed"),
                checking,
                checking.label,
                gettext("Complete and well founded."),
                48102,
            ),
        ],
        "record": {"created_at": now - 30 * DAY},
    }


def _transition(label: Any, **more: Any) -> Transition:
    return Transition("sample", (), "", label, lambda _obj, _actor: True, **more)
