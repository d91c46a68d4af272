"""Calendar files (RFC 5545): events of no length, with alarms, in lines that every calendar takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

FOLD_AT = 75


@dataclass(frozen=True)
class Event:
    """One date: `uid` is the same whenever the same date is told again; `alarms` are durations before it ("-P1D").

    at -- an instant, or a date for a whole day.
    """

    uid: str
    summary: str
    at: dt.datetime | dt.date
    url: str
    alarms: Sequence[str] = ()


def calendar_file(events: Iterable[Event], *, product: str, name: str = "") -> str:
    """The text of a calendar with these events; `name` is what calendar programs call it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Tala//{product}//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines.append(f"X-WR-CALNAME:{_escape(name)}")
    inside = [line for event in events for line in _event(event)]
    return "".join(_fold(line) + "\r\n" for line in [*lines, *inside, "END:VCALENDAR"])


def _event(event: Event) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_utc(timezone.now())}",
        *_times(event.at),
        f"SUMMARY:{_escape(event.summary)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        *(line for trigger in event.alarms for line in _alarm(event.summary, trigger)),
        "END:VEVENT",
    ]


def _times(at: dt.datetime | dt.date) -> list[str]:
    if isinstance(at, dt.datetime):
        return [f"DTSTART:{_utc(at)}", f"DTEND:{_utc(at)}"]
    return [f"DTSTART;VALUE=DATE:{at:%Y%m%d}", f"DTEND;VALUE=DATE:{at + dt.timedelta(days=1):%Y%m%d}"]


def _alarm(summary: str, trigger: str) -> list[str]:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escape(summary)}",
        f"TRIGGER:{trigger}",
        "END:VALARM",
    ]


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _fold(line: str) -> str:
    """Lines of at most 75 octets, continued after a space; a character is never cut."""
    parts: list[str] = []
    current = ""
    for char in line:
        if len((current + char).encode()) > (FOLD_AT if not parts else FOLD_AT - 1):
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])
