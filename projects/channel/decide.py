"""The answer of the green channel to one case."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.budget import in_wan
from projects.channel.case import Case
from projects.channel.conditions import CONDITIONS
from projects.channel.facts import Facts
from projects.channel.rules import ChannelRules, Rule, StandingRule, channel_rules
from projects.channel.standings import by_standing, said_of_standing
from projects.enums import AdjustmentRoute


@dataclass(frozen=True)
class Decision:
    """Who decides, whether a second signature is asked, the rows and documents that say so, and why in words."""

    route: AdjustmentRoute
    second_signature: bool
    rules: tuple[str, ...]
    documents: tuple[str, ...]
    because: str


def decide(case: Case, rows: ChannelRules | None = None) -> Decision:
    """What the rule rows decide about `case`: of all routes that apply the strictest wins.

    rows -- another version of the rows than the one in force, to see what it would decide.
    What is not refused may go another way because of the organisation; then that row is named first.
    Rows of a route that lets everything through are named only where no stricter row applies.
    """
    rows = rows or channel_rules()
    facts = Facts(case, rows.tiers)
    holding = _holding(facts, rows)
    route = max(
        (rule.route for rule, _why in holding), key=lambda one: one.strictness, default=AdjustmentRoute.RECORDED
    )
    named = [(rule, why) for rule, why in holding if rule.route != AdjustmentRoute.RECORDED or rule.route == route]
    lifted = by_standing(facts, rows, route)
    reasons = dict.fromkeys(why for rule, why in named if rule.route == route)
    route = lifted.becomes if lifted else route
    signature = _second_signature(facts, route)
    sentences = [*reasons, *([said_of_standing(facts, lifted)] if lifted else []), *([signature] if signature else [])]
    return Decision(
        route=route,
        second_signature=bool(signature),
        rules=tuple(dict.fromkeys([*([lifted.code] if lifted else []), *(rule.code for rule, _why in named)])),
        documents=tuple(dict.fromkeys(_documents([rule for rule, _why in named], lifted))),
        because=" ".join(sentences) or _("No rule asks for anybody's consent."),
    )


def _documents(rules: list[Rule], lifted: StandingRule | None) -> list[str]:
    rows: list[Rule | StandingRule] = [*([lifted] if lifted else []), *rules]
    return [number for row in rows for number in row.documents]


def _holding(facts: Facts, rows: ChannelRules) -> list[tuple[Rule, str]]:
    """The rows that apply, the strictest first, each with its sentence."""
    found = [(rule, why) for rule in rows.rules if facts.exceeds(rule.over) and (why := CONDITIONS[rule.code](facts))]
    return sorted(found, key=lambda pair: -pair[0].route.strictness)


def _second_signature(facts: Facts, route: AdjustmentRoute) -> str:
    """Why a second signature is asked; empty where it is not. Only the organisation's own decision takes one."""
    over = facts.policy.second_signature_over
    if route != AdjustmentRoute.ORGANISATION or over is None or facts.moved <= over:
        return ""
    return _("%(moved)s 万元 are moved, more than %(over)s 万元: a second signature is asked.") % {
        "moved": in_wan(facts.moved),
        "over": in_wan(over),
    }
