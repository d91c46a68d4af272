"""What this room registers when it is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.enums import Role


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


def _inbox() -> None:
    from directory.queries.waiting import SOURCES
    from workflows.inbox import register

    for source in SOURCES:
        register(source)
