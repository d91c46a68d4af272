"""Previewing rows of the green channel on the changes of budgets decided so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.models import User
from projects import rules as who
from projects.models import ChannelPreview, ChannelVersion, PreviewedCase
from projects.queries.channel_preview import Replayed, decided, replay
from projects.queries.channel_readiness import preview_of
from projects.queries.channel_versions import rows_from
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason

AT_ONCE = 300
"""As many cases are replayed while one waits; more are replayed away from the request."""


def ask_preview(*, version: ChannelVersion, by: User) -> ChannelPreview:
    """Replay all that was decided under the rows as they are written; changes nothing of any case.

    More than `AT_ONCE` cases are replayed by the outbox; one that is under way for the same rows is given back.
    NotAllowed for others than officers and decision makers.
    """
    if not who.is_department(version, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ChannelVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        begun = preview_of(row)
        if begun is not None and begun.done_at is None:
            return begun
        preview = ChannelPreview.objects.create(
            version=row, content=row.content, sha256=digest(row.content), asked_by=by, total=decided().count()
        )
        journal.append(
            action="projects.channelpreview.ask",
            subject=preview,
            by=by,
            data={"version": row.pk, "total": preview.total},
        )
        if preview.total > AT_ONCE:
            key = f"projects.channel_preview:{preview.uid}"
            queue(kind="projects.channel_preview", key=key, payload={"preview": preview.pk})
    if preview.total <= AT_ONCE:
        make_preview(preview=preview)
    return preview


def make_preview(*, preview: ChannelPreview) -> None:
    """Replay all that was decided under the rows of `preview`, telling how far it is; one that is done stays."""
    if preview.done_at is not None:
        return
    sums = Sums()
    with translation.override(settings.LANGUAGE_CODE):  # what is kept of the answers is in the site's language
        for chunk in replay(rows_from(preview.content)):
            sums.add(chunk)
            ChannelPreview.objects.filter(pk=preview.pk).update(done=sums.count)
    _finish(preview, sums)
    preview.refresh_from_db()


class Sums:
    """What a replay adds up: ways then and now, rows then and now, and the cases that change."""

    def __init__(self) -> None:
        self.count = 0
        self.drifted = 0
        self.routes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.rows: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.changed: list[Replayed] = []

    def add(self, chunk: list[Replayed]) -> None:
        """Count the cases of a chunk."""
        for one in chunk:
            self.count += 1
            self.drifted += one.drifted
            self.routes[one.then][one.now] += 1
            for code in one.adjustment.rules:
                self.rows[code][0] += 1
            for code in one.decision.rules:
                self.rows[code][1] += 1
        self.changed += [one for one in chunk if one.now != one.then]


def _finish(preview: ChannelPreview, sums: Sums) -> None:
    with unit():
        locked = ChannelPreview.objects.select_for_update(of=("self",)).get(pk=preview.pk)
        if locked.done_at is not None:
            return
        PreviewedCase.objects.bulk_create((_case(locked, one) for one in sums.changed), batch_size=500)
        for name, value in _found(sums).items():
            setattr(locked, name, value)
        locked.save()


def _found(sums: Sums) -> dict[str, Any]:
    return {
        "total": sums.count,
        "done": sums.count,
        "done_at": timezone.now(),
        "routes": {then: dict(row) for then, row in sums.routes.items()},
        "rows": dict(sums.rows),
        "drifted": sums.drifted,
    }


def _case(preview: ChannelPreview, one: Replayed) -> PreviewedCase:
    return PreviewedCase(
        preview=preview,
        adjustment=one.adjustment,
        then=one.then,
        now=one.now,
        because=one.decision.because,
        drifted=one.drifted,
    )
