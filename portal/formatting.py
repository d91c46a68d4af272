"""Money, counts and instants as people read them, in the language of the page."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

NOTHING = "–"
THIN = "\u202f"  # narrow no-break space: groups of digits never part at the end of a line
YUAN_PER_WAN = 10_000
MIDNIGHT = "24:00"  # how a deadline names the end of its day
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def thin(number: Any) -> str:
    """A count with its thousands set apart by a narrow space; "–" for None."""
    return NOTHING if number is None or number == "" else f"{number:,}".replace(",", THIN)


def wan(yuan: Decimal | float | None) -> str:
    """An amount in yuan shown in 万元 (ten thousand yuan) with two decimals; "–" for None."""
    if yuan is None or yuan == "":
        return NOTHING
    amount = Decimal(str(yuan)) / YUAN_PER_WAN
    return thin(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def wan_unit(yuan: Decimal | float | None) -> str:
    """`wan` with its unit; "–" for None."""
    shown = wan(yuan)
    return shown if shown == NOTHING else _("%(amount)s × 10,000 yuan") % {"amount": shown}


def local(value: dt.datetime) -> dt.datetime:
    """The instant in the time of the site; a naive value is taken as that already."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: dt.date | None) -> str:
    """The whole date: 2026年12月2日."""
    if not value:
        return NOTHING
    return formats.date_format(local(value) if isinstance(value, dt.datetime) else value, "DATE_FORMAT")


def weekday(value: dt.date) -> str:
    """The weekday, short: 周三."""
    return str(WEEKDAYS[value.weekday()])


def moment(value: dt.date | None) -> str:
    """Date, weekday, time and zone, for what binds: 2026年12月2日（周三）17:30 北京时间."""
    if not value:
        return NOTHING
    if not isinstance(value, dt.datetime):
        return pgettext("day and weekday", "%(weekday)s %(day)s") % {"day": day(value), "weekday": weekday(value)}
    instant = local(value)
    return _in_full(instant.date(), f"{instant:%H:%M}")


def until(value: dt.date | None) -> str:
    """A deadline as `moment` shows instants; at midnight it is 24:00 of the day before."""
    if not isinstance(value, dt.datetime):
        return moment(value)
    last, time = last_day(value)
    return _in_full(last, time or MIDNIGHT)


def _in_full(date: dt.date, time: str) -> str:
    words = {"day": day(date), "weekday": weekday(date), "time": time}
    return _("%(weekday)s %(day)s, %(time)s Beijing time") % words


def until_short(value: dt.date | None) -> str:
    """A deadline as `short` shows instants; at midnight it is 24:00 of the day before."""
    if not isinstance(value, dt.datetime):
        return short(value)
    last, time = last_day(value)
    return f"{_month_day(last)} {time or MIDNIGHT}"


def short(value: dt.date | None) -> str:
    """Day and time without the year when it is this year's: 11月18日 16:02."""
    if not value:
        return NOTHING
    if not isinstance(value, dt.datetime):
        return _month_day(value)
    instant = local(value)
    return f"{_month_day(instant)} {instant:%H:%M}"


def _month_day(value: dt.date) -> str:
    this_year = value.year == timezone.localdate().year
    return formats.date_format(value, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT")


def due(value: dt.date | None) -> str:
    """How near a deadline is: 今天 17:30, 明天, 11月26日, 超期 1 天. Midnight counts as the end of the day before."""
    if not value:
        return NOTHING
    last, time = last_day(value)
    left = (last - timezone.localdate()).days
    if is_late(value):
        return _overdue(-left)
    if left == 0:
        return _("today %(time)s") % {"time": time} if time else _("today")
    return _("tomorrow") if left == 1 else _month_day(last)


def _overdue(days: int) -> str:
    if days < 1:
        return _("overdue since today")
    return ngettext("overdue %(count)d day", "overdue %(count)d days", days) % {"count": days}


def last_day(value: dt.date) -> tuple[dt.date, str]:
    """The day on which a deadline falls and its time, "" when it is the end of that day."""
    if not isinstance(value, dt.datetime):
        return value, ""
    instant = local(value)
    if instant.time() == dt.time.min:
        return instant.date() - dt.timedelta(days=1), ""
    return instant.date(), f"{instant:%H:%M}"


def is_late(value: dt.date | None) -> bool:
    """Whether a deadline has passed; a date passes at its end."""
    if not value:
        return False
    if not isinstance(value, dt.datetime):
        return value < timezone.localdate()
    instant = value if timezone.is_aware(value) else timezone.make_aware(value)
    return instant < timezone.now()
