"""Which organisations are pilots, and which credit grade they have, on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from projects.channel.case import OrganisationStanding
from projects.enums import GIVEN_STANDINGS, StandingKind
from projects.models import ChannelStanding

SHOWN = 10


def standings_of(organisations: Iterable[int]) -> defaultdict[int, list[ChannelStanding]]:
    """All that organisations were ever given, the first first: one query."""
    found: defaultdict[int, list[ChannelStanding]] = defaultdict(list)
    rows = ChannelStanding.objects.filter(organisation__in=list(organisations), state__in=GIVEN_STANDINGS)
    for row in rows.order_by("valid_from", "pk"):
        found[row.organisation_id].append(row)
    return found


def standing_on(given: Iterable[ChannelStanding], day: dt.date) -> OrganisationStanding | None:
    """What of `given` counts on `day`; of several grades the one that began last. None where nothing does."""
    held = [row for row in given if row.holds_on(day)]
    if not held:
        return None
    grades = [row.grade for row in held if row.kind == StandingKind.GRADE]
    pilot = any(row.kind == StandingKind.PILOT for row in held)
    return OrganisationStanding.model_validate({"pilot": pilot, "grade": grades[-1] if grades else None})


def own_standings(organisations: frozenset[int]) -> list[ChannelStanding]:
    """What organisations were given, the last first: one query, none for nobody's."""
    if not organisations:
        return []
    rows = ChannelStanding.objects.filter(organisation__in=organisations, state__in=GIVEN_STANDINGS)
    return list(rows.select_related("organisation").order_by("-valid_from", "-pk")[:SHOWN])
