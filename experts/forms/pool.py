"""The profile of an expert."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import FocusArea
from experts.actions.pool import Expertise, Profile
from experts.enums import ExpertKind
from experts.models import ExpertProfile

YEAR = re.compile(r"^(?P<title>.+?)[\s,;,;、(（]+(?P<year>(?:19|20)\d{2})[)）]?$")
MOST_KEYWORDS = 20


class ProfileForm(forms.Form):
    """What a person says of the own expertise; lists are typed one a line."""

    kinds = forms.MultipleChoiceField(
        label=_("What you can judge"), choices=ExpertKind.choices, widget=forms.CheckboxSelectMultiple
    )
    discipline = forms.CharField(label=_("Discipline"), max_length=80)
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

    def clean_keywords(self) -> list[str]:
        """The phrases, each once."""
        parts = re.split(r"[,,;;、\n]+", self.cleaned_data["keywords"])
        return list(dict.fromkeys(part.strip()[:40] for part in parts if part.strip()))[:MOST_KEYWORDS]

    def profile(self) -> Profile:
        """The valid form as the action takes it."""
        given = self.cleaned_data
        lines = [line.strip()[:300] for line in given["expertise"].splitlines() if line.strip()]
        return Profile(
            kinds=given["kinds"],
            discipline=given["discipline"],
            keywords=given["keywords"],
            focus_areas=list(given["focus_areas"]),
            introduction=given["introduction"],
            max_load=given["max_load"],
            expertise=[_expertise(line) for line in lines],
        )


def _expertise(line: str) -> Expertise:
    found = YEAR.match(line)
    return Expertise(found["title"], int(found["year"])) if found else Expertise(line)


def initial_of(expert: ExpertProfile | None) -> dict[str, Any]:
    """What the form shows of a profile; nothing for somebody new."""
    if expert is None:
        return {}
    return {
        "kinds": expert.kinds,
        "discipline": expert.discipline,
        "focus_areas": list(expert.focus_areas.all()),
        "keywords": "\n".join(expert.keywords),
        "expertise": "\n".join(f"{one.title}, {one.year}" if one.year else one.title for one in expert.expertise.all()),
        "introduction": expert.introduction,
        "max_load": expert.max_load,
    }
