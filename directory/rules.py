"""Who may, over organisations, memberships and roles: predicates read as sentences by the machines."""

from __future__ import annotations

from typing import Any

from directory.enums import SCOPED_ROLES, Role
from directory.queries.standing import standing


def by_system(_record: Any, actor: Any) -> bool:
    """The system itself: consequences of another transition."""
    return bool(actor.is_system)


def is_system_admin(_record: Any, actor: Any) -> bool:
    """A system administrator of the department."""
    return standing(actor).has(Role.SYSTEM_ADMIN)


def verifies(organisation: Any, actor: Any) -> bool:
    """A recommending officer of the organisation's authority; without one, a system administrator."""
    if organisation.authority_id is None:
        return is_system_admin(organisation, actor)
    return organisation.authority_id in standing(actor).recommends_for or is_system_admin(organisation, actor)


def administers(organisation: Any, actor: Any) -> bool:
    """An administrator of the organisation."""
    return organisation.pk in standing(actor).admin_of


def runs(membership: Any, actor: Any) -> bool:
    """An administrator of the organisation that the membership is in."""
    return membership.organisation_id in standing(actor).admin_of


def is_invited(membership: Any, actor: Any) -> bool:
    """The person whom the invitation was sent to: the account has the invited address."""
    return bool(membership.invited_email) and membership.invited_email.lower() == getattr(actor, "email", "").lower()


def leaves_or_runs(membership: Any, actor: Any) -> bool:
    """The member, or an administrator of the organisation."""
    person = standing(actor).person_id
    return (person is not None and membership.person_id == person) or runs(membership, actor)


def may_look(person: Any, actor: Any) -> bool:
    """Who may read encrypted data of a person: the person, those who vouch for it, those who check it.

    Administrators of an organisation that the person belongs to, programme officers (age and identity are checked
    in the formal check), integrity officers. Others who see the person see masks.
    """
    who = standing(actor)
    if who.person_id is not None and who.person_id == person.pk:
        return True
    if who.has(Role.PROGRAMME_OFFICER, Role.INTEGRITY_OFFICER):
        return True
    return bool(
        who.admin_of and person.memberships.filter(organisation_id__in=who.admin_of, state__in=["active"]).exists()
    )


def may_grant(role: str, organisation_id: int | None, actor: Any) -> bool:
    """System administrators grant every role; administrators of an organisation appoint administrators of it."""
    if is_system_admin(None, actor) or getattr(actor, "is_system", False):
        return True
    return role == Role.ORGANISATION_ADMIN and organisation_id in standing(actor).admin_of


def needs_scope(role: str) -> bool:
    """Whether the role means nothing without an organisation."""
    return role in SCOPED_ROLES
