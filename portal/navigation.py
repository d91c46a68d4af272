"""The rail of the workbench and the columns of the public masthead, as templates show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflows.navigation import Entry, entries_for, public_columns
from workflows.policies import SIGNED_IN

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUP_LABELS: dict[str, str | _StrPromise] = {
    "waiting": _("To do"),
    "mine": _("Mine"),
    "organisation": _("Organisation"),
    "programme": _("Programme"),
    "projects": _("Projects"),
    "integrity": _("Integrity"),
    "site": pgettext_lazy("rail", "Website"),
    "system": _("System"),
}
HOME = Entry("waiting", 0, _("Home"), "home", SIGNED_IN)
INBOX = Entry("waiting", 10, _("Inbox"), "inbox", SIGNED_IN)


@dataclass(frozen=True)
class Link:
    """One line of a navigation; `current` marks the page shown, or the list it belongs to; `count` what waits there."""

    label: str | _StrPromise
    url: str
    current: bool = False
    count: str = ""


@dataclass(frozen=True)
class Group:
    """One heading of the rail with its lines."""

    label: str | _StrPromise
    links: tuple[Link, ...]


def rail(request: HttpRequest) -> list[Group]:
    """The groups of the rail that the asker sees, home first.

    Beside the inbox stands how much waits where the page read it anyway (`request.waiting_count`): no page
    asks for it alone.
    """
    entries = [(entry, reverse(entry.url_name)) for entry in entries_for(request.user)]
    here = _current(request, entries)
    waiting = getattr(request, "waiting_count", "")
    return [
        Group(
            GROUP_LABELS[code],
            tuple(Link(entry.label, url, entry is here, waiting if entry is INBOX else "") for entry, url in rows),
        )
        for code, rows in _grouped(entries).items()
    ]


def _current(request: HttpRequest, entries: list[tuple[Entry, str]]) -> Entry | None:
    """The entry of the page itself, else one that names it (the last), else the nearest by address; home is exact."""
    name = request.resolver_match.url_name if request.resolver_match else None
    exact = [entry for entry, url in entries if url == request.path]
    named = [entry for entry, _url in entries if name in entry.stands_for]
    if exact or named:
        return exact[0] if exact else named[-1]
    inside = [(len(url), entry) for entry, url in entries if entry is not HOME and request.path.startswith(url)]
    return max(inside, key=lambda pair: pair[0])[1] if inside else None


def note_waiting(request: HttpRequest, count: str) -> None:
    """Keep how much waits for the rail of this answer."""
    request.waiting_count = count  # type: ignore[attr-defined]  # read by `rail` alone


def columns(request: HttpRequest) -> list[Link]:
    """The columns of the public site that rooms registered."""
    shown = public_columns()
    here = _nearest(request.path, [column.url for column in shown])
    return [Link(column.label, column.url, column.url == here) for column in shown]


def _grouped(entries: list[tuple[Entry, str]]) -> dict[str, list[tuple[Entry, str]]]:
    groups: dict[str, list[tuple[Entry, str]]] = {}
    for entry, url in entries:
        groups.setdefault(entry.group, []).append((entry, url))
    return groups


def _nearest(path: str, urls: list[str]) -> str:
    inside = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")
