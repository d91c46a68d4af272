"""Who may: predicates over a record and an actor, read as sentences by the machines."""

from __future__ import annotations

from typing import Any

from directory.enums import Role
from directory.queries.standing import standing


def by_system(_record: Any, actor: Any) -> bool:
    """The system itself: deadlines and consequences."""
    return bool(actor.is_system)


def is_officer(_record: Any, actor: Any) -> bool:
    """A programme officer."""
    return standing(actor).has(Role.PROGRAMME_OFFICER)


def is_officer_or_system(record: Any, actor: Any) -> bool:
    """A programme officer, or the system as a consequence of another room's step."""
    return by_system(record, actor) or is_officer(record, actor)


def is_other_officer(profile: Any, actor: Any) -> bool:
    """A programme officer who does not decide about the own profile."""
    return is_officer(profile, actor) and standing(actor).person_id != profile.person_id


def is_second_officer(fee_sheet: Any, actor: Any) -> bool:
    """A programme officer who neither made the fee sheet nor changed a line of it."""
    if not is_officer(fee_sheet, actor) or actor.pk == fee_sheet.made_by_id:
        return False
    return not fee_sheet.lines.filter(editors=actor.pk).exists()


def is_the_expert(assignment: Any, actor: Any) -> bool:
    """The expert of the assignment, once it was sent."""
    person = standing(actor).person_id
    return person is not None and assignment.invited_at is not None and assignment.expert.person_id == person


def is_owner(profile: Any, actor: Any) -> bool:
    """The person whose profile it is."""
    person = standing(actor).person_id
    return person is not None and profile.person_id == person


def is_chair(meeting: Any, actor: Any) -> bool:
    """The chair of the panel."""
    person = standing(actor).person_id
    return person is not None and bool(meeting.members.filter(expert__person=person, is_chair=True).exists())


def is_officer_or_chair(meeting: Any, actor: Any) -> bool:
    """A programme officer, or the chair of the panel."""
    return is_officer(meeting, actor) or is_chair(meeting, actor)
