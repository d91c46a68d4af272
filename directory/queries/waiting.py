"""What waits in the directory: organisations to verify, people who ask to join, invitations to answer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import MembershipState, Role
from directory.models import Membership, Organisation
from directory.queries.standing import holds, standing
from workflows.inbox import Row, Source, Waiting


def _to_verify(user: Any) -> QuerySet[Organisation]:
    return Organisation.objects.all().to_verify(user)


def _verify(row: Row) -> Waiting:
    why = _("Registered, waits for your verification")
    return Waiting(row.title, why, reverse("organisation", args=[row.uid]), row.due, _("verify"))


def _requests(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(state=MembershipState.REQUESTED, organisation_id__in=standing(user).admin_of)


def _confirm(row: Row) -> Waiting:
    why = _("Asks to join %(name)s") % {"name": row.about}
    return Waiting(row.title, why, reverse("organisation", args=[row.uid]), row.due, _("confirm"))


def _invitations(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(state=MembershipState.INVITED, invited_email__iexact=user.email)


def _answer(row: Row) -> Waiting:
    why = _("Invites you to join it")
    return Waiting(row.title, why, reverse("membership-invitation", args=[row.key]), row.due, _("invitation"))


SOURCES = (
    Source(
        "organisations_to_verify",
        holds(Role.SYSTEM_ADMIN, Role.RECOMMENDING_OFFICER),
        _to_verify,
        _verify,
        title="name",
    ),
    Source(
        "membership_requests",
        lambda user: bool(standing(user).admin_of),
        _requests,
        _confirm,
        title="person__name",
        key="organisation__uid",
        about="organisation__name",
    ),
    Source(
        "membership_invitations",
        lambda user: bool(user.is_authenticated),
        _invitations,
        _answer,
        title="organisation__name",
        key="token",
        due="open_until",
    ),
)
