"""Giving organisations pilot status or a credit grade for a time: proposed by one, approved by another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.models import Organisation, User
from directory.queries.holders import holders
from projects import rules as who
from projects.enums import StandingKind, StandingState
from projects.models import ChannelStanding
from workflows.actions import journal
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused


@dataclass(frozen=True)
class Wanted:
    """What an organisation shall be given: the days are of the department's calendar, `valid_to` the last one."""

    kind: str
    grade: str
    valid_from: dt.date
    valid_to: dt.date | None
    document: str
    reason: str


def propose_standing(*, organisation: Organisation, wanted: Wanted, by: User) -> ChannelStanding:
    """Propose pilot status or a grade; nothing counts before another person approves.

    NotAllowed for others than programme officers and integrity officers; Refused with everything that is wrong, and
    while another one of its kind waits.
    """
    if not who.proposes_standing(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        reasons = _faults(organisation, wanted)
        if reasons:
            raise Refused(*reasons)
        made = ChannelStanding.objects.create(organisation=organisation, proposed_by=by, **vars(wanted))
        journal.append(action="projects.channelstanding.propose", subject=made, by=by, data=_kept(made))
    return made


def grant_standing(*, standing: ChannelStanding, by: User, note: str = "") -> ChannelStanding:
    """Let it count from its day on, for what is asked from then; its organisation is told."""
    with unit():
        with perform(standing, "grant", by=by, note=note, data=_kept(standing)) as row:
            row.approved_by_id = by.pk
        _tell(standing, "grant", gettext_lazy("{organisation}: {what} from {day}"), standing.reason)
    return standing


def refuse_standing(*, standing: ChannelStanding, by: User, note: str) -> ChannelStanding:
    """Leave the organisation as it is, with the reason."""
    with perform(standing, "refuse_standing", by=by, note=note):
        pass
    return standing


def withdraw_standing(*, standing: ChannelStanding, by: User, note: str = "") -> ChannelStanding:
    """Take back one's own proposal."""
    with perform(standing, "withdraw_standing", by=by, note=note):
        pass
    return standing


def end_standing(*, standing: ChannelStanding, by: User, note: str) -> ChannelStanding:
    """Let it count no more from today on, with the reason; its organisation is told."""
    with unit():
        with perform(standing, "end_standing", by=by, note=note, data=_kept(standing)):
            pass
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        ChannelStanding.objects.filter(pk=standing.pk).update(valid_to=yesterday)
        standing.refresh_from_db()
        _tell(standing, "end", gettext_lazy("{organisation}: {what} ends"), note)
    return standing


def _faults(organisation: Organisation, wanted: Wanted) -> list[Reason]:
    found = []
    if wanted.kind == StandingKind.GRADE and not wanted.grade:
        found.append(Reason("no_grade", _("“Credit grade” is empty."), _("Choose a grade from A to D.")))
    if wanted.kind == StandingKind.PILOT and wanted.grade:
        found.append(Reason("grade_of_pilot", _("A pilot has no grade of its own."), _("Give the grade apart.")))
    if wanted.valid_to and wanted.valid_to < wanted.valid_from:
        found.append(Reason("days_order", _("“Last day” lies before “from”."), _("Write a later last day.")))
    if wanted.valid_from < timezone.localdate():
        text = _("“From” lies in the past.")
        found.append(Reason("past", text, _("Choose today or later: what was asked before stays decided.")))
    for name, text in (("document", _("“Document number” is empty.")), ("reason", _("A reason is required."))):
        if not getattr(wanted, name).strip():
            found.append(Reason(f"no_{name}", text, _("Write it: the organisation reads it.")))
    waiting = ChannelStanding.objects.filter(organisation=organisation, kind=wanted.kind, state=StandingState.PROPOSED)
    if waiting.exists():
        text = _("Another one of this organisation waits for approval.")
        found.append(Reason("waits", text, _("Decide that one first.")))
    return found


def _kept(standing: ChannelStanding) -> dict[str, Any]:
    names = ("kind", "grade", "valid_from", "valid_to", "document")
    return {"organisation": standing.organisation_id, **{name: getattr(standing, name) for name in names}}


def _tell(standing: ChannelStanding, what: str, title: Any, body: str) -> None:
    words = format_lazy(title, organisation=standing.organisation.name, what=standing.what, day=standing.valid_from)
    people = holders(Role.ORGANISATION_ADMIN, standing.organisation_id)
    tell(to_users=people, key=f"standing:{standing.pk}:{what}", title=words, body=body, url=reverse("adjustments"))
