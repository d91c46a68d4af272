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
from django.utils.translation import gettext_lazy as _

from workflows.errors import Reason
from workflows.policies import PUBLIC, guarded


class SampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(label=_("Title"), max_length=60, help_text=_("At most 30 characters, no names."))
    goal = forms.CharField(label=_("Goal"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("project", _("project")), ("lab", _("key laboratory"))])
    grade = forms.ChoiceField(
        label=_("Recommendation"),
        choices=[("a", "A"), ("b", "B"), ("c", "C")],
        widget=forms.RadioSelect(attrs={"class": "seg"}),
    )
    areas = forms.MultipleChoiceField(
        label=_("Focus areas"),
        choices=[("re", _("rare earths")), ("h2", _("hydrogen"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(label=_("End of the project"), required=False)
    deadline = forms.DateTimeField(label=_("Filing deadline"), required=False)
    amount = forms.DecimalField(label=_("Amount (10,000 yuan)"), max_digits=10, decimal_places=2, required=False)
    paper = forms.FileField(label=_("Attachment"), required=False, help_text=_("PDF, at most 50 MB."))
    agree = forms.BooleanField(label=_("The particulars are true"))


@guarded(PUBLIC, "GET")
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; 404 outside of demo mode."""
    if not settings.DEMO:
        raise Http404
    return render(request, "portal/styleguide.html", _samples())


def _samples() -> dict[str, Any]:
    now = timezone.now()
    faulty = SampleForm({"title": "", "goal": "x" * 12, "grade": "z"}, auto_id="bad_%s")
    return {
        "form": SampleForm(initial={"title": "高丰度铈磁体"}),
        "faulty": faulty,
        "now": now,
        "dates": [now - dt.timedelta(days=2), now + dt.timedelta(minutes=1), now + dt.timedelta(days=1)],
        "yuan": Decimal(12_800_000),
        "tones": [
            ("", _("draft")),
            ("go", _("in review")),
            ("ok", _("done")),
            ("warn", _("look")),
            ("no", _("refused")),
        ],
        "page": Paginator(range(2041), 50).page(7),
        "values": [4, 6, 5, 9, 12, 11, 14],
        "labels": [f"2026-{month:02}" for month in range(5, 12)],
        "reasons": [Reason("sample", _("Two findings are not confirmed."), _("Confirm or overrule each of them."))],
        "colours": ["ink", "sky", "grass", "ochre", "cinnabar", "paper", "felt", "sunk"],
    }
