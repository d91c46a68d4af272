"""What widens or narrows the green channel because of the organisation: pilots, and credit grades."""

from __future__ import annotations

from django.utils.translation import gettext as _

from projects.channel.case import OrganisationStanding
from projects.channel.facts import Facts
from projects.channel.rules import ChannelRules, StandingRule
from projects.enums import AdjustmentRoute


def by_standing(facts: Facts, rows: ChannelRules, route: AdjustmentRoute) -> StandingRule | None:
    """The row that sends what would go by `route` another way; None where there is none, and for what is refused.

    Of several the strictest counts where one narrows, else the mildest.
    """
    standing = facts.case.standing
    if standing is None or route == AdjustmentRoute.REFUSED:
        return None
    found = [row for row in rows.standings if row.route == route and _holds(row, facts, standing)]
    narrow = [row for row in found if row.narrows]
    if narrow:
        return max(narrow, key=lambda row: row.becomes.strictness)
    return min(found, key=lambda row: row.becomes.strictness, default=None)


def said_of_standing(facts: Facts, row: StandingRule) -> str:
    """Why it goes another way, in words."""
    standing = facts.case.standing or OrganisationStanding()
    who = _pilot_and_grade(standing, row)
    if row.narrows:
        text = _("%(who)s; what the rows leave to “%(route)s” goes to “%(becomes)s”.")
    else:
        text = _("%(who)s; instead of “%(route)s” it is “%(becomes)s”.")
    return text % {"who": who, "route": row.route.label, "becomes": row.becomes.label}


def _pilot_and_grade(standing: OrganisationStanding, row: StandingRule) -> str:
    if row.pilot and row.grades:
        return _("The organisation is a pilot with credit grade %(grade)s") % {"grade": standing.grade}
    if row.pilot:
        return _("The organisation is a pilot")
    return _("The organisation has credit grade %(grade)s") % {"grade": standing.grade}


def _holds(row: StandingRule, facts: Facts, standing: OrganisationStanding) -> bool:
    if row.pilot and not standing.pilot:
        return False
    if row.grades and standing.grade not in row.grades:
        return False
    return row.most is None or not facts.exceeds(row.most)
