"""Forms for what a call defines as rows: eligibility rules and the scoring scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.models import Region
from experts.enums import Strictness
from projects.checks.subjects import OF_DIRECTION, SUBJECTS, ValueKind, clean_value
from projects.definitions.rules import Comparison, Consequence, Rule, Subject
from projects.definitions.scoring import Criterion, Scoring, Veto
from projects.forms.rows import WIDE, YUAN_PER_WAN, RowFormSet, rows_of
from projects.forms.slips import AsksAboutUnit
from projects.slips import Doubt, doubt_of

COMPARISONS = (
    (Comparison.AT_MOST.value, _("at most")),
    (Comparison.AT_LEAST.value, _("at least")),
    (Comparison.ONE_OF.value, _("one of")),
    (Comparison.NOT_ONE_OF.value, _("none of")),
    (Comparison.IS.value, _("is")),
)
CONSEQUENCES = ((Consequence.BLOCK.value, _("does not pass")), (Consequence.WARN.value, _("is to be confirmed")))
FAULTS = {
    "comparison": _("This comparison does not fit what the rule looks at."),
    "number": _("Write a number of zero or more."),
    "codes": _("Write the names as listed below, separated by commas."),
    "yes": _("Write “yes”."),
}
WHOLE = Decimal(100)
# How an amount is written in a rule, in 万元.
AMOUNT = re.compile(r"\d+(\.\d{1,2})?")


class RuleForm(AsksAboutUnit, forms.Form):
    """One rule. The value is written as people say it: a number, names with commas, an amount in 万元."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    subject = forms.ChoiceField(
        label=_("What is looked at"),
        choices=[(key.value, row.label) for key, row in SUBJECTS.items()],
        initial=Subject.APPLICANT_AGE.value,
        widget=forms.Select(attrs=WIDE),
    )
    comparison = forms.ChoiceField(label=_("Comparison"), choices=COMPARISONS, initial=Comparison.AT_MOST.value)
    value = forms.CharField(label=_("Value"), max_length=200, widget=forms.TextInput(attrs=WIDE))
    consequence = forms.ChoiceField(
        label=_("Otherwise the proposal"), choices=CONSEQUENCES, initial=Consequence.BLOCK.value
    )
    explanation = forms.CharField(
        label=_("In words, for applicants"), max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    document = forms.CharField(
        label=pgettext_lazy("basis", "Document"), max_length=120, widget=forms.TextInput(attrs=WIDE)
    )
    on = forms.DateField(label=_("As of"), required=False, widget=forms.DateInput())

    def doubts(self) -> Iterator[tuple[str, str, Doubt | None]]:
        """The question about an amount among the values; no limit of it is known."""
        subject, text = self.cleaned_data.get("subject"), self.cleaned_data.get("value", "")
        if subject and SUBJECTS[Subject(subject)].kind is ValueKind.AMOUNT and AMOUNT.fullmatch(text):
            yield "value", "", doubt_of(Decimal(text) * YUAN_PER_WAN, name=self.add_prefix("value"))

    def clean(self) -> dict[str, Any]:
        """The value in the shape that the engine reads."""
        data = super().clean() or {}
        if {"subject", "comparison", "value"} <= set(data):
            subject, comparison = Subject(data["subject"]), Comparison(data["comparison"])
            try:
                data["stored"] = clean_value(subject, comparison, read_value(subject, data["value"]))
            except ValueError as fault:
                code = str(fault)
                self.add_error("comparison" if code == "comparison" else "value", FAULTS[code])
        return data

    def row(self) -> dict[str, Any]:
        """The fields of the rule; the identifier may be empty."""
        data = self.cleaned_data
        day = data["on"]
        names = ("id", "subject", "comparison", "consequence", "explanation", "document")
        return {**{name: data[name] for name in names}, "value": data["stored"], "on": day.isoformat() if day else ""}


class RuleFormSet(rows_of(RuleForm, extra=2)):  # type: ignore[misc]  # a class made by formset_factory
    """The rules of a call."""

    def parts(self) -> dict[str, Any]:
        """The parts for `edit_call`; rows without an identifier get the next free one."""
        rows = self.rows()
        used = {row["id"] for row in rows}
        free = (name for number in range(1, 200) if (name := f"r{number}") not in used)
        return {"rules": [Rule(**{**row, "id": row["id"] or next(free)}) for row in rows]}


def rule_initial(rule: Rule) -> dict[str, Any]:
    """A rule as the form shows it."""
    return {**rule.model_dump(mode="json"), "value": shown_value(rule.subject, rule.value)}


def shown_value(subject: Subject, value: Any) -> str:
    """The stored value as an officer writes it."""
    row = SUBJECTS[subject]
    if value == OF_DIRECTION:
        return gettext("as the direction says")
    match row.kind:
        case ValueKind.CODES:
            return "，".join(row.name_of(code) for code in value)
        case ValueKind.REGIONS:
            names = dict(
                Region.objects.filter(code__in=[code.ljust(6, "0") for code in value]).values_list("code", "name")
            )
            return "，".join(names.get(code.ljust(6, "0"), code) for code in value)
        case ValueKind.AMOUNT:
            return f"{Decimal(str(value)) / YUAN_PER_WAN:.2f}"
        case ValueKind.YES:
            return gettext("yes")
    return str(value)


def read_value(subject: Subject, text: str) -> Any:
    """What was written, as `clean_value` takes it: names become codes, 万元 become yuan."""
    row, text = SUBJECTS[subject], text.strip()
    if text in (OF_DIRECTION, gettext("as the direction says")):
        return OF_DIRECTION
    if row.kind is ValueKind.YES:
        return "yes" if text in ("yes", gettext("yes")) else text
    if row.kind is ValueKind.AMOUNT and AMOUNT.fullmatch(text):
        return str(Decimal(text) * YUAN_PER_WAN)
    if row.kind in (ValueKind.CODES, ValueKind.REGIONS):
        return [_code_of(subject, part) for part in re.split(r"[,，、;；]", text) if part.strip()]
    return text


def _code_of(subject: Subject, text: str) -> str:
    name = text.strip()
    if SUBJECTS[subject].kind is ValueKind.REGIONS:
        return str(Region.objects.filter(name=name).values_list("code", flat=True).first() or name)
    codes = {str(label): code for code, label in SUBJECTS[subject].choices}
    return codes.get(name, name)


class CriterionForm(forms.Form):
    """One criterion with its weight in percent."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Criterion"), max_length=60, widget=forms.TextInput(attrs=WIDE))
    weight = forms.DecimalField(
        label=_("Weight in percent"), min_value=Decimal("0.5"), max_value=WHOLE, max_digits=5, decimal_places=2
    )
    guidance = forms.CharField(
        label=_("What experts look at"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def row(self) -> dict[str, Any]:
        """The fields of the criterion."""
        return {name: self.cleaned_data[name] for name in ("id", "name", "weight", "guidance")}


class CriterionFormSet(rows_of(CriterionForm, extra=2)):  # type: ignore[misc]  # a class made by formset_factory
    """The criteria; their weights add to 100."""

    @property
    def total(self) -> Decimal:
        """The sum of the weights: of what was typed, else of what is stored."""
        if not self.is_bound:
            return sum((Decimal(str(row["weight"])) for row in self.initial or []), Decimal(0))
        return sum((form.cleaned_data.get("weight") or Decimal(0) for form in self.live()), Decimal(0))

    def clean(self) -> None:
        """Refuse another sum than 100, saying which one it is."""
        if not any(self.errors) and self.total != WHOLE:
            text = gettext("The weights add up to %(sum)s, not to 100.") % {"sum": self.total}
            raise forms.ValidationError(text, "weights")


class VetoForm(forms.Form):
    """One question answered by pass or fail."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Question answered by pass or fail"), max_length=120, widget=forms.TextInput(attrs=WIDE)
    )

    def row(self) -> dict[str, Any]:
        """The fields of the question."""
        return {name: self.cleaned_data[name] for name in ("id", "name")}


