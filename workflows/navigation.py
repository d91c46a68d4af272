"""The navigation of the workbench: entries that the rooms register, shown by policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workflows.policies import Policy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Entry:
    """One line of the rail: its group and place in it, label, name of the address, and who sees it.

    stands_for -- names of further addresses whose pages belong to this list although they lie elsewhere: for those
        who see the entry it is marked there, before one that only shares the beginning of the address.
    """

    group: str
    order: int
    label: str | _StrPromise
    url_name: str
    policy: Policy
    stands_for: tuple[str, ...] = ()


GROUPS: tuple[str, ...] = ("waiting", "mine", "organisation", "programme", "projects", "integrity", "site", "system")
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


@dataclass(frozen=True)
class Column:
    """One column of the public site's main navigation."""

    label: str | _StrPromise
    url: str


COLUMNS: list[Callable[[], Iterable[Column]]] = []


def register_columns(source: Callable[[], Iterable[Column]]) -> None:
    """Let `source` give columns of the public navigation; it is asked for each public page and must be cheap."""
    COLUMNS.append(source)


def public_columns() -> list[Column]:
    """The columns of the public site, in the order of registration."""
    return [column for source in COLUMNS for column in source()]
