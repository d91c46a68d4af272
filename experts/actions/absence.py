"""Periods in which an expert takes no reviews."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from experts.models import Absence, ExpertProfile
from experts.rules import is_owner
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

MOST_ABSENCES = 50


def add_absence(*, expert: ExpertProfile, since: dt.date, until: dt.date, by: Actor, note: str = "") -> Absence:
    """Write a period away down, both days included; the same one twice is one. Raises NotAllowed; Refused."""
    _own(expert, by)
    if until < since:
        text = _("The last day lies before the first. Correct one of the two.")
        raise Refused(Reason("field:until", text))
    with unit():
        row = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        if row.absences.count() >= MOST_ABSENCES:
            raise Refused(Reason("full", _("Too many periods are written down."), _("Take old ones back first.")))
        facts = {"note": note}
        absence: Absence
        absence, fresh = Absence.objects.get_or_create(expert=row, since=since, until=until, defaults=facts)
        if fresh:
            data = {"since": since.isoformat(), "until": until.isoformat()}
            journal.append(action="experts.absence.add", subject=row, by=by, data=data)
    return absence


def remove_absence(*, absence: Absence, by: Actor) -> None:
    """Take a period back. Raises NotAllowed for others."""
    _own(absence.expert, by)
    with unit():
        data = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
        expert = absence.expert
        absence.delete()
        journal.append(action="experts.absence.remove", subject=expert, by=by, data=data)


def _own(expert: ExpertProfile, by: Actor) -> None:
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
