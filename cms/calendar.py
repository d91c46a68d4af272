"""Calendar files (RFC 5545) of a call's deadlines."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import Call

FOLD_AT = 75
REMINDERS = ("-P3D", "-P1D")


def calendar_of(call: Call, *, url: str, host: str) -> str:
    """The filing and the recommendation deadline of `call` as events of no length, each with two alarms.

    url -- the full address of the call's page; host -- the domain that makes the identifiers unique.
    """
    deadlines = (
        ("filing", _("Filing ends: %(title)s"), call.filing_deadline),
        ("recommendation", _("Recommendation ends: %(title)s"), call.recommendation_deadline),
    )
    events = [
        line
        for name, text, at in deadlines
        if at is not None
        for line in _event(f"{call.uid}-{name}@{host}", text % {"title": call.title}, at, url)
    ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tala//Calls//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    return "".join(_fold(line) + "\r\n" for line in [*lines, *events, "END:VCALENDAR"])


def _event(uid: str, summary: str, at: dt.datetime, url: str) -> list[str]:
    alarms = [
        line
        for trigger in REMINDERS
        for line in (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escape(summary)}",
            f"TRIGGER:{trigger}",
            "END:VALARM",
        )
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(at)}",
        f"DTEND:{_utc(at)}",
        f"SUMMARY:{_escape(summary)}",
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        *alarms,
        "END:VEVENT",
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
