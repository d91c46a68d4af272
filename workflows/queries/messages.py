"""Messages of one person."""

from __future__ import annotations

from typing import Any

from django.db import models

from workflows.models import Message


def messages_of(user: Any) -> models.QuerySet[Message]:
    """The messages of `user`, newest first."""
    return Message.objects.filter(to=user)


def unread_count(user: Any) -> int:
    """How many messages `user` has not read."""
    return messages_of(user).filter(read_at=None).count()
