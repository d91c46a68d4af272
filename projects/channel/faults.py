"""What is wrong with rows as they are written: each fault names the row and the field, and what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from projects.budget import in_wan
from projects.channel.rules import ChannelRules
from projects.channel.words import LABELS, rule_name, standing_name
from projects.definitions.budget import Tier
from projects.enums import AdjustmentRoute
from workflows.errors import Reason

# What no rule can allow: without these a budget could hold what does not exist.
ALWAYS = ("nothing_changes", "line_below_zero")
HUNDRED = 100


def faults(rows: ChannelRules) -> list[Reason]:
    """Everything that keeps `rows` from being put in force."""
    return [*_of_always(rows), *_of_documents(rows), *_of_standings(rows), *_of_clocks(rows), *_of_tiers(rows.tiers)]


def doubled(keys: list[tuple[str, object]]) -> list[Reason]:
    """The rows that ask the same from the same amount on; `keys` are conditions and amounts in yuan."""
    return [
        Reason(
            "row_twice",
            _("“%(row)s” stands in two rows with the same amount.") % {"row": LABELS[code]},
            _("Remove one of them, or give one another amount under “moved, more than”."),
        )
        for (code, _over), number in Counter(keys).items()
        if number > 1
    ]


def _of_always(rows: ChannelRules) -> Iterator[Reason]:
    refused = {rule.code for rule in rows.rules if rule.route == AdjustmentRoute.REFUSED and rule.over is None}
    for code in ALWAYS:
        if code not in refused or any(rule.code == code and rule.over is not None for rule in rows.rules):
            text = _("The row “%(row)s” must refuse, whatever the amount.") % {"row": LABELS[code]}
            mend = _("Keep the row, with “%(refused)s” under “who decides” and no amount.")
            yield Reason(f"always_{code}", text, mend % {"refused": AdjustmentRoute.REFUSED.label})


def _of_documents(rows: ChannelRules) -> Iterator[Reason]:
    for rule in rows.rules:
        if not rule.documents and rule.code not in ALWAYS:
            text = _("The row “%(row)s” cites no document.") % {"row": rule_name(rule)}
            yield Reason("no_document", text, _("Write the number of the order under “citing”."))


def _of_standings(rows: ChannelRules) -> Iterator[Reason]:
    for row in rows.standings:
        name = standing_name(row)
        if not row.pilot and not row.grades:
            text = _("The row “%(row)s” about organisations names none.") % {"row": name}
            yield Reason("standing_whom", text, _("Tick “pilots only”, or write credit grades."))
        if row.route == row.becomes or AdjustmentRoute.REFUSED in (row.route, row.becomes):
            text = _("The row “%(row)s” leads to “%(becomes)s”.") % {"row": name, "becomes": row.becomes.label}
            yield Reason("standing_route", text, _("Choose two different deciders; what is not allowed stays so."))
        if not row.documents:
            text = _("The row “%(row)s” cites no document.") % {"row": name}
            yield Reason("no_document", text, _("Write the number of the order under “citing”."))
    for code, number in Counter(row.code for row in rows.standings).items():
        if number > 1:
            text = _("Two rows about organisations say the same: %(row)s.") % {"row": code}
            yield Reason("standing_twice", text, _("Remove one of them."))


def _of_clocks(rows: ChannelRules) -> Iterator[Reason]:
    for clock in rows.clocks:
        if clock.warn_after >= clock.working_days:
            who = AdjustmentRoute(clock.route).label
            text = _("The clock “%(who)s” reminds after %(warn)d working days, but runs only %(days)d.")
            values = {"who": who, "warn": clock.warn_after, "days": clock.working_days}
            yield Reason("clock_order", text % values, _("Write a smaller number under “reminded after”."))


def _of_tiers(tiers: tuple[Tier, ...]) -> Iterator[Reason]:
    limits = [tier.up_to for tier in tiers]
    if not limits or limits[-1] is not None or None in limits[:-1]:
        text = _("The ceiling of the indirect costs does not end with a slice for the rest.")
        yield Reason("tiers_end", text, _("Leave “up to” empty in the last slice, and only there."))
    known = [limit for limit in limits if limit is not None]
    for lower, upper in pairwise(known):
        if lower >= upper:
            text = _("The slice up to %(upper)s 万元 follows the one up to %(lower)s 万元.")
            values = {"upper": in_wan(upper), "lower": in_wan(lower)}
            yield Reason("tiers_order", text % values, _("Put the slices in order, the smallest first."))
    for tier in tiers:
        if not 0 <= tier.percent <= HUNDRED:
            text = _("A slice of the ceiling gives %(percent)s %%.") % {"percent": tier.percent}
            yield Reason("tiers_percent", text, _("Write a percentage from 0 to 100."))
