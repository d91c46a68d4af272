"""Writing the journal: entries inside a unit of work, links as it ends."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from workflows import request_id
from workflows.actions.unit import pending
from workflows.actors import Actor
from workflows.digest import plain
from workflows.models import JournalEntry, JournalHead, JournalLink
from workflows.queries.journal import link_hash


class OutsideUnitError(RuntimeError):
    """A journal entry was written outside of a unit of work: a fault of the program."""


def append(
    *, action: str, subject: models.Model, by: Actor, on_behalf: str = "", data: dict[str, Any] | None = None
) -> JournalEntry:
    """Write one entry about `subject`. Must run inside `unit()`; raises OutsideUnitError otherwise.

    data -- identifiers, states and digests; never a name, a number or a text of a person.
    Raises ValueError for an actor who is nobody (anonymous).
    """
    entries = pending()
    if entries is None:
        raise OutsideUnitError(action)
    entry = JournalEntry.objects.create(
        at=timezone.now(),
        actor=_name(by),
        on_behalf=on_behalf,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        data=plain(data or {}),
        request_id=request_id.current.get(),
    )
    entries.append(entry)
    return entry


def _name(by: Actor) -> str:
    if getattr(by, "is_system", False):
        return "system"
    if by.pk is None:
        raise ValueError("nobody in particular cannot act")
    return f"user:{by.pk}"


def link(*, entries: list[JournalEntry]) -> None:
    """Chain the entries of one unit in the order of writing, under the lock of the chain's head."""
    if not entries:
        return
    JournalHead.objects.get_or_create(pk=1)
    head = JournalHead.objects.select_for_update().get(pk=1)
    links = []
    for entry in entries:
        head.seq += 1
        previous, head.hash = head.hash, link_hash(seq=head.seq, previous=head.hash, entry=entry)
        links.append(JournalLink(seq=head.seq, entry=entry, previous=previous, hash=head.hash))
    JournalLink.objects.bulk_create(links)
    head.save()
