"""What this room registers when it is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import MembershipState, Role
from directory.queries.standing import standing


def register() -> None:
    """Called once from `AppConfig.ready`."""
    _verbs()
    _navigation()
    _inbox()
    _clocks()
    _panels()


def _panels() -> None:
    from workflows.panels import Panel, register
    from workflows.policies import Policy

    def is_new(user: Any) -> bool:
        who = standing(user)
        return bool(user.is_authenticated) and not who.member_of and not who.roles

    register(Panel("newcomer", Policy("newcomer", is_new), "directory/newcomer.html", _first_steps, order=5))


def _first_steps(user: Any) -> dict[str, Any]:
    from directory.models import Membership

    person = getattr(user, "person", None)
    asked = Membership.objects.filter(person=person, state=MembershipState.REQUESTED)
    return {"person": person, "asked": asked.select_related("organisation__authority") if person else ()}


def _clocks() -> None:
    from directory.actions.invitations import CLOCK, expire_invitation
    from directory.models import Membership
    from workflows.deadlines import DeadlineKind, register
    from workflows.models import Deadline

    def expire(deadline: Deadline) -> None:
        expire_invitation(membership=Membership.objects.get(pk=deadline.subject_id))

    register(DeadlineKind(CLOCK, on_expire=expire))


def _from_membership(membership: Any, user: Any) -> str:
    """The organisation for those who see it; who has just left it or was only invited goes home."""
    from directory.models import User

    now = User.objects.get(pk=user.pk)  # where the user stood was read before the transition
    sees = type(membership.organisation).objects.visible_to(now).filter(pk=membership.organisation_id)
    url: str = membership.get_absolute_url() if sees.exists() else reverse("home")
    return url


def _verbs() -> None:
    from directory.actions import invitations, members, organisations
    from directory.models import Membership, Organisation
    from workflows.verbs import register as verb

    verb(Organisation, "verify", action=organisations.verify_organisation)
    verb(Organisation, "refuse", action=organisations.refuse_organisation)
    verb(Organisation, "close", action=organisations.close_organisation)
    for name, action in (
        ("accept", invitations.accept_invitation),
        ("decline", invitations.decline_invitation),
        ("renew", invitations.renew_invitation),
        ("withdraw", invitations.withdraw_invitation),
        ("confirm", members.confirm_member),
        ("turn_down", members.turn_down_member),
        ("end", members.end_membership),
    ):
        verb(Membership, name, action=action, back=_from_membership)


def _navigation() -> None:
    from directory.policies import SYSTEM_ADMIN, role_policy
    from workflows.navigation import Entry, register
    from workflows.policies import SIGNED_IN

    staff = role_policy(
        Role.ORGANISATION_ADMIN,
        Role.RECOMMENDING_OFFICER,
        Role.PROGRAMME_OFFICER,
        Role.DECISION_MAKER,
        Role.AUDITOR,
        Role.SYSTEM_ADMIN,
    )
    register(
        Entry("mine", 90, _("My profile"), "profile", SIGNED_IN),
        Entry("organisation", 10, _("Organisations"), "organisations", staff),
        Entry("system", 10, _("Roles"), "roles", SYSTEM_ADMIN),
        Entry("organisation", 15, _("People"), "people", staff),
        Entry("system", 30, _("Reference data"), "reference", SYSTEM_ADMIN),
        Entry("system", 20, _("Working calendar"), "calendar-now", SYSTEM_ADMIN),
    )


def _inbox() -> None:
    from directory.queries.waiting import SOURCES
    from workflows.inbox import register

    for source in SOURCES:
        register(source)
