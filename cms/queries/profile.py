"""The names and numbers of the site beside what was approved and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.models import ProfileChange, SiteProfile
from cms.models.profile import FACTS
from cms.queries.seals import sealed_digests
from cms.sealing import digests_of


@dataclass(frozen=True)
class Fact:
    """One name or number: as it is live, whether that was approved, and what is proposed in its place.

    `differs` compares what is proposed with what was approved: what somebody wrote into the database shows as a
    difference, even if the proposal only copied it.
    """

    label: Any
    live: str
    as_sealed: bool
    proposed: str
    differs: bool


def facts(profile: SiteProfile, change: ProfileChange | None) -> list[Fact]:
    """Every name and number in order; without a change nothing differs. One query."""
    sealed, live = sealed_digests(profile), digests_of(profile)
    proposed = digests_of(change) if change else sealed
    return [
        Fact(
            profile._meta.get_field(name).verbose_name,  # type: ignore[union-attr]  # a field of our own
            getattr(profile, name),
            sealed.get(name) == live[name],
            getattr(change, name) if change else "",
            sealed.get(name) != proposed.get(name),
        )
        for name in FACTS
    ]
