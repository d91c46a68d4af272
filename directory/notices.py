"""What people are told about organisations and memberships, in their own language, once each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import Membership, Organisation, User
from directory.queries.holders import holders
from workflows.actions.messages import tell
from workflows.actions.outbox import queue
from workflows.machine import machine_of


def tell_verifiers(organisation: Organisation) -> None:
    """Tell those who verify it that an organisation has registered."""
    if organisation.authority_id:
        users = holders(Role.RECOMMENDING_OFFICER, organisation.authority_id)
    else:
        users = holders(Role.SYSTEM_ADMIN)
    _tell(users, organisation, "register", _("An organisation has registered and waits for your verification."))


def tell_members(organisation: Organisation, name: str, *, note: str = "") -> None:
    """Tell the members what became of their organisation, in the words of the machine."""
    users = User.objects.filter(person__memberships__organisation=organisation, is_active=True).distinct()
    _tell(users, organisation, name, machine_of(organisation).transition(name).told, note)


def tell_member(membership: Membership, name: str, *, note: str = "") -> None:
    """Tell the member what became of the membership."""
    user = membership.person.user if membership.person else None
    if user is not None:
        told = machine_of(membership).transition(name).told
        _tell([user], membership.organisation, f"{name}:{membership.pk}:{membership.version}", told, note)


WORDS = {
    "accept": _("A person you invited has accepted."),
    "decline": _("A person you invited has declined."),
    "expire": _("Nobody has answered an invitation in time. You can renew it."),
    "request": _("A person asks to join your organisation."),
}


def tell_administrators(membership: Membership, name: str) -> None:
    """Tell the organisation's administrators what somebody did."""
    users = holders(Role.ORGANISATION_ADMIN, membership.organisation_id)
    _tell(users, membership.organisation, f"{name}:{membership.pk}:{membership.version}", WORDS[name])


def tell_invited(membership: Membership) -> None:
    """Have the invitation mailed to its address; the person may have no account yet."""
    key = f"membership:{membership.pk}:invite:{membership.version}"
    queue(kind="directory.invitation", key=key, payload={"membership": membership.pk})


def _tell(users: Iterable[User], organisation: Organisation, key: str, title: Any, note: str = "") -> None:
    tell(
        to_users=users,
        key=f"organisation:{organisation.pk}:{key}",
        title=title,
        body=f"{organisation.name}\n{note}".strip(),
        url=reverse("organisation", args=[organisation.uid]),
    )
