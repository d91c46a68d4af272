"""The boundary of a change of a budget: the grid as it was typed, the wish, the policy of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.answers import Unreadable, plain_number, yuan
from projects.budget import LABELS, ZERO
from projects.definitions.budget import budget_rules
from projects.enums import AdjustmentRoute
from projects.forms.payments import PaidWanField
from projects.forms.slips import AsksAboutUnit, Limits
from projects.models import AdjustmentPolicy, LedgerLine
from projects.slips import Doubt, answered, doubt_of
from workflows.errors import Reason

WAN = Decimal(10000)
MINUS = "-−－"


@dataclass(frozen=True)
class Cell:
    """One line of the grid: what stands in the ledger and what was typed. Amounts in yuan."""

    line: LedgerLine
    text: str
    change: Decimal = ZERO
    fault: Reason | None = None
    doubt: Doubt | None = None
    several: bool = False

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"change-{self.line.pk}"

    @property
    def label(self) -> str:
        """What it is called: the category, with sub-project and organisation where the budget has several."""
        place = self.line.place if self.several else ""
        return " · ".join(str(part) for part in (LABELS[self.line.category], place) if part)

    @property
    def after(self) -> Decimal:
        """What the line would hold."""
        return self.line.approved + self.change


@dataclass(frozen=True)
class Block:
    """The lines of one group with their sums; the whole grid is one too."""

    code: str
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """The name of the group."""
        return str(LABELS.get(self.code, self.code))

    @property
    def approved(self) -> Decimal:
        """What its lines hold now."""
        return sum((cell.line.approved for cell in self.cells), ZERO)

    @property
    def change(self) -> Decimal:
        """By how much it changes."""
        return sum((cell.change for cell in self.cells), ZERO)

    @property
    def after(self) -> Decimal:
        """What it would hold."""
        return self.approved + self.change


@dataclass(frozen=True)
class Grid:
    """The ledger with what was typed beside it."""

    cells: tuple[Cell, ...]

    @property
    def blocks(self) -> list[Block]:
        """The groups in order."""
        found: dict[str, list[Cell]] = {}
        scheme = budget_rules().scheme_with(cell.line.category for cell in self.cells)
        for cell in self.cells:
            found.setdefault(scheme.group_of(cell.line.category), []).append(cell)
        return [Block(code, tuple(cells)) for code, cells in found.items()]

    @property
    def whole(self) -> Block:
        """All lines."""
        return Block("", self.cells)

    @property
    def changes(self) -> dict[int, Decimal]:
        """The lines that change: yuan by key of the line."""
        return {cell.line.pk: cell.change for cell in self.cells if cell.change}

    @property
    def faults(self) -> list[Cell]:
        """The cells that could not be read."""
        return [cell for cell in self.cells if cell.fault]

    @property
    def asked(self) -> list[Cell]:
        """The cells whose amounts look typed in yuan and were not said to be right."""
        return [cell for cell in self.cells if cell.doubt and not cell.doubt.settled]

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(cell.text.strip() for cell in self.cells)


def read_grid(
    lines: Sequence[LedgerLine], typed: Mapping[str, str] | None = None, *, right: Collection[str] = ()
) -> Grid:
    """The grid over `lines`, the whole ledger, with what the browser sent as change-KEY (万元, signed).

    right -- the tokens of amounts that were said to be right as typed.
    """
    whole = sum((line.approved for line in lines), ZERO)
    several = _several(lines)
    cells = (_cell(line, (typed or {}).get(f"change-{line.pk}", ""), whole) for line in lines)
    return Grid(tuple(replace(cell, several=several, doubt=answered(cell.doubt, right)) for cell in cells))


def grid_of(lines: Iterable[LedgerLine], changes: Mapping[int, Decimal]) -> Grid:
    """The grid with changes that are known, for a page that asks the same again."""
    kept = list(lines)
    several = _several(kept)
    return Grid(
        tuple(
            Cell(line, _typed(changes.get(line.pk, ZERO)), changes.get(line.pk, ZERO), several=several) for line in kept
        )
    )


def _several(lines: Sequence[LedgerLine]) -> bool:
    return len({(line.topic, line.organisation_id) for line in lines}) > 1


def _typed(change: Decimal) -> str:
    return f"{(change / WAN).normalize():+f}" if change else ""


def _cell(line: LedgerLine, text: str, whole: Decimal) -> Cell:
    try:
        change = signed_yuan(text) if text.strip() else ZERO
    except Unreadable as fault:
        return Cell(line, text, fault=fault.reason)
    return Cell(line, text, change, doubt=doubt_of(change, whole or None, name=f"change-{line.pk}"))


def signed_yuan(text: str) -> Decimal:
    """A change typed in 万元 with its sign, in yuan. Raises Unreadable."""
    bare = text.strip()
    if bare[:1] and bare[0] in MINUS:
        return -yuan(bare[1:])
    return yuan(plain_number(bare).removeprefix("+"))


class WishForm(forms.Form):
    """What goes with the amounts. `shown` is the route that the page showed: what was not seen is not sent."""

    reason = forms.CharField(
        label=_("Why the research needs it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why: what in the research has changed.")},
    )
    promised = forms.BooleanField(
        label=_("I promise that this change serves the project alone and that what I say is true."),
        error_messages={"required": _("Read the promise and tick it.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def shows(self, route: AdjustmentRoute) -> bool:
        """Whether the page that was sent showed this route."""
        return bool(self.data.get("shown") == route)


class DecisionForm(forms.Form):
    """What is said with a decision; a rejection asks for it."""

    needed_later = ("note",)

    note = forms.CharField(
        label=_("Reason, if you reject it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PolicyForm(AsksAboutUnit, forms.ModelForm[AdjustmentPolicy]):
    """What an organisation rules; the sum is typed in 万元, an empty field rules nothing."""

    signature_wan = PaidWanField(
        label=_("Second signature above, 万元"),
        min_value=ZERO,
        required=False,
        help_text=_("Changes that move more than this need two administrators. Empty: never."),
    )
    field_order = ["equipment_decrease", "signature_wan", "max_adjustments", "freeze_before_end_days"]

    class Meta:
        model = AdjustmentPolicy
        fields = ["equipment_decrease", "max_adjustments", "freeze_before_end_days"]
        help_texts = {
            "max_adjustments": _("Of one project, over its whole life. Empty: as many as are needed."),
            "freeze_before_end_days": _("Empty: until the last day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signature_wan"].initial = self.instance.second_signature_over

    def limits(self) -> Limits:
        """What any amount is measured by: no project is known here."""
        return {"signature_wan": None}

    @property
    def rules(self) -> dict[str, Any]:
        """The fields of the policy, the sum in yuan."""
        rest = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**rest, "second_signature_over": self.cleaned_data["signature_wan"]}
