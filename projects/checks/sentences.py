"""Rules and results in words, built from codes and values so that each reader gets them in their language."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models import Region
from projects.checks.subjects import OF_DIRECTION, SUBJECTS, SubjectRow, ValueKind
from projects.definitions.rules import Comparison, Rule, Subject

WAN = Decimal(10000)
HUNDREDTH = Decimal("0.01")


def sentence(params: dict[str, Any]) -> str:
    """What a check found: the value, what is demanded, what was counted."""
    row = SUBJECTS[Subject(params["code"])]
    heading = _heading(row, params.get("on", ""), params.get("who", ""))
    demand = demand_of(row, Comparison(params["comparison"]), params["limit"])
    if params["value"] is None or params["limit"] == OF_DIRECTION:
        return _("%(what)s: not known, please confirm; required: %(demand)s.") % {"what": heading, "demand": demand}
    text = _("%(what)s: %(value)s; required: %(demand)s.") % {
        "what": heading,
        "value": _shown(row, params["value"]),
        "demand": demand,
    }
    counted = ", ".join(hold["number"] for hold in params.get("holds", ()))
    return text + (" " + _("Counted: %(numbers)s.") % {"numbers": counted} if counted else "")


def rule_in_words(rule: Rule) -> str:
    """What the rule demands, as it stands in a public list of conditions."""
    row = SUBJECTS[rule.subject]
    heading = _heading(row, rule.on if row.dated else "", "")
    return _("%(what)s: %(demand)s") % {
        "what": heading,
        "demand": demand_of(row, rule.comparison, rule.value),
    }


def demand_of(row: SubjectRow, comparison: Comparison, limit: Any) -> str:
    """The demand alone: “at most 60 years”."""
    if comparison is Comparison.IS:
        return _("yes") if limit else _("no")
    shown = _("as the direction says") if limit == OF_DIRECTION else _shown(row, limit)
    patterns = {
        Comparison.AT_MOST: _("at most %(limit)s"),
        Comparison.AT_LEAST: _("at least %(limit)s"),
        Comparison.ONE_OF: _("one of %(limit)s"),
        Comparison.NOT_ONE_OF: _("none of %(limit)s"),
    }
    return patterns[comparison] % {"limit": shown}


def _heading(row: SubjectRow, on: str, who: str) -> str:
    parts = {"what": row.label, "who": who, "day": _day(on)}
    if who:
        return _("%(what)s (%(who)s)") % parts
    return _("%(what)s (on %(day)s)") % parts if on else str(row.label)


def _day(on: str) -> str:
    return date_format(dt.date.fromisoformat(on), "SHORT_DATE_FORMAT") if on else ""


def _shown(row: SubjectRow, value: Any) -> str:
    match row.kind:
        case ValueKind.CODES:
            return _comma().join(row.name_of(code) for code in value)
        case ValueKind.REGIONS:
            return _comma().join(_region_name(code) for code in value)
        case ValueKind.YES:
            return _("yes") if value else _("no")
        case ValueKind.AMOUNT:
            return _("%(amount)s 万元") % {"amount": f"{Decimal(value) / WAN:,.2f}"}
        case ValueKind.RATIO:
            return f"{Decimal(value).quantize(HUNDREDTH, ROUND_DOWN).normalize():f}"
        case ValueKind.NUMBER:
            return f"{value} {row.unit}".strip() if row.unit else str(value)


def _comma() -> str:
    # Translators: stands between the parts of a list
    return _(", ")


def _region_name(code: str) -> str:
    region = Region.objects.filter(code=code.ljust(6, "0")).first()
    return str(region) if region else code
