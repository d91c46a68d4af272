"""What a rule row can ask about a case. Each condition says why it holds, or None where it does not.

A row of `rules` names one of these; which route and which documents follow stands in the row.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.budget import LABELS, in_wan
from projects.channel.facts import EQUIPMENT, INDIRECT, PERFORMANCE, Facts

Condition = Callable[[Facts], str | None]
CONDITIONS: dict[str, Condition] = {}


def condition(check: Condition) -> Condition:
    """Offer `check` to the rows under its own name."""
    CONDITIONS[check.__name__] = check
    return check


def _wan(amount: Decimal) -> str:
    return f"{in_wan(abs(amount))} 万元"


@condition
def nothing_changes(facts: Facts) -> str | None:
    """No line changes."""
    return None if facts.changed else _("No line changes.")


@condition
def line_below_zero(facts: Facts) -> str | None:
    """A line would hold less than nothing."""
    if not facts.below_zero:
        return None
    line = facts.below_zero[0]
    return _("The line “%(line)s” would be %(amount)s below zero.") % {
        "line": LABELS[line.category],
        "amount": _wan(line.after),
    }


@condition
def indirect_grows(facts: Facts) -> str | None:
    """The indirect total grows."""
    grown = facts.change(INDIRECT)
    return (
        _("The indirect costs would grow by %(amount)s; they may never.") % {"amount": _wan(grown)}
        if grown > 0
        else None
    )


@condition
def excess_grows(facts: Facts) -> str | None:
    """The indirect total rises further above its ceiling, because it grows or because its base shrinks."""
    before, after = facts.excess
    if after <= before:
        return None
    return _("The indirect costs would stand %(after)s above their ceiling (today %(before)s).") % {
        "after": _wan(after),
        "before": _wan(before),
    }


@condition
def too_many(facts: Facts) -> str | None:
    """The organisation's greatest number of adjustments is reached."""
    most = facts.policy.max_adjustments
    if most is None or facts.case.earlier_adjustments < most:
        return None
    return _("The organisation allows %(most)s adjustments of a budget; they are used up.") % {"most": most}


@condition
def frozen_before_end(facts: Facts) -> str | None:
    """The organisation freezes budgets before the end of a project."""
    freeze = facts.policy.freeze_before_end_days
    if freeze is None or facts.days_left >= freeze:
        return None
    return _("The organisation freezes budgets %(freeze)s days before the end; %(left)s days remain.") % {
        "freeze": freeze,
        "left": facts.days_left,
    }


@condition
def total_changes(facts: Facts) -> str | None:
    """The changes do not add up to zero."""
    return (
        _("The budget as a whole changes by %(amount)s.") % {"amount": _wan(facts.balance)} if facts.balance else None
    )


@condition
def between_topics(facts: Facts) -> str | None:
    """Money moves between sub-projects."""
    if facts.balance or not facts.topics:
        return None
    return _("Money moves between sub-projects: %(names)s.") % {"names": ", ".join(facts.topics)}


@condition
def between_organisations(facts: Facts) -> str | None:
    """Money moves between participating organisations."""
    if facts.balance or not facts.organisations:
        return None
    return _("Money moves between organisations: %(names)s.") % {"names": ", ".join(facts.organisations)}


@condition
def equipment_grows(facts: Facts) -> str | None:
    """The equipment total grows."""
    grown = facts.change(EQUIPMENT)
    return _("Equipment grows by %(amount)s.") % {"amount": _wan(grown)} if grown > 0 else None


@condition
def equipment_list_changes(facts: Facts) -> str | None:
    """Lines inside the equipment change while its total stays: another list of equipment."""
    if facts.change(EQUIPMENT) or not facts.equipment_lines:
        return None
    return _("The list of equipment changes, its sum does not.")


@condition
def equipment_falls(facts: Facts) -> str | None:
    """The equipment total falls, where the organisation keeps that decision."""
    return _equipment_falls(facts, "organisation")


@condition
def equipment_falls_freely(facts: Facts) -> str | None:
    """The equipment total falls, where the organisation leaves that to the investigator."""
    return _equipment_falls(facts, "investigator")


def _equipment_falls(facts: Facts, decides: str) -> str | None:
    fallen = facts.change(EQUIPMENT)
    if fallen >= 0 or facts.policy.equipment_decrease != decides:
        return None
    return _("Equipment falls by %(amount)s.") % {"amount": _wan(fallen)}


@condition
def indirect_to_direct(facts: Facts) -> str | None:
    """Indirect costs fall in favour of direct costs."""
    fallen = facts.change(INDIRECT)
    if fallen >= 0 or facts.direct <= 0:
        return None
    return _("Indirect costs fall by %(amount)s in favour of direct costs.") % {"amount": _wan(fallen)}


@condition
def performance_grows(facts: Facts) -> str | None:
    """Performance pay grows."""
    grown = facts.change(PERFORMANCE)
    return _("Performance pay grows by %(amount)s.") % {"amount": _wan(grown)} if grown > 0 else None


@condition
def performance_falls(facts: Facts) -> str | None:
    """Performance pay falls."""
    fallen = facts.change(PERFORMANCE)
    return _("Performance pay falls by %(amount)s.") % {"amount": _wan(fallen)} if fallen < 0 else None


@condition
def direct_lines_move(facts: Facts) -> str | None:
    """Operating and labour lines change."""
    if not any(line.category.startswith(("operating.", "labour.")) for line in facts.changed):
        return None
    return _("Operating costs and labour are the investigator's own to arrange.")
