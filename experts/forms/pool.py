"""The profile of an expert."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import FocusArea
from experts import disciplines
from experts.actions.pool import Expertise, Profile
from experts.enums import ExpertKind
from experts.forms.background import read_titles
from experts.models import ExpertProfile

MOST_KEYWORDS = 20
# How many disciplines are asked for (somebody with more of them keeps all), and the digits of their codes.
DISCIPLINES, FIRST_LEVEL = 3, 3


class ProfileForm(forms.Form):
    """What a person says of the own expertise. Somebody new may write past titles too; later they have their own page.

    Disciplines are chosen one by one, the main one first: `discipline_code_0` and on.
    """

    kinds = forms.MultipleChoiceField(
        label=_("What you can judge"), choices=ExpertKind.choices, widget=forms.CheckboxSelectMultiple
    )
    discipline = forms.CharField(label=_("Field of work"), max_length=80)
    focus_areas = forms.ModelMultipleChoiceField(
        label=_("Focus areas"),
        queryset=FocusArea.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keywords = forms.CharField(
        label=_("Keywords"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Three to ten phrases, parted by commas or lines; dossiers are matched by them."),
    )
    expertise = forms.CharField(
        label=_("Past projects, papers, patents"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One title a line, the year at the end: Title, 2024"),
    )
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    max_load = forms.IntegerField(label=_("Reviews at one time, at most"), min_value=1, max_value=100, initial=10)
    max_in_year = forms.IntegerField(
        label=_("Reviews in one year, at most"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Leave it empty for no limit of your own; the department's holds anyway."),
    )

    def __init__(self, data: Any = None, *, expert: ExpertProfile | None = None) -> None:
        super().__init__(data, initial=initial_of(expert))
        if expert is not None:
            del self.fields["expertise"]
        codes = list(expert.discipline_codes) if expert else []
        choices = [("", "–"), *disciplines.first_level()]
        choices += [(code, disciplines.label(code)) for code in codes if len(code) > FIRST_LEVEL]
        self.code_names = [f"discipline_code_{place}" for place in range(max(DISCIPLINES, len(codes)))]
        for place, name in enumerate(self.code_names):
            label = _("Discipline %(number)d (GB/T 13745)") % {"number": place + 1}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=not place)
        self.order_fields(["kinds", "discipline", *self.code_names])

    def clean_keywords(self) -> list[str]:
        """The phrases, each once."""
        parts = re.split(r"[,,;;、\n]+", self.cleaned_data["keywords"])
        return list(dict.fromkeys(part.strip()[:40] for part in parts if part.strip()))[:MOST_KEYWORDS]

    def clean_expertise(self) -> list[tuple[str, int | None]]:
        """The titles with their years."""
        return read_titles(self.cleaned_data["expertise"])

    def profile(self) -> Profile:
        """The valid form as the action takes it."""
        given = self.cleaned_data
        titles = given.get("expertise")
        return Profile(
            kinds=given["kinds"],
            discipline=given["discipline"],
            keywords=given["keywords"],
            focus_areas=list(given["focus_areas"]),
            introduction=given["introduction"],
            max_load=given["max_load"],
            max_in_year=given["max_in_year"],
            discipline_codes=list(dict.fromkeys(given[name] for name in self.code_names if given[name])),
            expertise=None if titles is None else [Expertise(title, year) for title, year in titles],
        )


class KindsForm(forms.Form):
    """What an officer says to kinds that an expert added."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when they are not confirmed; the expert reads it."),
    )


def initial_of(expert: ExpertProfile | None) -> dict[str, Any]:
    """What the form shows of a profile; nothing for somebody new."""
    if expert is None:
        return {}
    codes = {f"discipline_code_{place}": code for place, code in enumerate(expert.discipline_codes)}
    return {
        "kinds": [*expert.kinds, *expert.kinds_asked],
        "discipline": expert.discipline,
        "focus_areas": list(expert.focus_areas.all()),
        "keywords": "\n".join(expert.keywords),
        "introduction": expert.introduction,
        "max_load": expert.max_load,
        "max_in_year": expert.max_in_year,
        **codes,
    }
