"""Telling people: a message in the workbench and the same words by mail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from workflows.actions import outbox
from workflows.actors import Actor
from workflows.models import Message

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_KEY = 150
LONGEST_TITLE = 200


def tell(
    *, to_users: Iterable[Any], key: str, title: str | _StrPromise, body: str | _StrPromise = "", url: str = ""
) -> list[Message]:
    """Tell each user once per `key`; the messages that are new. Call it inside the unit that causes it.

    title, body -- lazy strings are rendered in the language of each recipient. No secrets: both are mailed.
    """
    with transaction.atomic():
        once = {user.pk: user for user in to_users}.values()
        told = [_tell(user, _key(key, user), title, body, url) for user in once]
    return [message for message in told if message is not None]


def _key(key: str, user: Any) -> str:
    whole = f"{key}:{user.pk}"
    return whole if len(whole) <= LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def _tell(user: Any, key: str, title: str | _StrPromise, body: str | _StrPromise, url: str) -> Message | None:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        words = {"title": str(title)[:LONGEST_TITLE], "body": str(body)}
    message, fresh = Message.objects.get_or_create(key=key, defaults={"to": user, "url": url, **words})
    if not fresh:
        return None
    outbox.queue(kind="mail.send", key=f"mail:{key}", payload={"message": message.pk})
    return message


def read_message(*, message: Message, by: Actor) -> None:
    """Note that the recipient has read it. Not journaled: reading one's own mail changes nothing for others."""
    Message.objects.filter(pk=message.pk, to=by.pk, read_at=None).update(read_at=timezone.now())


def read_all_messages(*, by: Actor) -> int:
    """Note that all messages of `by` are read; how many were not."""
    return Message.objects.filter(to=by.pk, read_at=None).update(read_at=timezone.now())
