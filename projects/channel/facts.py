"""The sums over one case. Totals are taken over all lines of a category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from projects.budget import ZERO, slices
from projects.channel.case import Case, Line, Policy
from projects.definitions.budget import Tier, budget_rules

EQUIPMENT = "equipment"
INDIRECT = "indirect"
PERFORMANCE = "indirect.performance"


@dataclass(frozen=True)
class Facts:
    """What the conditions ask about. Amounts in yuan; a change is positive where the line grows."""

    case: Case
    tiers: tuple[Tier, ...]

    @property
    def policy(self) -> Policy:
        """The organisation's policy."""
        return self.case.policy

    @cached_property
    def changed(self) -> tuple[Line, ...]:
        """The lines that change at all."""
        return tuple(line for line in self.case.lines if line.change)

    @cached_property
    def below_zero(self) -> tuple[Line, ...]:
        """The lines that would hold less than nothing."""
        return tuple(line for line in self.case.lines if line.after < 0)

    def change(self, group: str) -> Decimal:
        """By how much a category, or a group of categories, changes over all its lines."""
        return sum((line.change for line in self.changed if _in(line, group)), ZERO)

    @cached_property
    def balance(self) -> Decimal:
        """The sum of all changes: zero unless the budget itself grows or shrinks."""
        return sum((line.change for line in self.changed), ZERO)

    @cached_property
    def moved(self) -> Decimal:
        """The sum moved: of the positive changes."""
        return sum((line.change for line in self.changed if line.change > 0), ZERO)

    def exceeds(self, limit: Decimal | None) -> bool:
        """Whether more than `limit` is added or taken away, whichever is more; always where there is no limit."""
        return limit is None or max(self.moved, self.moved - self.balance) > limit

    @cached_property
    def direct(self) -> Decimal:
        """By how much the direct cost changes."""
        return self.balance - self.change(INDIRECT)

    @cached_property
    def topics(self) -> list[str]:
        """The topics whose own sum is not zero."""
        return _unbalanced((line.topic, line.change) for line in self.changed)

    @cached_property
    def organisations(self) -> list[str]:
        """The participating organisations whose own sum is not zero."""
        return _unbalanced((line.organisation, line.change) for line in self.changed)

    @cached_property
    def equipment_lines(self) -> tuple[Line, ...]:
        """The changed lines of the equipment."""
        return tuple(line for line in self.changed if _in(line, EQUIPMENT))

    @cached_property
    def days_left(self) -> int:
        """Days from the day of the case to the end of the project."""
        return (self.case.project_end - self.case.date).days

    @cached_property
    def excess(self) -> tuple[Decimal, Decimal]:
        """By how much the indirect total is above its ceiling, before and after (zero where it is not)."""
        return (
            self._excess([(line.category, line.approved) for line in self.case.lines]),
            self._excess([(line.category, line.after) for line in self.case.lines]),
        )

    def _excess(self, amounts: list[tuple[str, Decimal]]) -> Decimal:
        in_base = budget_rules().in_base
        base = sum((amount for code, amount in amounts if code in in_base), ZERO)
        indirect = sum((amount for code, amount in amounts if code.startswith(f"{INDIRECT}.")), ZERO)
        return max(indirect - slices(base, self.tiers), ZERO)


def _in(line: Line, group: str) -> bool:
    return line.category == group or line.category.startswith(f"{group}.")


def _unbalanced(changes: Iterable[tuple[str, Decimal]]) -> list[str]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for label, change in changes:
        sums[label] += change
    return sorted(label for label, total in sums.items() if total)
