"""The one way in which anything changes state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale
from workflows.machine import Transition, machine_of
from workflows.models import StateChange
from workflows.models.stateful import Stateful

S = TypeVar("S", bound=Stateful)


@contextmanager
def perform(
    subject: S,
    name: str,
    *,
    by: Actor,
    note: str = "",
    expected_version: int | None = None,
    on_behalf: str = "",
    data: dict[str, Any] | None = None,
) -> Iterator[S]:
    """Take the transition `name`. The body changes what goes with it, on the locked row it is given.

    In order: transaction, row lock, standing right (NotAllowed), version (Stale), state (Refused), the
    body, note and conditions (Refused, all reasons at once, over the row as the body left it), the machine,
    save, history, journal. An exception undoes everything. The caller's own object is refreshed at the end.
    """
    row = machine_of(subject).transition(name)
    with unit():
        locked = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        _admit(locked, row, by=by, expected_version=expected_version)
        source = locked.state  # type: ignore[attr-defined]
        yield locked
        _check(_note_refusals(row, note) + row.refusals(locked))
        getattr(locked, f"fsm_{name}")()
        locked.version += 1
        locked.state_since = timezone.now()
        locked.save()
        _record(locked, row, source, by=by, note=note, on_behalf=on_behalf, data=data or {})
    subject.refresh_from_db()


def _admit(locked: Stateful, row: Transition, *, by: Actor, expected_version: int | None) -> None:
    if not row.allows(locked, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if expected_version is not None and locked.version != expected_version:
        raise Stale(
            Reason(
                "stale",
                _("Somebody else changed this record since you opened it."),
                _("Look at the present record and decide again."),
            )
        )
    _check(state_refusals(locked, row))


def _note_refusals(row: Transition, note: str) -> list[Reason]:
    if row.note != "required" or note.strip():
        return []
    return [Reason("note_required", _("A reason is required."), _("Write what has to be said and send again."))]


def state_refusals(subject: models.Model, row: Transition) -> list[Reason]:
    """The refusal because of the present state, if any."""
    state = subject.state  # type: ignore[attr-defined]
    if state in row.sources:
        return []
    label = machine_of(subject).state(state).label
    return [
        Reason(
            "wrong_state",
            _("This cannot be done now: the record is “%(state)s”.") % {"state": label},
            _("Look at the present record."),
        )
    ]


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(*reasons)


def _record(
    locked: Stateful,
    row: Transition,
    source: str,
    *,
    by: Actor,
    note: str,
    on_behalf: str,
    data: dict[str, Any],
) -> None:
    target: str = locked.state  # type: ignore[attr-defined]
    entry = journal.append(
        action=f"{locked._meta.label_lower}.{row.name}",
        subject=locked,
        by=by,
        on_behalf=on_behalf,
        data={
            "from": source,
            "to": target,
            "version": locked.version,
            "note": digest(note) if note else "",
            **data,
        },
    )
    StateChange.objects.create(
        subject_type=locked._meta.label_lower,
        subject_id=locked.pk,
        transition=row.name,
        source=source,
        target=target,
        by_id=by.pk,
        note=note,
        at=entry.at,
        entry=entry,
    )
