"""Calendar files, read back by the rules of RFC 5545."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from cms.models import HomePage
from tests.factories import cms


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.django_db
def test_both_deadlines_are_events_in_universal_time_with_alarms(home: HomePage, client: Client) -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    cms.call_page(
        code="2027-XT",
        title="稀土，氢能；重点研发, 项目" * 8,
        filing_deadline=dt.datetime(2027, 12, 2, 17, 30, tzinfo=zone),
        recommendation_deadline=dt.datetime(2027, 12, 9, 17, 30, tzinfo=zone),
    )
    response = client.get("/calls/2027-xt/calendar.ics")
    text = response.content.decode()
    lines = unfold(text)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART:20271202T093000Z",
        "DTSTART:20271209T093000Z",
    ]
    assert lines.count("BEGIN:VALARM") == 4
    assert len({line for line in lines if line.startswith("UID:")}) == 2
    assert "重点研发\\, 项目" in next(line for line in lines if line.startswith("SUMMARY"))


@pytest.mark.django_db
def test_a_call_that_is_not_public_has_no_calendar(home: HomePage, client: Client) -> None:
    assert client.get("/calls/2027-xt/calendar.ics").status_code == 404
