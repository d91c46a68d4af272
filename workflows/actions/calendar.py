"""Opening and closing the private address of a person's dates."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.models import CalendarFeed

BYTES = 32


def open_feed(*, user: Any) -> str:
    """The secret part of a new address; the former one leads nowhere from now on."""
    token = secrets.token_urlsafe(BYTES)
    with unit():
        feed, _new = CalendarFeed.objects.update_or_create(user=user, defaults={"digest": digest_of(token)})
        journal.append(action="workflows.calendar.open", subject=feed, by=user)
    return token


def close_feed(*, user: Any) -> None:
    """The address leads nowhere from now on; closed twice it is closed."""
    with unit():
        for feed in CalendarFeed.objects.select_for_update(of=("self",)).filter(user=user):
            journal.append(action="workflows.calendar.close", subject=feed, by=user)
            feed.delete()


def digest_of(token: str) -> str:
    """What is kept of the secret part."""
    return hashlib.sha256(token.encode()).hexdigest()
