"""What officers fill in to plan a panel meeting, and what is typed in its room."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from experts.actions.meeting import Facts
from experts.enums import ConflictKind, ExpertState
from experts.models import Dossier, ExpertProfile, Meeting, ReviewRound

BETWEEN = re.compile("[,，、;；]")
HOW = (("secret", pgettext_lazy("votes", "secret")), ("open", pgettext_lazy("votes", "open")))
AGENDA = (
    ("proposed", _("those whose scores diverge or that stand near the funding line")),
    ("all", _("all dossiers of the round")),
    ("chosen", _("those ticked below")),
)


class MeetingForm(forms.Form):
    """When, where and how a panel meets, who is in it, what it is about.

    members are proposed from the experts of the round; others are added by name.
    """

    title = forms.CharField(label=_("Title"), max_length=200)
    starts_at = forms.DateTimeField(label=_("Begins at"), widget=forms.DateTimeInput)
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link to an online meeting"), max_length=300, required=False, assume_scheme="https")
    how = forms.ChoiceField(
        label=_("Votes are"),
        choices=HOW,
        widget=forms.RadioSelect,
        help_text=_("Of secret votes only the count is kept: nobody, the department included, learns who voted what."),
    )
    places = forms.IntegerField(
        label=_("Funding line"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("How many dossiers of the round can be funded. Empty: no line is drawn."),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=ExpertProfile.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An odd number. The experts of the round are proposed; number of their seats in brackets."),
    )
    others = forms.CharField(
        label=_("Further members"),
        required=False,
        max_length=500,
        help_text=_("Names of other experts of the pool, with a space or a comma between."),
    )
    chair = forms.ModelChoiceField(
        label=_("Chair"),
        queryset=ExpertProfile.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_("One of the members."),
    )
    agenda = forms.ChoiceField(label=_("Agenda"), choices=AGENDA, widget=forms.RadioSelect)
    dossiers = forms.ModelMultipleChoiceField(
        label=_("Dossiers"), queryset=Dossier.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, review_round: ReviewRound, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(review_round, meeting), **kwargs})
        people = ExpertProfile.objects.filter(assignments__round=review_round)
        if meeting is not None:
            people = people | ExpertProfile.objects.filter(meetings__meeting=meeting)
        rows = ExpertProfile.objects.filter(pk__in=people.values("pk"), state=ExpertState.ADMITTED)
        rows = rows.select_related("person").order_by("person__name", "pk")
        self.fields["members"].queryset = rows  # type: ignore[attr-defined]
        self.fields["chair"].queryset = rows  # type: ignore[attr-defined]
        counts = dict(
            review_round.assignments.filter(invited_at__isnull=False)
            .order_by()
            .values("expert")
            .annotate(count=Count("pk"))
            .values_list("expert", "count")
        )
        self.fields["members"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.person.name} ({counts.get(one.pk, 0)})"
        )
        self.fields["dossiers"].queryset = review_round.dossiers.defer("content")  # type: ignore[attr-defined]

    def clean_others(self) -> list[ExpertProfile]:
        """The admitted experts of these names; each must be there once."""
        names = BETWEEN.sub(" ", self.cleaned_data["others"]).split()
        found: dict[str, list[ExpertProfile]] = {name: [] for name in names}
        rows = ExpertProfile.objects.filter(person__name__in=names, state=ExpertState.ADMITTED)
        for one in rows.select_related("person"):
            found[one.person.name].append(one)
        wrong = [name for name, each in found.items() if len(each) != 1]
        if wrong:
            told = gettext("Not one admitted expert of that name: %(names)s. Look in the pool.")
            raise forms.ValidationError(told % {"names": ", ".join(wrong)})
        return [each[0] for each in found.values()]

    def clean(self) -> dict[str, Any]:
        """Ask for a chair who is a member, and for dossiers where they are chosen one by one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("chair") and given["chair"] not in self.everybody():
            self.add_error("chair", gettext("The chair must be one of the members."))
        if given.get("agenda") == "chosen" and not given.get("dossiers"):
            self.add_error("dossiers", gettext("Tick a dossier, or choose another agenda."))
        return given

    def everybody(self) -> list[ExpertProfile]:
        """The members that were ticked or named, each once."""
        given = [*self.cleaned_data.get("members", ()), *(self.cleaned_data.get("others") or ())]
        return list({one.pk: one for one in given}.values())

    def facts(self) -> Facts:
        """When, where and how."""
        given = self.cleaned_data
        return Facts(
            title=given["title"],
            starts_at=given["starts_at"],
            place=given["place"],
            link=given["link"],
            secret=given["how"] == "secret",
            places=given["places"],
        )


def _initial(review_round: ReviewRound, meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        seated = review_round.assignments.filter(submitted_at__isnull=False).values_list("expert", flat=True)
        title = gettext("Panel meeting: %(round)s") % {"round": review_round.title}
        return {
            "title": title[:200],
            "how": "secret",
            "agenda": "proposed",
            "members": set(seated),
            "chair": review_round.chair_id,
        }
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
        "link": meeting.link,
        "how": "secret" if meeting.secret else "open",
        "places": meeting.places,
        "members": set(meeting.members.values_list("expert", flat=True)),
        "chair": meeting.members.filter(is_chair=True).values_list("expert", flat=True).first(),
        "agenda": "chosen",
        "dossiers": set(meeting.items.values_list("dossier", flat=True)),
    }


class LeaveForm(forms.Form):
    """Which conflict of interest a member declares."""

    kind = forms.ChoiceField(label=_("What kind of conflict"), choices=[("", "–"), *ConflictKind.choices])
    note = forms.CharField(label=_("What it is"), required=False, max_length=500)
