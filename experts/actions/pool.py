"""The expert pool: applying, keeping the profile, admitting, suspending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.actions.roles import grant_role
from directory.enums import Role
from directory.models import FocusArea, Person
from directory.queries.standing import standing
from experts.enums import ExpertState
from experts.models import ExpertiseItem, ExpertProfile
from experts.rules import is_owner
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason


@dataclass(frozen=True)
class Expertise:
    """One past title: of a project, paper or patent."""

    title: str
    year: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Profile:
    """What a person says of the own expertise."""

    kinds: Sequence[str]
    discipline: str
    keywords: Sequence[str]
    focus_areas: Sequence[FocusArea] = ()
    introduction: str = ""
    max_load: int = 10
    expertise: Sequence[Expertise] = ()


def apply_to_pool(*, person: Person, profile: Profile, by: Actor) -> ExpertProfile:
    """Ask to be admitted to the pool. Applying again edits the profile; a candidate of a published list applies by it.

    Raises NotAllowed for others.
    """
    if standing(by).person_id != person.pk:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row, fresh = ExpertProfile.objects.get_or_create(person=person)
        if fresh:
            journal.append(action="experts.pool.apply", subject=row, by=by)
        elif row.state == ExpertState.CANDIDATE:
            with perform(row, "apply", by=by):
                pass
        return edit_profile(expert=row, profile=profile, by=by)


def edit_profile(*, expert: ExpertProfile, profile: Profile, by: Actor) -> ExpertProfile:
    """Write the own profile anew. Raises NotAllowed for anybody else."""
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        row.kinds, row.keywords = list(profile.kinds), list(profile.keywords)
        row.discipline, row.introduction = profile.discipline, profile.introduction
        row.max_load = profile.max_load
        row.save(update_fields=["kinds", "keywords", "discipline", "introduction", "max_load"])
        row.focus_areas.set(profile.focus_areas)
        _write_expertise(row, profile.expertise)
        facts: dict[str, Any] = {"kinds": row.kinds, "items": len(profile.expertise)}
        journal.append(action="experts.pool.edit", subject=row, by=by, data=facts)
    expert.refresh_from_db()
    return expert


def _write_expertise(row: ExpertProfile, items: Iterable[Expertise]) -> None:
    row.expertise.all().delete()
    wanted = {item.title: item for item in items}
    ExpertiseItem.objects.bulk_create(
        ExpertiseItem(expert=row, title=item.title, year=item.year, source=item.source) for item in wanted.values()
    )


def admit_expert(*, expert: ExpertProfile, by: Actor, note: str = "") -> ExpertProfile:
    """Admit to the pool; the person holds the role of expert from now on."""
    with unit():
        with perform(expert, "admit", by=by, note=note):
            pass
        grant_role(person=expert.person, role=Role.EXPERT, by=SYSTEM)
    return expert


def enrol_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Admit somebody known from a published list who agreed; `note` says who agreed (or whose organisation), and when.

    The person holds the role of expert from now on.
    """
    with unit():
        with perform(expert, "enrol", by=by, note=note):
            pass
        grant_role(person=expert.person, role=Role.EXPERT, by=SYSTEM)
    return expert


def suspend_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Suspend: no new reviews, and the running ones can neither be read nor submitted."""
    with perform(expert, "suspend", by=by, note=note):
        pass
    return expert


def readmit_expert(*, expert: ExpertProfile, by: Actor, note: str) -> ExpertProfile:
    """Lift a suspension."""
    with perform(expert, "readmit", by=by, note=note):
        pass
    return expert
