"""What a draft of the rules of the green channel still lacks before a second person can look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.channel.faults import faults
from projects.channel.rules import channel_rule_versions
from projects.enums import STANDING_VERSIONS
from projects.models import ChannelPreview, ChannelVersion
from projects.queries.change_words import day_in_words
from projects.queries.channel_versions import content_of, rows_of, rules_called
from workflows.digest import digest
from workflows.errors import Reason


def gaps(version: ChannelVersion) -> list[Reason]:
    """Everything that is missing, each with its mend; empty once it can be proposed and approved."""
    return [*_of_the_day(version), *_of_the_words(version), *faults(rows_of(version)), *_of_the_preview(version)]


def preview_of(version: ChannelVersion) -> ChannelPreview | None:
    """The latest preview of the rows as they are written now, begun or done; None where there is none."""
    return version.previews.filter(sha256=digest(version.content)).first()


def _of_the_day(version: ChannelVersion) -> Iterator[Reason]:
    day = version.valid_from
    if day is None:
        yield Reason("no_day", _("“In force from” is empty."), _("Write the first day on which the rows hold."))
        return
    if day <= timezone.localdate():
        text = _("“In force from” is %(day)s, which has begun.") % {"day": day}
        yield Reason("day_begun", text, _("Choose a later day: nothing changes for what has begun."))
    others = ChannelVersion.objects.filter(valid_from=day, state__in=STANDING_VERSIONS).exclude(pk=version.pk)
    if day.isoformat() in channel_rule_versions().rows or others.exists():
        text = _("Another version is in force from %(day)s.") % {"day": day}
        yield Reason("day_taken", text, _("Choose another day under “in force from”."))


def _of_the_words(version: ChannelVersion) -> Iterator[Reason]:
    if not version.document.strip():
        yield Reason("no_order", _("“Document number” is empty."), _("Write the order that puts the rows in force."))
    if not version.reason.strip():
        yield Reason("no_words", _("“What changes and why” is empty."), _("Say it in a few words: all can read it."))
    if version.content == content_of(rules_called(version.based_on)):
        day = day_in_words(dt.date.fromisoformat(version.based_on))
        text = _("The rows are those of the version from %(day)s.") % {"day": day}
        yield Reason("no_change", text, _("Change a row, or withdraw the draft."))


def _of_the_preview(version: ChannelVersion) -> Iterator[Reason]:
    preview = preview_of(version)
    if preview is None:
        text = _("Nobody has looked at what these rows would have decided.")
        yield Reason("no_preview", text, _("Press “Preview on past cases”, and look at the cases that change."))
    elif preview.done_at is None:
        text = _("The preview on past cases is under way.")
        yield Reason("preview_runs", text, _("Wait until it is done, and look at the cases that change."))
