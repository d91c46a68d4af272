"""What this room registers when it is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from directory.enums import MembershipState, OrganisationState, Role
from directory.queries.standing import standing
from workflows.inbox import Source, Waiting


def register() -> None:
    """Called once from `AppConfig.ready`."""
    _verbs()
    _navigation()
    _inbox()


def _verbs() -> None:
    from directory.actions import members, organisations
    from directory.models import Membership, Organisation
    from workflows.verbs import register as verb

    verb(Organisation, "verify", action=organisations.verify_organisation)
    verb(Organisation, "refuse", action=organisations.refuse_organisation)
    verb(Organisation, "close", action=organisations.close_organisation)
    verb(Membership, "accept", action=members.accept_invitation)
    verb(Membership, "decline", action=members.decline_invitation)
    verb(Membership, "confirm", action=members.confirm_member)
    verb(Membership, "turn_down", action=members.turn_down_member)
    verb(Membership, "end", action=members.end_membership)


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
        Entry("system", 20, _("Working calendar"), "calendar-now", SYSTEM_ADMIN),
    )


def _to_verify(user: Any) -> QuerySet[Any]:
    from directory.models import Organisation

    rows = Organisation.objects.filter(state=OrganisationState.REGISTERED)
    who = standing(user)
    if who.has(Role.SYSTEM_ADMIN):
        return rows.filter(authority=None) | rows.filter(authority_id__in=who.recommends_for)
    return rows.filter(authority_id__in=who.recommends_for)


def _requests(user: Any) -> QuerySet[Any]:
    from directory.models import Membership

    rows = Membership.objects.filter(state=MembershipState.REQUESTED, organisation_id__in=standing(user).admin_of)
    return rows.select_related("person", "organisation")


def _invitations(user: Any) -> QuerySet[Any]:
    from directory.models import Membership

    rows = Membership.objects.filter(state=MembershipState.INVITED, invited_email__iexact=user.email)
    return rows.select_related("organisation")


def _inbox() -> None:
    from django.urls import reverse

    from workflows.inbox import register

    def verify(user: Any, limit: int) -> list[Waiting]:
        return [
            Waiting(one.name, say("Registered, waits for your verification"), one.get_absolute_url(), None, _("verify"))
            for one in _to_verify(user)[:limit]
        ]

    def confirm(user: Any, limit: int) -> list[Waiting]:
        return [
            Waiting(
                one.person.name,
                say("Asks to join %(name)s") % {"name": one.organisation.name},
                one.get_absolute_url(),
                None,
                _("confirm"),
            )
            for one in _requests(user)[:limit]
        ]

    def answer(user: Any, limit: int) -> list[Waiting]:
        return [
            Waiting(
                one.organisation.name,
                say("Invites you to join it"),
                reverse("membership-invitation", args=[one.token]),
                None,
                _("invitation"),
            )
            for one in _invitations(user)[:limit]
        ]

    def verifies(user: Any) -> bool:
        return standing(user).has(Role.SYSTEM_ADMIN, Role.RECOMMENDING_OFFICER)

    register(Source("organisations_to_verify", verifies, verify, lambda user: _to_verify(user).count()))
    register(
        Source(
            "membership_requests",
            lambda user: bool(standing(user).admin_of),
            confirm,
            lambda user: _requests(user).count(),
        )
    )
    register(
        Source(
            "membership_invitations",
            lambda user: bool(user.is_authenticated),
            answer,
            lambda user: _invitations(user).count(),
        )
    )
