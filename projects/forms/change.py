"""The boundary of changes of projects: one form for each kind, and what it asks for as the payload of the change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import MembershipState, OrganisationState
from directory.models import Organisation, Person
from projects.actions.change import ChangeWish
from projects.budget import ZERO
from projects.enums import ChangeKind, ParticipantRole, TerminationReason
from projects.forms.payments import PaidWanField
from projects.forms.slips import AsksAboutUnit, Limits
from projects.models import Milestone, Project
from projects.queries.change_offers import last_day, milestones_ahead
from projects.queries.change_words import day_in_words, targets_in_words
from projects.queries.contract_versions import present_content

COMMAS = str.maketrans({"，": ",", "；": ",", ";": ",", "｜": "|", "\t": ","})
PARTS_OF_TARGET, PARTS_OF_MEMBER, LONGEST = 3, 3, 120


class ChangeForm(AsksAboutUnit, forms.Form):
    """What every kind asks: the reason, a paper that proves it, the key of the form.

    A kind adds its fields and says in `payload()` what they mean, as JSON.
    """

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the project needs it.")},
    )
    paper = forms.FileField(
        label=_("Paper that proves it"), required=False, help_text=_("PDF, DOCX, PNG or JPEG, if there is one.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    last = ("reason", "paper", "key")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.content = present_content(project.contract)
        self.prepare()
        self.order_fields([name for name in self.fields if name not in self.last])

    def prepare(self) -> None:
        """Fill in what depends on the project."""

    def payload(self) -> dict[str, Any]:
        """What was typed, as the change keeps it."""
        return {}

    def wish(self, kind: ChangeKind) -> ChangeWish:
        """The whole of it as the action takes it."""
        data = self.cleaned_data
        return ChangeWish(kind, self.payload(), data["reason"], data["key"], data["paper"])


class TitleForm(ChangeForm):
    """A new title."""

    title = forms.CharField(label=pgettext_lazy("change", "New title"), max_length=120)

    def prepare(self) -> None:
        """The present title stands in the field."""
        self.fields["title"].initial = self.project.title

    def payload(self) -> dict[str, Any]:
        """The title."""
        return {"title": self.cleaned_data["title"].strip()}


class ExtensionForm(ChangeForm):
    """A later end, and what is done in the added time."""

    ends_on = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}))
    work = forms.CharField(label=_("Work in the added time"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        """Say up to which day."""
        text = _("The term ends on %(old)s and can be extended once, to %(most)s at most.")
        self.fields["ends_on"].help_text = text % {
            "old": day_in_words(self.project.ends_on),
            "most": day_in_words(last_day(self.project)),
        }

    def payload(self) -> dict[str, Any]:
        """The day as YYYY-MM-DD."""
        ends_on: dt.date = self.cleaned_data["ends_on"]
        return {"ends_on": ends_on.isoformat(), "work": self.cleaned_data["work"].strip()}


class GoalsForm(ChangeForm):
    """Goals and indicators as they shall be, and what the milestones ahead are to reach; their days stay."""

    goals = forms.CharField(label=_("Goals"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    targets = forms.CharField(
        label=_("Indicators"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line: indicator | target | how it is checked"),
    )

    def prepare(self) -> None:
        """The present ones stand in the fields."""
        self.fields["goals"].initial = self.content.get("goals", "")
        self.fields["targets"].initial = targets_in_words(self.content.get("targets", []))
        self.ahead = milestones_ahead(self.project)
        self.fields |= {_stone(one): _stone_field(one) for one in self.ahead}

    def clean_targets(self) -> list[dict[str, str]]:
        """Three parts on each line; what cannot be read is named by its line."""
        found = []
        for number, parts in _lines(self.cleaned_data["targets"], "|"):
            if len(parts) != PARTS_OF_TARGET or not parts[0]:
                text = _("Line %(number)d does not have three parts: indicator | target | how it is checked.")
                raise forms.ValidationError(text % {"number": number})
            found.append(dict(zip(("name", "value", "check"), parts, strict=True)))
        return found

    def payload(self) -> dict[str, Any]:
        """Goals as text, indicators as rows, by its number the text of each milestone that changes."""
        data = self.cleaned_data
        typed = {str(one.number): data[_stone(one)].strip() for one in self.ahead}
        changed = {str(one.number): typed[str(one.number)] for one in self.ahead if typed[str(one.number)] != one.text}
        return {"goals": data["goals"].strip(), "targets": data["targets"], "milestones": changed}


def _stone(milestone: Milestone) -> str:
    return f"milestone_{milestone.number}"


def _stone_field(milestone: Milestone) -> forms.CharField:
    label = _("Milestone %(number)d, due on %(day)s")
    return forms.CharField(
        label=label % {"number": milestone.number, "day": day_in_words(milestone.due_on)},
        max_length=1500,
        initial=milestone.text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InvestigatorForm(ChangeForm):
    """Who leads from now on: somebody of the host."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("New investigator"), empty_label=_("choose"))
    stays = forms.BooleanField(label=_("The present investigator stays in the team."), required=False)

    def prepare(self) -> None:
        """The active members of the host but the present investigator."""
        rows = Person.objects.filter(
            memberships__organisation=self.project.organisation_id, memberships__state=MembershipState.ACTIVE
        )
        field: Any = self.fields["person"]
        field.queryset = rows.exclude(pk=self.project.investigator_id).distinct().order_by("name", "pk")
        field.help_text = _("A member of %(name)s.") % {"name": self.project.organisation.name}

    def payload(self) -> dict[str, Any]:
        """The person by key, and the name that is read."""
        person: Person = self.cleaned_data["person"]
        return {"person": person.pk, "name": person.name, "stays": self.cleaned_data["stays"]}


