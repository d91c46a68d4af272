"""Calendar files of a call's deadlines."""

from __future__ import annotations

from django.utils.translation import gettext as _

from projects.models import Call
from workflows.ics import Event, calendar_file

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
        Event(f"{call.uid}-{name}@{host}", text % {"title": call.title}, at, url, REMINDERS)
        for name, text, at in deadlines
        if at is not None
    ]
    return calendar_file(events, product="Calls")