VetoFormSet = rows_of(VetoForm, extra=1)


class SchemeForm(forms.Form):
    """What else the score sheet asks for."""

    recommendation = forms.BooleanField(label=_("Experts say whether they recommend funding"), required=False)
    least_opinion = forms.IntegerField(label=_("Shortest opinion, characters"), min_value=0, max_value=2000)
    explain_to = forms.IntegerField(
        label=_("Scores to be explained: up to this share of the points, %"), min_value=0, max_value=99
    )
    explain_from = forms.IntegerField(
        label=_("Scores to be explained: from this share of the points on, %"), min_value=1, max_value=100
    )
    explain_length = forms.IntegerField(
        label=_("Shortest opinion where a score is to be explained, characters"), min_value=0, max_value=2000
    )
    placeholder = forms.ChoiceField(
        label=_("Opinions that say nothing (无, 同意, one character over and over)"), choices=Strictness.choices
    )
    pasted = forms.ChoiceField(label=_("The same opinion in several sheets"), choices=Strictness.choices)
    all_equal = forms.ChoiceField(label=_("The same points on every criterion"), choices=Strictness.choices)

    def clean(self) -> dict[str, Any]:
        """Refuse a lower extreme that does not lie below the upper one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = given.get("explain_to"), given.get("explain_from")
        if low is not None and high is not None and low >= high:
            self.add_error("explain_to", gettext("The lower share must lie below the upper one."))
        return given


def scoring_from(scheme: SchemeForm, criteria: RowFormSet, vetoes: RowFormSet) -> Scoring:
    """The scheme of three valid forms."""
    rows, questions = criteria.rows(), vetoes.rows()
    used = {row["id"] for row in [*rows, *questions]}
    free = (name for number in range(1, 200) if (name := f"c{number}") not in used)
    return Scoring(
        criteria=tuple(Criterion(**{**row, "id": row["id"] or next(free)}) for row in rows),
        vetoes=tuple(Veto(**{**row, "id": row["id"] or next(free)}) for row in questions),
        **scheme.cleaned_data,
    )