class OrganisationForm(ChangeForm):
    """The host from now on, named exactly."""

    organisation = forms.CharField(
        label=_("New host organisation"), max_length=120, help_text=_("Full name, or unified social credit code.")
    )

    def clean_organisation(self) -> Organisation:
        """A verified organisation of that name or code."""
        typed = self.cleaned_data["organisation"].strip()
        rows = Organisation.objects.filter(state=OrganisationState.VERIFIED)
        found: Organisation | None = rows.filter(name=typed).first() or rows.filter(credit_code=typed).first()
        if found is None:
            raise forms.ValidationError(_("No verified organisation has this name or code."))
        return found

    def payload(self) -> dict[str, Any]:
        """The organisation by key, and the name that is read."""
        return {"organisation": self.cleaned_data["organisation"].pk, "name": self.cleaned_data["organisation"].name}


class ParticipantsForm(ChangeForm):
    """Who leaves the team, who joins it."""

    leave = forms.MultipleChoiceField(
        label=pgettext_lazy("team", "Leave"), required=False, widget=forms.CheckboxSelectMultiple
    )
    join = forms.CharField(
        label=pgettext_lazy("team", "Join"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One person a line: name, organisation, task"),
    )

    def prepare(self) -> None:
        """The team but the investigator."""
        lead = ParticipantRole.INVESTIGATOR
        names = [one["name"] for one in self.content.get("team", []) if one.get("role") != lead]
        field: Any = self.fields["leave"]
        field.choices = [(name, name) for name in dict.fromkeys(names)]

    def clean_join(self) -> list[dict[str, str]]:
        """Three parts on each line; what cannot be read is named by its line."""
        found = []
        for number, parts in _lines(self.cleaned_data["join"].translate(COMMAS), ","):
            if len(parts) != PARTS_OF_MEMBER or not all(parts) or max(map(len, parts)) > LONGEST:
                text = _("Line %(number)d does not have three parts: name, organisation, task.")
                raise forms.ValidationError(text % {"number": number})
            row = dict(zip(("name", "organisation", "task"), parts, strict=True))
            found.append({**row, "role": ParticipantRole.MEMBER.value, "months_per_year": ""})
        return found

    def payload(self) -> dict[str, Any]:
        """Names that leave, rows that join."""
        return {"leave": self.cleaned_data["leave"], "join": self.cleaned_data["join"]}


class MethodForm(ChangeForm):
    """Another technical route to the same goals."""

    method = forms.CharField(
        label=_("The technical route from now on"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Goals and indicators stay as they are."),
    )

    def payload(self) -> dict[str, Any]:
        """The route in words."""
        return {"method": self.cleaned_data["method"].strip()}


class TerminationForm(ChangeForm):
    """Why the project ends, and the settlement of what was paid out."""

    why = forms.ChoiceField(label=_("Why it ends"), choices=[("", _("choose")), *TerminationReason.choices])
    spent = PaidWanField(label=_("Spent, 万元"), min_value=ZERO)
    returned = PaidWanField(label=_("To be returned, 万元"), min_value=ZERO)

    def limits(self) -> Limits:
        """What was granted."""
        return {"spent": self.project.grant, "returned": self.project.grant}

    def payload(self) -> dict[str, Any]:
        """The kind of the reason; amounts in yuan as text."""
        data = self.cleaned_data
        return {"why": data["why"], "spent": str(data["spent"]), "returned": str(data["returned"])}


class RevocationForm(ChangeForm):
    """The decision that the revocation follows, and what is to be returned."""

    basis = forms.CharField(label=_("Decision it follows"), max_length=200, help_text=_("Number and date."))
    returned = PaidWanField(label=_("To be returned, 万元"), min_value=ZERO)

    def limits(self) -> Limits:
        """What was granted."""
        return {"returned": self.project.grant}

    def payload(self) -> dict[str, Any]:
        """The decision; the amount in yuan as text."""
        return {"basis": self.cleaned_data["basis"].strip(), "returned": str(self.cleaned_data["returned"])}


def _lines(text: str, mark: str) -> Sequence[tuple[int, list[str]]]:
    """The lines that hold something, by number, cut at `mark`."""
    rows = enumerate(text.translate({ord("｜"): "|"}).splitlines(), start=1)
    return [(number, [part.strip() for part in line.split(mark)]) for number, line in rows if line.strip()]


class DecisionForm(forms.Form):
    """What is said with a decision; a rejection asks for it."""

    needed_later = ("note",)

    note = forms.CharField(
        label=_("Reason, if you reject it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


FORMS: dict[ChangeKind, type[ChangeForm]] = {
    ChangeKind.TITLE: TitleForm,
    ChangeKind.EXTENSION: ExtensionForm,
    ChangeKind.GOALS: GoalsForm,
    ChangeKind.INVESTIGATOR: InvestigatorForm,
    ChangeKind.ORGANISATION: OrganisationForm,
    ChangeKind.PARTICIPANTS: ParticipantsForm,
    ChangeKind.METHOD: MethodForm,
    ChangeKind.SUSPENSION: ChangeForm,
    ChangeKind.RESUMPTION: ChangeForm,
    ChangeKind.TERMINATION: TerminationForm,
    ChangeKind.REVOCATION: RevocationForm,
}
