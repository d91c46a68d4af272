"""Periodic jobs of this room."""

from __future__ import annotations

from experts.actions.assignment import expire_overdue
from workflows.schedule import every


@every(minutes=5)
def expire_overdue_reviews() -> None:
    """Seats whose scores were due and are not submitted become free."""
    expire_overdue()
