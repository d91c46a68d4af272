"""Invariants: sentences that are true of the database at every moment. Rooms add theirs in `<room>/invariants.py`.

@invariant("projects.number", "a submitted proposal has a number")
def numbers() -> Iterator[str]: ...   # one line for each violation
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.files.storage import storages
from django.db import models

from workflows.digest import digest
from workflows.enums import DeadlineState, FileState, OutboxState, RouteState
from workflows.files import is_held, place_of
from workflows.machine import MACHINES
from workflows.models import Deadline, OutboxMessage, Route, RouteStep, StateChange, StoredFile
from workflows.queries.journal import verify

Body = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Invariant:
    """One sentence and the query of its violations; `cheap` ones run after every test."""

    code: str
    sentence: str
    violations: Body
    cheap: bool


INVARIANTS: dict[str, Invariant] = {}


def invariant(code: str, sentence: str, *, cheap: bool = True) -> Callable[[Body], Body]:
    """Register the decorated function as the query of what violates `sentence`."""

    def register(body: Body) -> Body:
        if code in INVARIANTS:
            raise ValueError(f"the invariant {code} is registered twice")
        INVARIANTS[code] = Invariant(code, sentence, body, cheap)
        return body

    return register


def violations(*, cheap_only: bool = False) -> Iterator[str]:
    """Every violation of every invariant, each with its sentence."""
    for each in INVARIANTS.values():
        if each.cheap or not cheap_only:
            for what in each.violations():
                yield f"{each.code} ({each.sentence}): {what}"


@invariant("journal.whole", "the chain of the journal has no gap, and its head is its last link")
def journal_whole() -> Iterator[str]:
    fault = verify().fault
    if fault:
        yield str(fault)


@invariant("history.vouched", "every change of state has its journal entry with the digest of its note")
def history_vouched() -> Iterator[str]:
    for change in StateChange.objects.select_related("entry").iterator():
        stated = change.entry.data
        expected = (change.source, change.target, digest(change.note) if change.note else "")
        if (stated.get("from"), stated.get("to"), stated.get("note")) != expected:
            yield str(change)


@invariant("history.present", "the last change of an object ends in the state it is in", cheap=False)
def history_present() -> Iterator[str]:
    for model in MACHINES:
        last = StateChange.objects.filter(
            subject_type=model._meta.label_lower, subject_id=models.OuterRef("pk")
        ).order_by("-at", "-pk")
        rows = model._base_manager.annotate(_last=models.Subquery(last.values("target")[:1]))
        for row in rows.filter(_last__isnull=False).exclude(state=models.F("_last")):
            yield f"{model._meta.label} {row.pk}"


@invariant("outbox.done", "a delivered effect says when; one that is not delivered does not")
def outbox_done() -> Iterator[str]:
    done = models.Q(state=OutboxState.DONE)
    odd = models.Q(done, done_at__isnull=True) | models.Q(~done, done_at__isnull=False)
    yield from map(str, OutboxMessage.objects.filter(odd))


@invariant("outbox.leased", "an effect that is being delivered has a lease that ends")
def outbox_leased() -> Iterator[str]:
    yield from map(str, OutboxMessage.objects.filter(state=OutboxState.LEASED, lease_until__isnull=True))


@invariant("files.bytes", "the bytes of every clean file are there, under their own digest", cheap=False)
def files_bytes() -> Iterator[str]:
    import hashlib

    for file in StoredFile.objects.filter(state=FileState.CLEAN, bytes_gone_at=None).iterator():
        if not storages["private"].exists(place_of(file.sha256)):
            yield f"{file.pk}: no bytes"
            continue
        with storages["private"].open(place_of(file.sha256)) as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                yield f"{file.pk}: other bytes"


@invariant("files.held", "the bytes of a file that something frozen refers to were not given up", cheap=False)
def files_held() -> Iterator[str]:
    given_up = StoredFile.objects.filter(state=FileState.CLEAN, bytes_gone_at__isnull=False)
    yield from (f"{file.pk}: held" for file in given_up.iterator() if file.removed_at is None or is_held(file))


@invariant("routes.one_open", "of one kind and subject at most one route is open, and it has a step under way")
def routes_one_open() -> Iterator[str]:
    running = Route.objects.filter(state=RouteState.OPEN)
    waiting = RouteStep.objects.filter(route=models.OuterRef("pk"), passed_at__isnull=True)
    yield from map(str, running.exclude(models.Exists(waiting)))
    yield from map(str, Route.objects.filter(state=RouteState.APPROVED).filter(models.Exists(waiting)))


@invariant("deadlines.closed", "a deadline that no longer runs says since when")
def deadlines_closed() -> Iterator[str]:
    yield from map(str, Deadline.objects.exclude(state=DeadlineState.RUNNING).filter(closed_at__isnull=True))
