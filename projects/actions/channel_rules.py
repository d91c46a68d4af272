"""Versions of the rules of the green channel: drafted, approved by a second person, in force from a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import User
from projects import rules as who
from projects.channel.faults import doubled, faults
from projects.enums import ChannelVersionState
from projects.models import ChannelVersion
from projects.queries.channel_versions import content_of, rows_from, rules_called
from workflows.actions import journal
from workflows.actions.deadlines import lift_deadline, set_deadline
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.deadlines import DeadlineKind, register
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale
from workflows.models import Deadline

KIND = "projects.channel_rules"
S = ChannelVersionState


@dataclass(frozen=True)
class Written:
    """What an officer writes: the day and the order, what changes and why, and the rows as plain data."""

    valid_from: dt.date | None
    document: str
    reason: str
    content: dict[str, Any]


def draft_rules(*, name: str, by: User) -> ChannelVersion:
    """A new draft with the rows of the version called `name`.

    Raises NotAllowed for others than officers, KeyError where there is no such version.
    """
    _officers_only(by)
    rows = rules_called(name)
    with unit():
        version = ChannelVersion.objects.create(based_on=name, content=content_of(rows), drafted_by=by)
        journal.append(action="projects.channelversion.draft", subject=version, by=by, data={"from": name})
    return version


def edit_rules(*, version: ChannelVersion, written: Written, expected_version: int, by: User) -> ChannelVersion:
    """Write the rows of a draft; what is missing (day, order, preview) may be filled in later.

    NotAllowed for others than officers; Stale when somebody saved meanwhile; Refused when it is no draft, with every
    row that cannot stand.
    """
    _officers_only(by)
    with unit():
        row = ChannelVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        _check_open(row, expected_version)
        _check_rows(written.content)
        row.content = content_of(rows_from(written.content))
        row.valid_from, row.document, row.reason = written.valid_from, written.document, written.reason
        row.version += 1
        row.save()
        data = {"rows": digest(row.content), "valid_from": row.valid_from, "document": row.document}
        journal.append(action="projects.channelversion.edit", subject=row, by=by, data=data)
    version.refresh_from_db()
    return version


def propose_rules(*, version: ChannelVersion, by: User, note: str = "") -> ChannelVersion:
    """Hand a complete draft, previewed as it stands, to a second person."""
    with perform(version, "propose", by=by, note=note, data={"rows": digest(version.content)}):
        pass
    return version


def return_rules(*, version: ChannelVersion, by: User, note: str) -> ChannelVersion:
    """Back to who drafted it, with the reason."""
    with perform(version, "return_rules", by=by, note=note):
        pass
    _tell(version, "return", gettext_lazy("Returned: rules of budget changes {order}"), note)
    return version


def approve_rules(*, version: ChannelVersion, by: User, note: str = "") -> ChannelVersion:
    """Let the rows be in force from their day on, for projects that begin from then on; by another person."""
    with unit():
        with perform(version, "approve", by=by, note=note, data=_kept(version)) as row:
            row.approved_by_id = by.pk
        begins = _first_moment(version)
        set_deadline(subject=version, kind=KIND, due_at=begins, by=by)
        _tell(version, "approve", gettext_lazy("Approved: rules of budget changes {order}"), note)
    return version


def withdraw_rules(*, version: ChannelVersion, by: User, note: str = "") -> ChannelVersion:
    """Give up a draft or a proposal."""
    with perform(version, "withdraw", by=by, note=note):
        pass
    return version


def call_off_rules(*, version: ChannelVersion, by: User, note: str) -> ChannelVersion:
    """Keep an approved version from coming into force; no project has begun under it yet."""
    with unit():
        with perform(version, "call_off", by=by, note=note, data=_kept(version)):
            pass
        lift_deadline(subject=version, kind=KIND, by=by)
        _tell(version, "call_off", gettext_lazy("Called off: rules of budget changes {order}"), note)
    return version


def begin_rules(*, version: ChannelVersion) -> None:
    """Its day has come: it is in force, and the versions before it are followed by it."""
    with unit():
        for earlier in ChannelVersion.objects.filter(state=S.IN_FORCE, valid_from__lt=version.valid_from):
            with perform(earlier, "retire", by=SYSTEM):
                pass
        if version.state == S.APPROVED:
            with perform(version, "begin", by=SYSTEM):
                pass


def register_clock() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(KIND, on_expire=_begin))


def _begin(deadline: Deadline) -> None:
    begin_rules(version=ChannelVersion.objects.get(pk=deadline.subject_id))


def _officers_only(by: Actor) -> None:
    if not who.is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))


def _check_open(row: ChannelVersion, expected_version: int) -> None:
    if row.state != S.DRAFT:
        raise Refused(Reason("wrong_state", _("Only a draft is edited."), _("Look at the version.")))
    if row.version != expected_version:
        text = _("Somebody else saved this draft since you opened it.")
        raise Stale(Reason("stale", text, _("Look at the draft in another window, then send again what you typed.")))


def _check_rows(content: dict[str, Any]) -> None:
    """Refuse rows that cannot stand, all of them at once."""
    twice = doubled([(row["code"], row["over"]) for row in content["rules"]])
    reasons = twice or faults(rows_from(content))
    if reasons:
        raise Refused(*reasons)


def _kept(version: ChannelVersion) -> dict[str, Any]:
    return {"rows": digest(version.content), "valid_from": version.valid_from, "document": version.document}


def _first_moment(version: ChannelVersion) -> dt.datetime:
    if version.valid_from is None:
        raise ValueError("a version without a day is not approved")
    return timezone.make_aware(dt.datetime.combine(version.valid_from, dt.time.min))


def _tell(version: ChannelVersion, what: str, title: Any, note: str) -> None:
    """Tell who drafted it."""
    key = f"channel_rules:{version.pk}:{version.version}:{what}"
    words = format_lazy(title, order=version.document)
    tell(to_users=[version.drafted_by], key=key, title=words, body=note, url=version.get_absolute_url())
