"""Forms for the rules of the green channel: the version itself, its rows, clocks and the slices of the ceiling."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.actions.channel_rules import Written
from projects.channel.rules import ChannelRules, Clock, Rule, StandingRule
from projects.channel.words import LABELS, SILENCE
from projects.definitions.budget import Tier
from projects.enums import AdjustmentRoute
from projects.forms.rows import WIDE, RowFormSet, WanField, rows_of

WHOLE = Decimal(100)
SPLIT = re.compile(r"[、,，;；\n]+")


def documents(text: str) -> list[str]:
    """The numbers of documents in a line, in order, each once."""
    return list(dict.fromkeys(part.strip() for part in SPLIT.split(text) if part.strip()))


def plain(number: Decimal | None) -> str | None:
    """A number as rows keep it: text without zeros at its end, so that the same amount is the same text."""
    return None if number is None else f"{number.normalize():f}"


class VersionForm(forms.Form):
    """When the rows begin, by which order, and what changes; all of it before they are proposed."""

    needed_later = ("valid_from", "document", "reason")

    valid_from = forms.DateField(
        label=pgettext_lazy("rules", "In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document = forms.CharField(label=_("Document number"), required=False, max_length=80)
    reason = forms.CharField(
        label=_("What changes and why"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RuleForm(forms.Form):
    """One row: what it asks, who decides where it holds, and under which documents."""

    code = forms.ChoiceField(
        label=pgettext_lazy("rule row", "Where"),
        choices=list(LABELS.items()),
        initial=next(iter(LABELS)),
        widget=forms.Select(attrs=WIDE),
    )
    over = WanField(label=_("and moved, more than (万元)"), required=False)
    route = forms.ChoiceField(
        label=_("Who decides"), choices=AdjustmentRoute.choices, initial=AdjustmentRoute.RECORDED.value
    )
    documents = forms.CharField(
        label=_("Citing, with commas between"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    confirmed = forms.BooleanField(label=_("the document's own text was read"), required=False)

    def row(self) -> dict[str, Any]:
        """The row as plain data."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "route": data["route"],
            "documents": documents(data["documents"]),
            "confirmed": data["confirmed"],
            "over": plain(data["over"]),
        }


class StandingRuleForm(forms.Form):
    """One row about organisations."""

    pilot = forms.BooleanField(label=_("Pilots only"), required=False)
    grades = forms.RegexField(
        r"^[A-Da-d、,，;；\s]*$",
        label=_("Credit grades (A, B, C, D)"),
        required=False,
        max_length=20,
        error_messages={"invalid": _("Write letters from A to D, with commas between them.")},
    )
    route = forms.ChoiceField(
        label=_("Instead of"), choices=AdjustmentRoute.choices, initial=AdjustmentRoute.ORGANISATION.value
    )
    becomes = forms.ChoiceField(
        label=pgettext_lazy("rule row", "it is"),
        choices=AdjustmentRoute.choices,
        initial=AdjustmentRoute.RECORDED.value,
    )
    most = WanField(label=_("Moved, up to (万元)"), required=False)
    documents = forms.CharField(
        label=_("Citing, with commas between"), required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    confirmed = forms.BooleanField(label=_("the document's own text was read"), required=False)

    def row(self) -> dict[str, Any]:
        """The row as plain data."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("pilot", "route", "becomes", "confirmed")},
            "grades": sorted(set(re.findall("[A-D]", data["grades"].upper()))),
            "documents": documents(data["documents"]),
            "most": plain(data["most"]),
        }


class ClockForm(forms.Form):
    """How long one decider has."""

    route = forms.CharField(widget=forms.HiddenInput)
    working_days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=250)
    warn_after = forms.IntegerField(label=_("Reminded after, working days"), min_value=1, max_value=250)
    silence = forms.ChoiceField(label=_("After that"), choices=list(SILENCE.items()))
    confirmed = forms.BooleanField(label=_("the document's own text was read"), required=False)

    def row(self) -> dict[str, Any]:
        """The clock as plain data."""
        return dict(self.cleaned_data)


class TierForm(forms.Form):
    """One slice of the ceiling of the indirect costs."""

    up_to = WanField(label=_("Base up to, 万元 (empty: the rest)"), required=False)
    percent = forms.DecimalField(label=_("Percent of the slice"), min_value=0, max_value=WHOLE, decimal_places=2)

    def row(self) -> dict[str, Any]:
        """The slice as plain data."""
        return {"up_to": plain(self.cleaned_data["up_to"]), "percent": plain(self.cleaned_data["percent"])}


RuleFormSet = rows_of(RuleForm, extra=1)
StandingFormSet = rows_of(StandingRuleForm, extra=1)
TierFormSet = rows_of(TierForm, extra=1)
ClockFormSet: Any = forms.formset_factory(ClockForm, formset=RowFormSet, extra=0)


class RulesForms:
    """All forms of one version together; `data` is what was sent, None before anything was."""

    def __init__(self, rows: ChannelRules, facts: dict[str, Any], data: Any = None) -> None:
        self.version = VersionForm(data, initial=facts)
        self.rules = RuleFormSet(data, initial=[_rule(rule) for rule in rows.rules], prefix="rule")
        self.standings = StandingFormSet(data, initial=[_standing(row) for row in rows.standings], prefix="standing")
        self.clocks = ClockFormSet(data, initial=[_clock(clock) for clock in rows.clocks], prefix="clock")
        self.tiers = TierFormSet(data, initial=[_tier(tier) for tier in rows.tiers], prefix="tier")

    def is_valid(self) -> bool:
        """Whether all are; each is asked, so that all faults are named at once."""
        valid = [form.is_valid() for form in (self.version, self.rules, self.standings, self.clocks, self.tiers)]
        return all(valid)

    def written(self) -> Written:
        """What was written, once all are valid."""
        names = ("tiers", "clocks", "rules", "standings")
        content = {name: getattr(self, name).rows() for name in names}
        return Written(content=content, **self.version.cleaned_data)


def _rule(rule: Rule) -> dict[str, Any]:
    return {**rule.model_dump(exclude={"documents"}), "documents": "，".join(rule.documents)}


def _standing(row: StandingRule) -> dict[str, Any]:
    rest = row.model_dump(exclude={"documents", "grades"})
    return {**rest, "documents": "，".join(row.documents), "grades": "，".join(row.grades)}


def _clock(clock: Clock) -> dict[str, Any]:
    return clock.model_dump(mode="json")


def _tier(tier: Tier) -> dict[str, Any]:
    return tier.model_dump()
