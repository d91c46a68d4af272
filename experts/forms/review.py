"""What experts send: answers of the sheet, a declaration, an answer to an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from experts.actions.sheet import Answers
from experts.enums import ConflictKind
from experts.statement import STATEMENT

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
    """The statement of impartiality and confidentiality, asked for once in a round."""

    statement = forms.BooleanField(label=STATEMENT)

    def __init__(self, *args: Any, signed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed:
            del self.fields["statement"]


class DeclineForm(forms.Form):
    """Why the expert cannot review."""

    note = forms.CharField(
        label=_("Why you cannot review"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    suggestion = forms.CharField(
        label=_("Somebody better suited"),
        max_length=200,
        required=False,
        help_text=_("Name and organisation, if you know somebody. Only the programme officer reads it."),
    )


class ConflictForm(forms.Form):
    """A declaration of a conflict of interest."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ConflictKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Details"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
