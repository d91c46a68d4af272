"""The unit of work: one transaction whose journal entries are chained when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from workflows.models import JournalEntry

_pending: ContextVar[list[JournalEntry] | None] = ContextVar("journal_pending", default=None)


@contextmanager
def unit() -> Iterator[list[JournalEntry]]:
    """Open a transaction, or join the one that is open.

    The entries written inside are linked into the chain as the outermost unit ends: the lock on the
    chain's head is taken last and held shortest, so it cannot form a cycle with the locks on rows.
    """
    joined = _pending.get()
    if joined is not None:
        with _inner(joined):
            yield joined
        return
    entries: list[JournalEntry] = []
    token = _pending.set(entries)
    try:
        with transaction.atomic():
            yield entries
            from workflows.actions.journal import link

            link(entries=entries)
    finally:
        _pending.reset(token)


@contextmanager
def _inner(joined: list[JournalEntry]) -> Iterator[None]:
    """A part of the open unit; when it fails, its entries go with its rows."""
    before = len(joined)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del joined[before:]
        raise


def pending() -> list[JournalEntry] | None:
    """The entries of the open unit, or None outside of any."""
    return _pending.get()
