"""Readers: one per subject. Each gives the readings that its rule is to be compared with.

No reading means that the rule does not concern this case; a reading of None means that the value is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from directory.enums import OrganisationKind, OrganisationState
from projects.checks.context import Context, Hold
from projects.checks.subjects import OF_DIRECTION
from projects.definitions.rules import Rule, Subject

MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Reading:
    """A value as read; `limit` where the direction gives it instead of the rule."""

    value: Any
    subject: str = ""
    limit: Any = None
    holds: tuple[Hold, ...] = ()


Reader = Callable[[Context, Rule], list[Reading]]


def years_between(first: dt.date, last: dt.date) -> int:
    """Full years from `first` to `last`."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _age(case: Context, rule: Rule) -> list[Reading]:
    return [Reading(case.person.age_on(case.day(rule.on)))]


def _title(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading([case.person.title])]


def _degree(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading([case.person.degree])]


def _title_or_degree(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading([case.person.title, case.person.degree])]


def _leading(case: Context, rule: Rule) -> list[Reading]:
    held = tuple(hold for hold in case.held_by(case.person.pk, rule.on) if hold.leading)
    return [Reading(len(held) + 1, holds=held)]


def _total(case: Context, rule: Rule) -> list[Reading]:
    held = tuple(case.held_by(case.person.pk, rule.on))
    return [Reading(len(held) + 1, holds=held)]


def _member_total(case: Context, rule: Rule) -> list[Reading]:
    return [
        Reading(len(held) + 1, member.name, holds=tuple(held)) if held is not None else Reading(None, member.name)
        for member in case.team
        if member.key and member.person_id != case.person.pk
        for held in [None if member.person_id is None else case.held_by(member.person_id, rule.on)]
    ]


def _kind(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading([case.organisation.kind] if case.organisation and case.organisation.kind else None)]


def _registered_for(case: Context, rule: Rule) -> list[Reading]:
    founded = case.organisation.founded_on if case.organisation else None
    return [Reading(years_between(founded, case.day(rule.on)) if founded else None)]


def _region(case: Context, _rule: Rule) -> list[Reading]:
    region = case.organisation.region if case.organisation else None
    return [Reading([region.code] if region else None)]


def _verified(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading(case.organisation.state == OrganisationState.VERIFIED if case.organisation else None)]


def _own_ratio(case: Context, rule: Rule) -> list[Reading]:
    proposal = case.proposal
    if proposal is None or proposal.organisation.kind != OrganisationKind.ENTERPRISE:
        return []
    limit = _of_direction(case, rule, "own_ratio")
    if limit == 0:
        return []
    ratio = (proposal.own / proposal.requested).quantize(MILLIONTH, ROUND_DOWN) if proposal.requested else None
    return [Reading(ratio, limit=limit)]


def _most_amount(case: Context, rule: Rule) -> list[Reading]:
    if case.proposal is None:
        return []
    limit = _of_direction(case, rule, "most_amount")
    if rule.value == OF_DIRECTION and case.proposal.direction_id is not None and limit is None:
        return []
    return [Reading(case.proposal.requested, limit=limit)]


def _of_direction(case: Context, rule: Rule, name: str) -> Any:
    """The direction's own limit, None when the rule has one itself or the proposal has no direction."""
    direction = case.proposal.direction if case.proposal else None
    return getattr(direction, name) if rule.value == OF_DIRECTION and direction else None


def _team_size(case: Context, _rule: Rule) -> list[Reading]:
    if case.proposal is None:
        return []
    others = [member for member in case.team if member.person_id != case.person.pk]
    return [Reading(len(others) + 1)]


def _overdue(case: Context, _rule: Rule) -> list[Reading]:
    return [Reading(len(case.late), holds=case.late)]


READERS: dict[Subject, Reader] = {
    Subject.APPLICANT_AGE: _age,
    Subject.APPLICANT_TITLE: _title,
    Subject.APPLICANT_DEGREE: _degree,
    Subject.APPLICANT_TITLE_OR_DEGREE: _title_or_degree,
    Subject.APPLICANT_LEADING: _leading,
    Subject.APPLICANT_TOTAL: _total,
    Subject.MEMBER_TOTAL: _member_total,
    Subject.ORGANISATION_KIND: _kind,
    Subject.ORGANISATION_AGE: _registered_for,
    Subject.ORGANISATION_REGION: _region,
    Subject.ORGANISATION_VERIFIED: _verified,
    Subject.OWN_RATIO: _own_ratio,
    Subject.MOST_AMOUNT: _most_amount,
    Subject.TEAM_SIZE: _team_size,
    Subject.OVERDUE_ACCEPTANCES: _overdue,
}
