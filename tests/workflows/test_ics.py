from __future__ import annotations

import datetime as dt

import time_machine

from workflows.ics import Event, calendar_file

WHEN = dt.datetime(2027, 3, 1, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@time_machine.travel("2027-01-02T03:04:05Z", tick=False)
def test_an_instant_is_told_in_universal_time_and_a_day_as_a_whole_day() -> None:
    events = (
        Event("a@x", "申报, 截止", WHEN, "https://x/a", ("-P1D",)),
        Event("b@x", "到期", WHEN.date(), "https://x/b"),
    )
    assert calendar_file(events, product="Dates", name="我的日程").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tala//Dates//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:我的日程",
        "BEGIN:VEVENT",
        "UID:a@x",
        "DTSTAMP:20270102T030405Z",
        "DTSTART:20270301T093000Z",
        "DTEND:20270301T093000Z",
        "SUMMARY:申报\\, 截止",
        "URL:https://x/a",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:申报\\, 截止",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:b@x",
        "DTSTAMP:20270102T030405Z",
        "DTSTART;VALUE=DATE:20270301",
        "DTEND;VALUE=DATE:20270302",
        "SUMMARY:到期",
        "URL:https://x/b",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
