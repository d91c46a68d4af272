"""Handing projects over: from a day on, for good or until a last day; handed back, or taken back before it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects import rules as who
from projects.enums import HandoverState
from projects.models import Handover, Project
from projects.queries.in_charge import in_care
from workflows.actions import journal
from workflows.actions.deadlines import lift_deadline, set_deadline
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Deadline

BEGIN, FINISH = "projects.handover_begin", "projects.handover_finish"
S = HandoverState


@dataclass(frozen=True)
class Handing:
    """What is handed over: keys of projects, to whom, why, the first day, the last one of a deputy (None: for good)."""

    projects: tuple[int, ...]
    receiver: User
    reason: str
    starts_on: dt.date
    ends_on: dt.date | None = None


def hand_over(*, giver: User, handing: Handing, by: User) -> Handover:
    """Hand projects of `giver` over; at once where the first day is today. Both are told.

    NotAllowed for others than the giver and decision makers; Refused with everything that is wrong, and for projects
    that `giver` is not in charge of.
    """
    if not who.may_hand_over(giver, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        projects = list(in_care(giver).filter(pk__in=handing.projects).select_for_update(of=("self",)))
        reasons = _faults(giver, handing, projects)
        if reasons:
            raise Refused(*reasons)
        made = Handover.objects.create(
            giver=giver,
            receiver=handing.receiver,
            starts_on=handing.starts_on,
            ends_on=handing.ends_on,
            reason=handing.reason.strip(),
            made_by=by,
        )
        made.projects.set(projects)
        data = {"giver": giver.pk, "receiver": handing.receiver.pk, "projects": sorted(one.pk for one in projects)}
        journal.append(action="projects.handover.make", subject=made, by=by, data=data | _days(made))
        _tell(made, "make", gettext_lazy("Hand-over of {number} projects: {giver} → {receiver}"), made.reason)
        _start(made, by)
    made.refresh_from_db()
    return made


def hand_back(*, handover: Handover, by: User, note: str = "") -> Handover:
    """End it at once: what the receiver still has of it goes back to the giver. Both are told."""
    with unit():
        with perform(handover, "hand_back", by=by, note=note):
            pass
        lift_deadline(subject=handover, kind=FINISH, by=by)
        _give_back(handover)
        _tell(handover, "back", gettext_lazy("Handed back: {number} projects, {receiver} → {giver}"), note)
    return handover


def cancel_handover(*, handover: Handover, by: User, note: str = "") -> Handover:
    """Take it back before its first day."""
    with unit():
        with perform(handover, "cancel", by=by, note=note):
            pass
        lift_deadline(subject=handover, kind=BEGIN, by=by)
        _tell(handover, "cancel", gettext_lazy("Not handed over: {number} projects, {giver} → {receiver}"), note)
    return handover


def register_clocks() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(BEGIN, on_expire=lambda deadline: _begin(_of(deadline))))
    register(DeadlineKind(FINISH, on_expire=lambda deadline: _finish(_of(deadline))))


def _of(deadline: Deadline) -> Handover:
    found: Handover = Handover.objects.get(pk=deadline.subject_id)
    return found


def _start(handover: Handover, by: User) -> None:
    if handover.starts_on <= timezone.localdate():
        _begin(handover)
    else:
        set_deadline(subject=handover, kind=BEGIN, due_at=_first_moment(handover.starts_on), by=by)


def _begin(handover: Handover) -> None:
    """The first day has come: what the giver still has of it is the receiver's."""
    with unit():
        with perform(handover, "begin", by=SYSTEM):
            pass
        _move(handover, handover.giver, handover.receiver)
        if handover.ends_on is not None:
            after = _first_moment(handover.ends_on + dt.timedelta(days=1))
            set_deadline(subject=handover, kind=FINISH, due_at=after, by=SYSTEM)


def _finish(handover: Handover) -> None:
    """The last day is over."""
    with unit():
        with perform(handover, "finish", by=SYSTEM):
            pass
        _give_back(handover)
        _tell(handover, "finish", gettext_lazy("Back after the time agreed: {number} projects, {receiver} → {giver}"))


def _give_back(handover: Handover) -> None:
    _move(handover, handover.receiver, handover.giver)


def _move(handover: Handover, giver: User, receiver: User) -> None:
    rows = Project.objects.select_for_update(of=("self",)).filter(handovers=handover, officer=giver)
    keys = list(rows.values_list("pk", flat=True))
    Project.objects.filter(pk__in=keys).update(officer=receiver)
    data = {"from": giver.pk, "to": receiver.pk, "projects": sorted(keys)}
    journal.append(action="projects.handover.move", subject=handover, by=SYSTEM, data=data)


def _first_moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _faults(giver: User, handing: Handing, projects: Iterable[Project]) -> list[Reason]:
    found = []
    if not handing.projects:
        found.append(Reason("no_projects", _("No project is chosen."), _("Tick some, or “all”.")))
    elif len(list(projects)) < len(set(handing.projects)):
        text = _("Some of the projects are not in this officer's charge any more.")
        found.append(Reason("foreign_project", text, _("Open the page again and choose.")))
    if handing.receiver.pk == giver.pk or handing.receiver not in holders(Role.PROGRAMME_OFFICER):
        text = _("“To” names nobody who could take them.")
        found.append(Reason("receiver", text, _("Choose another programme officer.")))
    if not handing.reason.strip():
        found.append(Reason("no_reason", _("A reason is required."), _("Write it: both read it.")))
    if handing.starts_on < timezone.localdate():
        found.append(Reason("past", _("“From” lies in the past."), _("Choose today or later.")))
    if handing.ends_on is not None and handing.ends_on < handing.starts_on:
        found.append(Reason("days_order", _("“Last day” lies before “from”."), _("Write a later last day.")))
    return found


def _days(handover: Handover) -> dict[str, Any]:
    return {"starts_on": handover.starts_on, "ends_on": handover.ends_on}


def _tell(handover: Handover, what: str, title: Any, note: str = "") -> None:
    """Tell both."""
    number = handover.projects.count()
    words = format_lazy(title, number=number, giver=str(handover.giver), receiver=str(handover.receiver))
    people = [handover.giver, handover.receiver]
    tell(to_users=people, key=f"handover:{handover.pk}:{what}", title=words, body=note, url=handover.get_absolute_url())
