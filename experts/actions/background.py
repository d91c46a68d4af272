"""What an expert did: past titles, employment and study with their days, and the papers that prove them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from directory.enums import OrganisationState
from directory.models import Organisation
from experts.actions.pool import Expertise
from experts.enums import DOCUMENT, StationKind
from experts.models import ExpertiseItem, ExpertProfile, Station
from experts.rules import is_owner
from workflows.actions import files as gate
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused
from workflows.files import files_of
from workflows.models import StoredFile

MOST_WORKS, MOST_STATIONS, MOST_DOCUMENTS = 200, 50, 20
PAPERS = ("pdf", "jpg", "jpeg", "png")


def add_works(*, expert: ExpertProfile, items: Sequence[Expertise], by: Actor) -> int:
    """Add past titles; those that stand there already stay as they are. How many are new.

    Raises NotAllowed for others; Refused when there would be more than MOST_WORKS.
    """
    with unit():
        row = _own(expert, by)
        there = set(row.expertise.values_list("title", flat=True))
        wanted = {item.title: item for item in items if item.title not in there}
        _room(len(there) + len(wanted), MOST_WORKS)
        ExpertiseItem.objects.bulk_create(
            ExpertiseItem(expert=row, title=one.title, year=one.year, source=one.source, kind=one.kind)
            for one in wanted.values()
        )
        if wanted:
            journal.append(action="experts.pool.work_add", subject=row, by=by, data={"titles": len(wanted)})
    return len(wanted)


def remove_work(*, item: ExpertiseItem, by: Actor) -> None:
    """Take a past title out of the own profile. Raises NotAllowed for others."""
    with unit():
        row, key = _own(item.expert, by), item.pk
        item.delete()
        journal.append(action="experts.pool.work_remove", subject=row, by=by, data={"work": key})


def add_station(
    *,
    expert: ExpertProfile,
    kind: StationKind,
    name: str,
    since: dt.date,
    by: Actor,
    until: dt.date | None = None,
    role: str = "",
) -> Station:
    """Write down where the expert worked or studied; the same twice is one. Days are whole and count on both ends.

    Conflicts are computed from it as soon as an organisation of that name or code is registered.
    Raises NotAllowed for others; Refused when the days are out of order or there are MOST_STATIONS already.
    """
    if until is not None and until < since:
        text = _("The last day lies before the first. Correct one of the two.")
        raise Refused(Reason("field:until", text))
    with unit():
        row = _own(expert, by)
        _room(row.stations.count() + 1, MOST_STATIONS)
        facts = {"until": until, "role": role, "organisation": registered(name)}
        found: Station
        found, fresh = Station.objects.get_or_create(
            expert=row, kind=kind, name=name.strip(), since=since, defaults=facts
        )
        if fresh:
            data = {"station": found.pk, "kind": str(kind), "organisation": found.organisation_id}
            journal.append(action="experts.station.add", subject=row, by=by, data=data)
    return found


def remove_station(*, station: Station, by: Actor) -> None:
    """Take a station back that was written down by mistake. Raises NotAllowed for others."""
    with unit():
        row = _own(station.expert, by)
        data = {"station": station.pk, "kind": station.kind, "organisation": station.organisation_id}
        station.delete()
        journal.append(action="experts.station.remove", subject=row, by=by, data=data)


def registered(name: str) -> Organisation | None:
    """The verified organisation of that full name or credit code."""
    text = name.strip()
    known = Organisation.objects.filter(state=OrganisationState.VERIFIED)
    return (known.filter(name=text) | known.filter(credit_code=text)).first() if text else None


def add_document(*, expert: ExpertProfile, upload: File[Any], by: Actor) -> StoredFile:
    """Take a paper in through the gate. Raises NotAllowed for others; Refused as the gate says, or when full."""
    with unit():
        row = _own(expert, by)
        _room(files_of(row, DOCUMENT).count() + 1, MOST_DOCUMENTS)
        return gate.receive_file(subject=row, purpose=DOCUMENT, upload=upload, by=by, allowed=PAPERS)


def remove_document(*, expert: ExpertProfile, file: StoredFile, by: Actor) -> None:
    """Take a paper back. Raises NotAllowed for others."""
    with unit():
        _own(expert, by)
        gate.remove_file(file=file, by=by)


def _own(expert: ExpertProfile, by: Actor) -> ExpertProfile:
    """The profile, locked; raises NotAllowed unless it is the asker's own."""
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    row: ExpertProfile = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
    return row


def _room(count: int, most: int) -> None:
    if count > most:
        text = _("At most %(most)d can be written down.") % {"most": most}
        raise Refused(Reason("full", text, _("Take something out first.")))
