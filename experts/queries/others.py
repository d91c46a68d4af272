"""What the other experts of a dossier wrote and said, as far as the phase shows it to whom asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts.enums import DONE_ASSIGNMENTS, RUNNING_ROUNDS, Switch
from experts.models import Assignment, Dossier, Remark
from experts.phases import FOR_DEPARTMENT
from experts.queries.phases import open_to, open_to_department, phase_now


@dataclass(frozen=True)
class Other:
    """One submitted sheet of a dossier; None and "" where the phase does not show it. `own` is the asker's.

    changed -- how often it was changed after it was submitted, for its expert and the department; `seat` names it
    """

    label: str
    total: Decimal | None
    recommendation: str
    opinion: str
    own: bool = False
    changed: int = 0
    seat: UUID | None = None


@dataclass(frozen=True)
class Said:
    """One remark of the discussion."""

    label: str
    text: str
    at: dt.datetime
    own: bool = False


@dataclass(frozen=True)
class Together:
    """What is shown beside the own sheet. None: the phase does not show it."""

    sheets: list[Other] | None
    remarks: list[Said] | None
    may_say: bool = False
    may_change: bool = False


def together(assignment: Assignment) -> Together:
    """What the expert of `assignment` may see of the others at its dossier: three queries at most."""
    phase = phase_now(assignment.round)
    on = {what: open_to(assignment, what, phase) for what in Switch}
    labels = _labels(assignment.dossier, named=on[Switch.WHO])
    shows = on[Switch.SCORES] or on[Switch.OPINIONS]
    running = assignment.round.state in RUNNING_ROUNDS
    return Together(
        _sheets(assignment.dossier, labels, on, assignment) if shows else None,
        _remarks(assignment.dossier, labels, assignment) if on[Switch.DISCUSSION] else None,
        may_say=on[Switch.DISCUSSION] and running,
        may_change=on[Switch.CHANGE] and running and assignment.is_done,
    )


def sheets_shown(dossier: Dossier, on: dict[Switch, bool], mine: Assignment | None) -> list[Other] | None:
    """The sheets of a dossier as far as the switches in `on` show them; None where they show neither score nor opinion.

    Two queries at most.
    """
    on = dict.fromkeys(Switch, False) | on
    if not (on[Switch.SCORES] or on[Switch.OPINIONS]):
        return None
    return _sheets(dossier, _labels(dossier, named=on[Switch.WHO]), on, mine)


def told_to_department(dossier: Dossier) -> Together:
    """What the department may see of the sheets and the discussion of a dossier, with the experts' names."""
    if dossier.round is None:
        return Together(None, None)
    on = {what: open_to_department(dossier.round, what) for what in FOR_DEPARTMENT}
    labels = _labels(dossier, named=True)
    shows = on[Switch.SCORES] or on[Switch.OPINIONS]
    return Together(
        _sheets(dossier, labels, on, None, whole=on[Switch.SCORES] and on[Switch.OPINIONS]) if shows else None,
        _remarks(dossier, labels, None) if on[Switch.DISCUSSION] else None,
    )


def _labels(dossier: Dossier, *, named: bool) -> dict[int, str]:
    """By seat: the expert's name, or a number that stays the same for the whole round."""
    rows = dossier.assignments.select_related("expert__person").order_by("pk")
    return {
        row.pk: row.expert.person.name if named else _("expert %(number)d") % {"number": number}
        for number, row in enumerate(rows, 1)
    }


def _sheets(
    dossier: Dossier, labels: dict[int, str], on: dict[Switch, bool], mine: Assignment | None, *, whole: bool = False
) -> list[Other]:
    done = dossier.assignments.filter(state__in=DONE_ASSIGNMENTS).annotate(changes=Count("earlier_sheets"))
    rows = done.select_related("sheet").order_by("pk")
    own = mine.pk if mine else None
    return [
        Other(
            labels[row.pk],
            row.sheet.total if on[Switch.SCORES] else None,
            schemes.read(row.sheet.questions).recommended(row.sheet.recommendation) if on[Switch.SCORES] else "",
            row.sheet.opinion if on[Switch.OPINIONS] else "",
            own=row.pk == own,
            changed=row.changes if whole or row.pk == own else 0,
            seat=row.uid,
        )
        for row in rows
    ]


def _remarks(dossier: Dossier, labels: dict[int, str], mine: Assignment | None) -> list[Said]:
    rows = Remark.objects.filter(assignment__dossier=dossier)
    own = mine.pk if mine else None
    return [Said(labels[row.assignment_id], row.text, row.at, own=row.assignment_id == own) for row in rows]
