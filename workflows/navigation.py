"""The navigation of the workbench: entries that the rooms register, shown by policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import _StrPromise

from workflows.policies import Policy


@dataclass(frozen=True)
class Entry:
    """One line of the rail: its group and place in it, label, name of the address, and who sees it."""

    group: str
    order: int
    label: str | _StrPromise
    url_name: str
    policy: Policy


GROUPS: tuple[str, ...] = ("waiting", "mine", "organisation", "programme", "projects", "integrity", "system")
ENTRIES: list[Entry] = []


def register(*entries: Entry) -> None:
    """Add entries to the rail. Raises ValueError for a group that the rail does not have."""
    for entry in entries:
        if entry.group not in GROUPS:
            raise ValueError(f"the rail has no group {entry.group}")
        ENTRIES.append(entry)


def entries_for(user: Any) -> list[Entry]:
    """The entries that `user` sees, in order."""
    seen = [entry for entry in ENTRIES if entry.policy.allows(user)]
    return sorted(seen, key=lambda entry: (GROUPS.index(entry.group), entry.order))
