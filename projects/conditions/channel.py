"""Conditions of the versions of the rules of the green channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.queries.channel_readiness import gaps
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import ChannelStanding, ChannelVersion


def rules_are_ready(version: ChannelVersion) -> list[Reason]:
    """The rows are complete, and somebody has looked at what they would have decided."""
    return gaps(version)


def day_has_not_come(version: ChannelVersion) -> Reason | None:
    """The version is not in force yet."""
    if version.valid_from is None or version.valid_from > timezone.localdate():
        return None
    return Reason(
        "day_begun",
        _("Projects have been able to begin under it since its day came."),
        _("Write a later version that follows it."),
    )


def standing_still_holds(given: ChannelStanding) -> Reason | None:
    """It has not ended by its own date."""
    if given.valid_to is None or given.valid_to >= timezone.localdate():
        return None
    return Reason("ended", _("It has ended by its own date."), _("Nothing has to be done."))
