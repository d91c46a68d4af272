"""Forms that ask where an amount looks ten thousand times too large, and take either answer with one press.

The mend types the right amount for the person and shows the form again, all else as it was typed; nothing is done.
“It is right as typed” goes on, and stays with the form for exactly this amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from projects.budget import in_wan
from projects.slips import Doubt, answered, doubt_of, mend_of, retyped, settled

# Yuan. What a field of a form takes at most, once its unit is beyond doubt.
MOST = Decimal(10) ** 10
Limits = Mapping[str, Decimal | None]


class AsksAboutUnit(forms.BaseForm):
    """Part of a form. `questions`: by field, what is asked about it, or was and is settled."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """A press of the mend is typed into the data that was sent."""
        self.mend = mend_of(data)
        self.questions: dict[str, list[Doubt]] = {}
        super().__init__(self.with_mend(data) if self.mend else data, *args, **kwargs)
        for name, field in self.fields.items():
            if self.mend and self.mend[0] == self.add_prefix(name):
                field.widget.attrs["autofocus"] = True

    def limits(self) -> Limits:
        """By field the most that is expected in it, yuan; None where nothing is known."""
        return {}

    def doubts(self) -> Iterator[tuple[str, str, Doubt | None]]:
        """Field, words before the question, and the question about each amount of a valid field."""
        for name, most in self.limits().items():
            amount = self.cleaned_data.get(name)
            if amount is not None:
                yield name, "", self.doubt(name, amount, most)

    def doubt(self, name: str, amount: Decimal, most: Decimal | None) -> Doubt | None:
        """The question about one amount, in yuan; of money that is typed in 万元."""
        return doubt_of(amount, most, name=self.add_prefix(name))

    def with_mend(self, data: Any) -> Any:
        """What was sent, with the mend in its place."""
        return retyped(data)

    def clean(self) -> dict[str, Any]:
        """Ask where an answer is open; what is larger than any budget is refused whatever the answer."""
        found = super().clean() or self.cleaned_data
        tokens = settled(self.data)
        for name, before, doubt in list(self.doubts()):
            asked = answered(doubt, tokens)
            if asked is not None:
                self.questions.setdefault(name, []).append(asked)
            if asked is not None and not asked.settled:
                self.add_error(name, f"{before}{asked.text} {asked.mend}")
        for name in self.limits():
            if abs(found.get(name) or 0) > MOST:
                most = {"most": in_wan(MOST)}
                self.add_error(name, _("No budget is that large: at most %(most)s 万元.") % most)
        return found

    def is_valid(self) -> bool:
        """Whether what was typed can be acted on; after the mend it is looked at first."""
        return super().is_valid() and not self.mend
