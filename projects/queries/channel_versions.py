"""The versions of the rules of the green channel: those delivered, and those that officers put in force."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone

from projects.channel.rules import ChannelRules, channel_rule_versions
from projects.enums import STANDING_VERSIONS
from projects.models import ChannelVersion
from workflows.digest import canonical

NO_DAY = dt.date.max
"""The day of a draft that names none yet."""


def rows_of(version: ChannelVersion) -> ChannelRules:
    """The rows of a version as the engine reads them. Raises ValueError for what it cannot read."""
    return _read(canonical(version.content), version.valid_from or NO_DAY, version.document)


def rows_from(content: dict[str, Any]) -> ChannelRules:
    """Rows as they are kept with a preview."""
    return _read(canonical(content), NO_DAY, "")


@lru_cache(maxsize=64)
def _read(content: bytes, valid_from: dt.date, document: str) -> ChannelRules:
    return ChannelRules.model_validate({**json.loads(content), "valid_from": valid_from, "document": document})


def content_of(rows: ChannelRules) -> dict[str, Any]:
    """The rows as a version keeps them: without the day and the document."""
    return rows.model_dump(mode="json", exclude={"valid_from", "document"})


def rules_called(name: str) -> ChannelRules:
    """The version that a project keeps under `name`: no query for one delivered. Raises KeyError for one not there."""
    delivered = channel_rule_versions().rows.get(name)
    if delivered is not None:
        return delivered
    found = ChannelVersion.objects.filter(valid_from=name, state__in=STANDING_VERSIONS).first()
    if found is None:
        raise KeyError(name)
    return rows_of(found)


def rules_on(day: dt.date) -> ChannelRules:
    """The version that projects keep that begin on `day`: one query."""
    written = ChannelVersion.objects.filter(valid_from__lte=day, state__in=STANDING_VERSIONS)
    latest = written.order_by("-valid_from").first()
    delivered = channel_rule_versions().in_force(day)
    if latest is None or latest.valid_from is None or delivered.valid_from > latest.valid_from:
        return delivered
    return rows_of(latest)


def rules_today() -> ChannelRules:
    """The version that projects keep that begin today: one query."""
    return rules_on(timezone.localdate())


@dataclass(frozen=True)
class Listed:
    """One line of the list: a version that officers wrote, or one that was delivered; whether it is that of today."""

    rules: ChannelRules
    version: ChannelVersion | None
    is_today: bool


def listed(versions: list[ChannelVersion]) -> list[Listed]:
    """`versions` and those delivered, drafts first, then the latest day first: one query."""
    today = rules_today()
    written = [Listed(rows, one, one.state in STANDING_VERSIONS and rows == today) for one, rows in _both(versions)]
    delivered = [Listed(rows, None, rows == today) for rows in channel_rule_versions().rows.values()]
    return sorted([*written, *delivered], key=lambda one: one.rules.valid_from, reverse=True)


def _both(versions: list[ChannelVersion]) -> list[tuple[ChannelVersion, ChannelRules]]:
    return [(one, rows_of(one)) for one in versions]
