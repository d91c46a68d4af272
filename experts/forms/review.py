"""What experts send: answers of the sheet, a declaration, an answer to an invitation."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from experts.actions.sheet import Answers
from experts.enums import ConflictKind

PASSES = {"pass": True, "fail": False}


def read_answers(data: QueryDict) -> Answers:
    """The answers in what the page sent; what is no question of the scheme is dropped by the action."""
    scores = {name.removeprefix("score_"): str(data[name]) for name in data if name.startswith("score_")}
    vetoes = {name.removeprefix("veto_"): str(data[name]) for name in data if name.startswith("veto_")}
    passes = {name: PASSES[value] for name, value in vetoes.items() if value in PASSES}
    return Answers(scores, passes, data.get("recommendation", ""), data.get("opinion", ""))


def read_version(data: QueryDict) -> int:
    """The version of the sheet that the page was made from; 0 when it is missing or no number."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0


class AcceptForm(forms.Form):
    """The statement of impartiality and confidentiality."""

    statement = forms.BooleanField(
        label=_(
            "I review impartially, keep everything confidential, use it for this review only "
            "and give it to no person and no tool."
        ),
    )


class DeclineForm(forms.Form):
    """Why the expert cannot review."""

    note = forms.CharField(
        label=_("Why you cannot review"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You may name somebody better suited."),
    )


class ConflictForm(forms.Form):
    """A declaration of a conflict of interest."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ConflictKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Details"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
