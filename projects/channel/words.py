"""The rows of the green channel in words: what each condition asks, who decides, by how much."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.budget import in_wan
from projects.channel.rules import ChannelRules, Clock, Rule, StandingRule
from projects.definitions.budget import Tier
from projects.enums import AdjustmentRoute

LABELS = {
    "nothing_changes": pgettext_lazy("rule row", "no line changes"),
    "line_below_zero": pgettext_lazy("rule row", "a line would fall below zero"),
    "indirect_grows": pgettext_lazy("rule row", "the indirect costs grow"),
    "excess_grows": pgettext_lazy("rule row", "the indirect costs rise further above their ceiling"),
    "too_many": pgettext_lazy("rule row", "the organisation's number of changes is used up"),
    "frozen_before_end": pgettext_lazy("rule row", "the organisation freezes budgets before the end"),
    "total_changes": pgettext_lazy("rule row", "the total changes"),
    "between_topics": pgettext_lazy("rule row", "money moves between sub-projects"),
    "between_organisations": pgettext_lazy("rule row", "money moves between organisations"),
    "equipment_grows": pgettext_lazy("rule row", "equipment grows"),
    "equipment_list_changes": pgettext_lazy("rule row", "the list of equipment changes, its sum does not"),
    "equipment_falls": pgettext_lazy("rule row", "equipment falls, where the organisation keeps that decision"),
    "indirect_to_direct": pgettext_lazy("rule row", "indirect costs fall in favour of direct costs"),
    "performance_grows": pgettext_lazy("rule row", "performance pay grows"),
    "equipment_falls_freely": pgettext_lazy("rule row", "equipment falls, where the investigator decides that"),
    "performance_falls": pgettext_lazy("rule row", "performance pay falls"),
    "direct_lines_move": pgettext_lazy("rule row", "operating costs and labour move"),
}
SILENCE = {
    "escalate": gettext_lazy("the department is told"),
    "consent": gettext_lazy("silence is consent"),
}


def rule_name(rule: Rule) -> str:
    """What a row asks, with the amount from which on it does."""
    label = str(LABELS[rule.code])
    if rule.over is None:
        return label
    return _("%(what)s, more than %(over)s 万元 moved") % {"what": label, "over": in_wan(rule.over)}


def said_of_rule(rule: Rule) -> str:
    """Who decides by a row, and under which documents."""
    parts = [str(AdjustmentRoute(rule.route).label), "、".join(rule.documents)]
    return " · ".join(part for part in parts if part)


def standing_name(row: StandingRule) -> str:
    """Whom a row about organisations is about, and which decision it changes."""
    grades = _("credit grade %(grades)s") % {"grades": "、".join(row.grades)} if row.grades else ""
    whom = _(", ").join(part for part in ([_("pilots")] if row.pilot else []) + [grades] if part)
    text = _("%(whom)s: instead of “%(route)s”") % {"whom": whom, "route": row.route.label}
    if row.most is None:
        return text
    return _("%(what)s, up to %(most)s 万元 moved") % {"what": text, "most": in_wan(row.most)}


def said_of_standing_rule(row: StandingRule) -> str:
    """Who decides then, and under which documents."""
    return " · ".join(part for part in (str(row.becomes.label), "、".join(row.documents)) if part)


def labels(rows: ChannelRules) -> dict[str, str]:
    """The names of all rows by their codes, of those about organisations too."""
    return {
        **{code: str(label) for code, label in LABELS.items()},
        **{r.code: standing_name(r) for r in rows.standings},
    }


def said_of_clock(clock: Clock) -> str:
    """How long somebody has, when they are reminded, and what their silence means."""
    return _("%(days)d working days, reminded after %(warn)d; %(silence)s") % {
        "days": clock.working_days,
        "warn": clock.warn_after,
        "silence": SILENCE[clock.silence],
    }


def said_of_tiers(tiers: tuple[Tier, ...]) -> str:
    """The ceiling of the indirect costs, slice by slice."""
    return "; ".join(_slice(tier) for tier in tiers)


def _slice(tier: Tier) -> str:
    percent = f"{tier.percent.normalize():f}"
    if tier.up_to is None:
        return _("%(percent)s %% of the rest") % {"percent": percent}
    return _("up to %(most)s 万元: %(percent)s %%") % {"most": in_wan(tier.up_to), "percent": percent}


def sentences(rows: ChannelRules) -> Iterator[tuple[str, str]]:
    """Everything a version says, as names and what holds for them; two versions differ where these differ."""
    yield str(_("Ceiling of the indirect costs")), said_of_tiers(rows.tiers)
    for clock in rows.clocks:
        label = str(AdjustmentRoute(clock.route).label)
        yield _("Clock: %(who)s") % {"who": label}, said_of_clock(clock)
    for rule in rows.rules:
        yield rule_name(rule), said_of_rule(rule)
    for row in rows.standings:
        yield standing_name(row), said_of_standing_rule(row)


def differences(before: ChannelRules, after: ChannelRules) -> list[tuple[str, str, str]]:
    """What `after` says otherwise than `before`: the name, what held, what is to hold; "" for what is not there."""
    old, new = dict(sentences(before)), dict(sentences(after))
    names = dict.fromkeys([*old, *new])
    return [(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)]
