"""Loading reference data: regions, focus areas, the published working calendar. Running it again changes nothing."""

from __future__ import annotations

import datetime as dt

import chinese_calendar

from directory.actions.calendar import load_years
from directory.enums import DayKind, RegionLevel
from directory.models import CalendarDay, FocusArea, Region
from directory.reference.focus_areas import AREAS
from directory.reference.regions import REGIONS
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM

SATURDAY = 5
PROVINCE = "150000"


def load_regions() -> int:
    """Create the regions that are missing; how many."""
    made = 0
    with unit():
        for code, name, name_en in REGIONS:
            region, fresh = Region.objects.get_or_create(
                code=code,
                defaults={"name": name, "name_en": name_en, "level": _level(code), "parent": _parent(code)},
            )
            made += fresh
        if made:
            journal.append(action="directory.region.load", subject=region, by=SYSTEM, data={"made": made})
    return made


def load_focus_areas() -> int:
    """Create the focus areas that are missing; how many. What officers changed stays."""
    made = 0
    with unit():
        for order, area in enumerate(AREAS):
            top, fresh = FocusArea.objects.get_or_create(
                code=area.code,
                defaults={"name": area.name, "name_en": area.name_en, "summary": area.summary, "order": order},
            )
            made += fresh
            for place, (code, name, name_en) in enumerate(area.parts):
                _part, fresh = FocusArea.objects.get_or_create(
                    code=code, defaults={"name": name, "name_en": name_en, "parent": top, "order": place}
                )
                made += fresh
        if made:
            journal.append(action="directory.focusarea.load", subject=top, by=SYSTEM, data={"made": made})
    return made


def load_calendar(*, first: int, last: int) -> int:
    """Load the years from `first` to `last` that the published calendar knows; how many were not there yet."""
    known = {year: _exceptions(year) for year in range(first, last + 1) if _published(year)}
    return load_years(years=known, document="国务院办公厅关于节假日安排的通知")


def _level(code: str) -> RegionLevel:
    if code == PROVINCE:
        return RegionLevel.PROVINCE
    return RegionLevel.LEAGUE if code.endswith("00") else RegionLevel.BANNER


def _parent(code: str) -> Region | None:
    if code == PROVINCE:
        return None
    return Region.objects.get(code=PROVINCE if code.endswith("00") else code[:4] + "00")


def _published(year: int) -> bool:
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _exceptions(year: int) -> list[CalendarDay]:
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
    return [made for day in days if day.year == year and (made := _exception(day))]


def _exception(day: dt.date) -> CalendarDay | None:
    works, weekday = chinese_calendar.is_workday(day), day.weekday() < SATURDAY
    if works == weekday:
        return None
    _holiday, name = chinese_calendar.get_holiday_detail(day)
    return CalendarDay(day=day, kind=DayKind.MAKE_UP if works else DayKind.HOLIDAY, name=_named(name))


def _named(english: str | None) -> str:
    """A holiday's Chinese name, by the name that the published calendar gives; empty when there is none."""
    return next((one.chinese for one in chinese_calendar.Holiday if one.value == english), "")
