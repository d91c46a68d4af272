"""Where the taking of a list of experts stands."""

from __future__ import annotations

from experts.models import PoolList
from workflows.enums import OutboxState
from workflows.models import OutboxMessage


def work_key(pool_list: PoolList) -> str:
    """The key of the present attempt to take a list in the outbox."""
    moment = pool_list.asked_at.isoformat() if pool_list.asked_at else ""
    return f"experts.list.take:{pool_list.uid}:{moment}"


def is_given_up(pool_list: PoolList) -> bool:
    """Whether a list that was confirmed and not taken is worked at by nobody, now or later: one query."""
    row = OutboxMessage.objects.filter(key=work_key(pool_list)).values_list("state", flat=True).first()
    return row not in (OutboxState.WAITING, OutboxState.LEASED)
