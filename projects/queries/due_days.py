"""Days by which something is due, as instants for the inbox: the midnight after them in the department's zone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Func
from django.utils import timezone

MINUTE = 60


class EndOfDay(Func):
    """The end of a day given as a date."""

    output_field = DateTimeField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By the zone's own rules."""
        template = f"((%(expressions)s + 1)::timestamp AT TIME ZONE '{settings.TIME_ZONE}')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Without zones: by the offset of today, in UTC as instants are kept."""
        offset = timezone.localtime().utcoffset()
        minutes = int(offset.total_seconds() // MINUTE) if offset else 0
        template = f"datetime(%(expressions)s, '+1 day', '{-minutes:+d} minutes')"
        return self.as_sql(compiler, connection, template=template, **context)
