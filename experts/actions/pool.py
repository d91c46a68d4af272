"""The expert pool: applying, keeping the profile, admitting, suspending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.roles import end_role, grant_role
from directory.enums import Role
from directory.models import FocusArea, Person, RoleGrant
from directory.queries.standing import standing
from experts import notices
from experts.actions.kinds import after_edit
from experts.enums import ExpertState, WorkKind
from experts.models import ExpertiseItem, ExpertProfile
from experts.rules import is_owner
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

# Who is not in the pool and may come into it.
ASKED_AGAIN = (ExpertState.CANDIDATE, ExpertState.RETURNED, ExpertState.LEFT)
WRITTEN = (
    "keywords",
    "discipline",
    "discipline_codes",
    "introduction",
    "max_load",
    "max_in_year",
)


@dataclass(frozen=True)
class Expertise:
    """One past title: of a project, paper or patent."""

    title: str
    year: int | None = None
    source: str = ""
    kind: str = WorkKind.PROJECT


@dataclass(frozen=True)
class Profile:
    """What a person says of the own expertise; `expertise` is None where the past titles stay as they are."""

    kinds: Sequence[str]
    discipline: str
    keywords: Sequence[str]
    focus_areas: Sequence[FocusArea] = ()
    introduction: str = ""
    max_load: int = 10
    max_in_year: int | None = None
    discipline_codes: Sequence[str] = ()
    expertise: Sequence[Expertise] | None = None


def apply_to_pool(*, person: Person, profile: Profile, by: Actor) -> ExpertProfile:
    """Ask to be admitted to the pool, or agree to a recommendation; who is in it already edits the profile.

    Raises NotAllowed for others.
    """
    if standing(by).person_id != person.pk:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row, fresh = ExpertProfile.objects.get_or_create(person=person, defaults={"consented_at": timezone.now()})
        if fresh:
            journal.append(action="experts.pool.apply", subject=row, by=by)
        edit_profile(expert=row, profile=profile, by=by)
        if row.state in ASKED_AGAIN:
            with perform(row, "apply", by=by) as locked:
                locked.consented_at = timezone.now()
    return row


def edit_profile(*, expert: ExpertProfile, profile: Profile, by: Actor) -> ExpertProfile:
    """Write the own profile anew. Raises NotAllowed for anybody else.

    Somebody in the pool keeps the kinds that were admitted: added ones wait for an officer, all else counts at once.
    """
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        for name in WRITTEN:
            value = getattr(profile, name)
            setattr(row, name, list(value) if isinstance(value, (list, tuple)) else value)
        row.kinds, row.kinds_asked = after_edit(row, profile.kinds)
        row.save(update_fields=[*WRITTEN, "kinds", "kinds_asked"])
        row.focus_areas.set(profile.focus_areas)
        if profile.expertise is not None:
            _write_expertise(row, profile.expertise)
        facts: dict[str, Any] = {"kinds": row.kinds, "asked": row.kinds_asked, "items": len(profile.expertise or ())}
        journal.append(action="experts.pool.edit", subject=row, by=by, data=facts)
    expert.refresh_from_db()
    return expert


def _write_expertise(row: ExpertProfile, items: Iterable[Expertise]) -> None:
    row.expertise.all().delete()
    wanted = {item.title: item for item in items}
    ExpertiseItem.objects.bulk_create(
        ExpertiseItem(expert=row, title=item.title, year=item.year, source=item.source, kind=item.kind)
        for item in wanted.values()
    )


def admit_expert(*, expert: ExpertProfile, by: Actor, note: str = "") -> ExpertProfile:
    """Admit who applied; the person holds the role of expert from now on."""
    return _admit(expert, "admit", by, note)


def enrol_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Admit a candidate who agreed; the note says who agreed (or where the paper is kept), and when."""
    return _admit(expert, "enrol", by, note)


def _admit(expert: ExpertProfile, name: str, by: Actor, note: str) -> ExpertProfile:
    with unit():
        with perform(expert, name, by=by, note=note) as row:
            row.consented_at = row.consented_at or timezone.now()
        grant_role(person=expert.person, role=Role.EXPERT, by=SYSTEM)
        notices.decided(expert, name, note)
    return expert


def send_back_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Return an application with the reason; the person completes it and applies again."""
    return _step(expert, "send_back", by, note)


def suspend_expert(*, expert: ExpertProfile, by: Actor, note: str, until: dt.date | None = None) -> ExpertProfile:
    """Suspend: no new reviews, and the running ones can neither be read nor submitted.

    until -- the last day of it (Refused when it is over); None for no end.
    """
    if until is not None and until < timezone.localdate():
        raise Refused(Reason("field:until", _("This day has passed."), _("Choose a later day, or none.")))
    with unit():
        with perform(expert, "suspend", by=by, note=note, data={"until": str(until or "")}) as row:
            row.suspended_until = until
        notices.decided(expert, "suspend", note)
    return expert


def readmit_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Lift a suspension."""
    return _step(expert, "readmit", by, note, suspended_until=None)


def end_suspensions() -> int:
    """End the suspensions whose last day has passed, unless a penalty still holds; how many."""
    over = ExpertProfile.objects.filter(state=ExpertState.SUSPENDED, suspended_until__lt=timezone.localdate())
    return sum(_ended(expert) for expert in over)


def _ended(expert: ExpertProfile) -> bool:
    try:
        _step(expert, "end_suspension", SYSTEM, "")
    except Refused:  # a penalty holds, or an officer was faster
        return False
    return True


def decline_pool(*, expert: ExpertProfile, by: Actor, note: str = "") -> ExpertProfile:
    """Say that one does not want to serve."""
    return _step(expert, "decline", by, note)


def leave_pool(*, expert: ExpertProfile, by: Actor, note: str = "") -> ExpertProfile:
    """Leave the pool: nobody draws the person from now on, and the role of expert ends."""
    with unit():
        _step(expert, "leave", by, note)
        for grant in RoleGrant.objects.in_force().filter(person=expert.person_id, role=Role.EXPERT):
            end_role(grant=grant, by=SYSTEM, keep_last=False)
    return expert


def _step(expert: ExpertProfile, name: str, by: Actor, note: str, **facts: Any) -> ExpertProfile:
    with unit():
        with perform(expert, name, by=by, note=note) as row:
            for field, value in facts.items():
                setattr(row, field, value)
        notices.decided(expert, name, note)
    return expert
