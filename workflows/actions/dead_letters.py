"""What to do with effects that were given up."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.enums import OutboxState
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import OutboxMessage
from workflows.policies import runs_the_system


def retry_message(*, message: OutboxMessage, by: Actor) -> None:
    """Put a dead letter back into the queue, with all its attempts. Raises NotAllowed, Refused."""
    from workflows.relay import ring

    with unit():
        row = _dead(message, by)
        row.state, row.attempts, row.not_before = OutboxState.WAITING, 0, timezone.now()
        row.save()
        journal.append(action="workflows.outbox.retry", subject=row, by=by, data={"key": digest(row.key)})
        transaction.on_commit(ring)


def drop_message(*, message: OutboxMessage, by: Actor, reason: str) -> None:
    """Give a dead letter up for good, with a reason. Raises NotAllowed, Refused."""
    with unit():
        row = _dead(message, by)
        if not reason.strip():
            raise Refused(Reason("note_required", _("A reason is required."), _("Write why it may be dropped.")))
        row.state, row.last_error = OutboxState.DROPPED, reason.strip()
        row.save()
        data = {"key": digest(row.key), "reason": digest(reason.strip())}
        journal.append(action="workflows.outbox.drop", subject=row, by=by, data=data)


def _dead(message: OutboxMessage, by: Actor) -> OutboxMessage:
    if not runs_the_system(by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    row = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if row.state != OutboxState.DEAD:
        raise Refused(Reason("wrong_state", _("This is no dead letter any more."), _("Look at the present list.")))
    return row
