"""What an expert writes down: past titles, where they worked and studied, papers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from experts.actions.background import PAPERS
from experts.actions.pool import Expertise
from experts.enums import StationKind, WorkKind

YEAR = re.compile(r"^(?P<title>.+?)[\s,;，；、(（]+(?P<year>(?:19|20)\d{2})[)）]?$")
LONGEST_TITLE, MOST_LINES = 300, 50


def read_titles(text: str) -> list[tuple[str, int | None]]:
    """The titles of a text, one a line, with the year that stands at the end of each.

    Raises forms.ValidationError that names the line: too long, or too many of them.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_now("At most %(most)d lines at once.") % {"most": MOST_LINES})
    for number, line in lines:
        if len(line) > LONGEST_TITLE:
            text = _now("Line %(number)d is longer than %(most)d characters. Shorten it.")
            raise forms.ValidationError(text % {"number": number, "most": LONGEST_TITLE})
    return [_title(line) for _number, line in lines]


def _title(line: str) -> tuple[str, int | None]:
    found = YEAR.match(line)
    return (found["title"], int(found["year"])) if found else (line, None)


class WorksForm(forms.Form):
    """Titles of one kind, one a line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WorkKind.choices)
    titles = forms.CharField(
        label=_("Titles"),
        max_length=15_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One title a line, the year at the end: Title, 2024"),
    )
    source = forms.CharField(
        label=_("Programme, journal or number"), max_length=80, required=False, help_text=_("The same for all lines.")
    )

    def clean_titles(self) -> list[tuple[str, int | None]]:
        """The titles with their years."""
        return read_titles(self.cleaned_data["titles"])

    def items(self) -> list[Expertise]:
        """The valid form as the action takes it."""
        given = self.cleaned_data
        return [Expertise(title, year, given["source"], given["kind"]) for title, year in given["titles"]]


class StationForm(forms.Form):
    """One employment or course of study."""

    kind = forms.ChoiceField(label=_("What it was"), choices=StationKind.choices)
    name = forms.CharField(
        label=_("Organisation"), max_length=120, help_text=_("Its full name, for companies as on the licence.")
    )
    role = forms.CharField(label=_("Position or degree"), max_length=80, required=False)
    since = forms.DateField(label=_("From (day)"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Until (day)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty while it goes on."),
    )

    def clean_name(self) -> str:
        """Without blanks at the ends."""
        return str(self.cleaned_data["name"].strip())

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The last day lies before the first. Correct one of the two."))
        return given


class DocumentForm(forms.Form):
    """A paper: diploma, certificate, letter of appointment."""

    file = forms.FileField(
        label=pgettext_lazy("expert", "Paper"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in PAPERS)}),
        help_text=_("PDF or picture: diploma, certificate of the title, letter of appointment."),
    )
