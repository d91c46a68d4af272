"""Template filters of the way: limits of a proposal, names of budget categories and team roles."""

from __future__ import annotations

from decimal import Decimal

from django import template

from projects import equipment
from projects.budget import LABELS, in_wan
from projects.enums import ParticipantRole
from projects.queries import limits

register = template.Library()

register.filter("organisation_limit", limits.organisation_limit)
register.filter("equipment_cost", equipment.cost)
register.filter("equipment_total", equipment.listed)
register.filter("recommendation_limit", limits.recommendation_limit)


@register.filter
def category(code: str) -> str:
    """The name of a budget category; the code itself where it is not known any more."""
    return str(LABELS.get(code, code))


@register.filter
def team_role(code: str) -> str:
    """The name of a role in a team."""
    return str(ParticipantRole(code).label) if code in ParticipantRole.values else code


@register.filter
def wan_plain(amount: Decimal) -> str:
    """Yuan as 万元 the way it is typed: no grouping, no zeros beyond what is needed."""
    return in_wan(amount)


@register.filter
def wan_signed(amount: Decimal) -> str:
    """A change in 万元 with its sign."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{in_wan(abs(amount))}"
