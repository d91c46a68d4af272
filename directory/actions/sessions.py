"""Sessions: the places where an account is signed in, ended by their owner."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from directory.models import User
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason


def end_sessions(*, sessions: Sequence[UserSession], by: User) -> None:
    """Sign `sessions` out; each is out with its next request.

    The journal keeps which rows were ended, not the keys. Raises NotAllowed for somebody else's.
    """
    if any(session.user_id != by.pk for session in sessions):
        raise NotAllowed(Reason("not_own", _("This session belongs to somebody else.")))
    with unit():
        for session in sessions:
            journal.append(action="directory.session.end", subject=by, by=by, data={"session": session.pk})
            session.end()
