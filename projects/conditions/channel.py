"""Conditions of the versions of the rules of the green channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.queries.channel_readiness import gaps
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import ChannelVersion


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
