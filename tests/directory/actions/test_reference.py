"""The reference data is whole, and loading it twice changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.actions.reference import load_calendar, load_focus_areas, load_regions
from directory.models import CalendarDay, CalendarYear, FocusArea, Region
from directory.queries.calendar import add_working_days, is_working_day, working_days_between

pytestmark = pytest.mark.django_db


def test_regions_are_one_region_twelve_leagues_and_their_banners() -> None:
    load_regions()
    by_level = {level: Region.objects.filter(level=level).count() for level in ("province", "league", "banner")}
    assert by_level == {"province": 1, "league": 12, "banner": 103}
    assert Region.objects.get(code="150206").parent == Region.objects.get(name="包头市")


def test_loading_twice_changes_nothing() -> None:
    load_regions(), load_focus_areas(), load_calendar(first=2025, last=2026)
    before = Region.objects.count(), FocusArea.objects.count(), CalendarYear.objects.count()
    assert (load_regions(), load_focus_areas(), load_calendar(first=2025, last=2026)) == (0, 0, 0)
    assert (Region.objects.count(), FocusArea.objects.count(), CalendarYear.objects.count()) == before


def test_a_year_that_is_not_published_is_not_made_up() -> None:
    assert load_calendar(first=2099, last=2099) == 0
    assert CalendarYear.objects.count() == 0


def test_working_days_know_holidays_and_make_up_days() -> None:
    load_calendar(first=2026, last=2026)
    assert not is_working_day(dt.date(2026, 10, 1))
    assert CalendarDay.objects.get(day=dt.date(2026, 10, 1)).name == "国庆节"
    assert is_working_day(dt.date(2026, 10, 10))
    assert add_working_days(dt.date(2026, 9, 30), 1) == dt.date(2026, 10, 8)
    assert working_days_between(dt.date(2026, 9, 30), dt.date(2026, 10, 10)) == 3


def test_without_a_published_year_every_weekday_works() -> None:
    assert add_working_days(dt.date(2031, 9, 30), 1) == dt.date(2031, 10, 1)
