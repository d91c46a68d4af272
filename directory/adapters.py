"""How django-allauth meets our accounts."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession

from directory.actions.sessions import end_sessions


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's own behaviour; kept as the one place to change it."""


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions end by our own action, which journals them."""

    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        """End sessions of one account, in the name of its owner."""
        if sessions:
            end_sessions(sessions=sessions, by=sessions[0].user)
