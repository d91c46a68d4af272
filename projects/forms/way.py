"""The small forms of those who pass proposals on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.enums import FindingVerdict
from projects.equipment import purchase
from projects.forms.equipment import EquipmentField, as_text, with_price
from projects.forms.slips import AsksAboutUnit
from projects.models import FundingItem, Proposal
from projects.slips import Doubt, doubt_of, mend_of

WAN = Decimal(10000)


class BatchForm(forms.Form):
    """Proposals chosen from a list by their identity, with one note for all."""

    chosen = forms.ModelMultipleChoiceField(Proposal.objects.none(), to_field_name="uid", required=False)
    note = forms.CharField(
        label=_("Note for all"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, proposals: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = proposals  # type: ignore[attr-defined]

    def clean_chosen(self) -> QuerySet[Proposal]:
        """What was chosen. An empty choice is answered where it was made."""
        chosen: QuerySet[Proposal] = self.cleaned_data["chosen"]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one proposal."))
        return chosen


class LetterForm(BatchForm):
    """As above, under the number of the letter."""

    number = forms.CharField(label=_("Letter number"), max_length=60, help_text=_("for example 内科函〔2027〕15号"))
    field_order = ["number"]


class FindingForm(forms.Form):
    """What the officer makes of one finding."""

    verdict = forms.ChoiceField(choices=FindingVerdict.choices)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


class ReturnForm(forms.Form):
    """Send back for completion: what is missing, and until when."""

    note = forms.CharField(label=_("What is to be completed"), max_length=2000, widget=forms.Textarea)
    until = forms.DateTimeField(label=_("New deadline"), widget=forms.DateTimeInput)


class ItemForm(forms.ModelForm[FundingItem]):
    """One line of a funding list; the amount is typed in 万元."""

    wan = forms.DecimalField(label=_("Amount, 万元"), min_value=0, max_digits=12, decimal_places=6, required=False)

    class Meta:
        model = FundingItem
        fields = ["funded", "reason"]
        widgets = {"reason": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wan"].initial = (self.instance.amount or self.instance.requested) / WAN

    @property
    def amount(self) -> Decimal:
        """The amount in yuan."""
        return (self.cleaned_data.get("wan") or Decimal(0)) * WAN


class ObjectionForm(forms.Form):
    """An objection to one item on notice: real name, contact and evidence are demanded."""

    item = forms.ModelChoiceField(
        Proposal.objects.none(), to_field_name="uid", label=_("Item objected to"), empty_label=_("choose")
    )
    name = forms.CharField(label=_("Your real name"), min_length=2, max_length=60)
    contact = forms.CharField(
        label=_("Telephone or e-mail"), min_length=5, max_length=100, help_text=_("We use it for this objection only.")
    )
    organisation_name = forms.CharField(
        label=_("Organisation, if it is the organisation that objects"), max_length=120, required=False
    )
    stamped = forms.BooleanField(
        label=_("The written objection bears the stamp of the organisation and will be handed in."), required=False
    )
    text = forms.CharField(
        label=_("What you object to"), min_length=20, max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    evidence = forms.CharField(
        label=_("Evidence, and where it can be checked"),
        min_length=10,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, proposals: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = proposals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An organisation objects under its stamp only."""
        cleaned = super().clean() or {}
        if cleaned.get("organisation_name") and not cleaned.get("stamped"):
            self.add_error("stamped", _("The objection of an organisation needs its stamp."))
        return cleaned


class CodeForm(forms.Form):
    """The query code given when an objection was received."""

    code = forms.CharField(label=_("Query code"), max_length=24)


class ContractForm(AsksAboutUnit, forms.Form):
    """Goals and milestones, which the investigator completes within what was approved; the list of equipment too."""

    goals = forms.CharField(
        label=_("Goals and indicators"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}), required=False
    )

    def __init__(
        self, *args: Any, years: range, milestones: dict[int, str], content: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years, self.content, equipment = years, content, content.get("equipment")
        for year in years:
            self.fields[f"year_{year}"] = forms.CharField(
                label=_("Milestones of %(year)d") % {"year": year},
                max_length=1500,
                required=False,
                initial=milestones.get(year, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        if equipment is not None:
            self.fields["equipment"] = EquipmentField(initial=as_text(equipment))

    def doubts(self) -> Iterator[tuple[str, str, Doubt | None]]:
        """Each piece of equipment beside the line that buys it."""
        line = purchase(self.content.get("budget", ()))
        for number, row in enumerate(self.cleaned_data.get("equipment") or (), 1):
            words = _("Row %(row)d: %(text)s") % {"row": number, "text": ""}
            yield "equipment", words, doubt_of(Decimal(row["price"]), line or None, name=f"equipment:{number}")

    def with_mend(self, data: Any) -> Any:
        """The mend of a price is typed into its row of the list."""
        name, typed = mend_of(data) or ("", "")
        row = name.removeprefix("equipment:")
        copy = data.copy()
        if row.isdecimal() and "equipment" in data:
            copy["equipment"] = with_price(data["equipment"], int(row), typed)
        return copy

    @property
    def milestones(self) -> list[dict[str, Any]]:
        """The years that have a milestone, with their text."""
        typed = ((year, self.cleaned_data.get(f"year_{year}", "")) for year in self.years)
        return [{"year": year, "text": text} for year, text in typed if text.strip()]


class MoreTimeForm(forms.Form):
    """More time to sign a contract."""

    field_order = ["working_days", "reason"]
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All who sign read it."),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["working_days"] = forms.IntegerField(
            label=_("Working days more"),
            min_value=1,
            max_value=most,
            help_text=_("At most %(most)d, and once only.") % {"most": most},
        )
        self.order_fields(self.field_order)


class SignForm(forms.Form):
    """A signature, or a return with its reason."""

    note = forms.CharField(
        label=_("Reason, if you return it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
