"""What an uploaded workbook would change, row by row, compared with what is saved now. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts import sheets
from experts.enums import WRITING_ASSIGNMENTS
from experts.models import Assignment, ScoreSheet
from experts.offline.columns import Column, columns, verdicts
from experts.offline.reading import Cell, FilledRow
from experts.offline.workbook import answer_of
from experts.queries.desk import own_reviews
from experts.queries.opinions import other_opinions
from experts.scheme import points
from workflows.errors import Reason

LONGEST_OPINION = 5000


@dataclass(frozen=True)
class Fault:
    """Why a cell or a row cannot be taken: where, what, and the mend."""

    where: str
    reason: Reason


@dataclass(frozen=True)
class Change:
    """One answer that would change, in words; `base` is what is saved now."""

    label: str
    base: str
    typed: str


@dataclass(frozen=True)
class Line:
    """What happens to one row.

    faults   -- why it is refused; then nothing of the row is written
    conflict -- the sheet was saved since the workbook was made: it is written only when the expert says so
    lacking  -- what the sheet would lack after it is written
    typed    -- the answers as {field: value} for saving, `version` the one that stands now
    """

    where: str
    title: str
    uid: UUID | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    conflict: bool = False
    lacking: tuple[Reason, ...] = ()
    version: int = 0
    typed: dict[str, Any] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Whether there is something to be written."""
        return bool(self.changes) and not self.faults


def preview(rows: Sequence[FilledRow], user: Any) -> list[Line]:
    """One line per row. A seat of somebody else looks like one that is not there."""
    wanted = [row.uid for row in rows if row.uid is not None]
    twice = {uid for uid, count in Counter(wanted).items() if count > 1}
    seats = {one.uid: one for one in own_reviews(user).filter(uid__in=wanted)}
    return [_line(row, seats.get(row.uid) if row.uid else None, twice=row.uid in twice) for row in rows]


def _line(row: FilledRow, seat: Assignment | None, *, twice: bool) -> Line:
    refused = _row_fault(row, seat, twice=twice)
    if refused is not None or seat is None:
        told = (Fault(row.where, refused),) if refused else ()
        return Line(row.where, seat.shown_title if seat else row.title, faults=told)
    sheet = getattr(seat, "sheet", None) or ScoreSheet(assignment=seat)
    scheme = schemes.read(seat.round.scheme)
    typed, faults = _typed(row, columns(scheme))
    changes = tuple(_changes(sheet, typed, columns(scheme)))
    after = ScoreSheet(assignment=seat, **typed)
    return Line(
        row.where,
        seat.shown_title,
        seat.uid,
        changes,
        tuple(faults),
        conflict=bool(changes) and row.version != sheet.version,
        lacking=tuple(sheets.missing(scheme, after, other_opinions(seat))) if changes and not faults else (),
        version=sheet.version,
        typed=typed,
    )


def _row_fault(row: FilledRow, seat: Assignment | None, *, twice: bool) -> Reason | None:
    if seat is None:
        return Reason("not_yours", _("This row names no dossier of yours."), _("Do not change the first column."))
    if twice:
        return Reason("twice", _("This dossier stands in two rows."), _("Delete one of them."))
    if row.title != seat.shown_title:
        text = _("The title does not belong to this row: “%(title)s”.") % {"title": row.title}
        return Reason("moved", text, _("Rows were moved in part; download the workbook again."))
    if seat.state not in WRITING_ASSIGNMENTS:
        return Reason(
            "not_open", _("This sheet is not open for writing: %(state)s.") % {"state": seat.get_state_display()}
        )
    if row.version is None:
        return Reason("no_version", _("The version in the second column cannot be read."), _("Download it again."))
    return None


def _typed(row: FilledRow, asked: list[Column]) -> tuple[dict[str, Any], list[Fault]]:
    typed: dict[str, Any] = {"scores": {}, "vetoes": {}, "opinion": "", "recommendation": ""}
    faults: list[Fault] = []
    for one in asked:
        cell = row.cells.get(one.id)
        reason = _cell_fault(one, cell)
        if cell is None or reason is not None:
            faults.append(Fault(cell.where if cell else row.where, reason or _gone(one)))
        elif cell.text:
            _put(typed, one, cell.text)
    return typed, faults


def _gone(one: Column) -> Reason:
    return Reason("column_gone", _("The column “%(head)s” is gone.") % {"head": one.head}, _("Download it again."))


def _cell_fault(one: Column, cell: Cell | None) -> Reason | None:
    if cell is None:
        return _gone(one)
    return _content_fault(one, cell) if cell.text else None


def _content_fault(one: Column, cell: Cell) -> Reason | None:
    if cell.formula:
        return Reason("formula", _("A formula stands here."), _("Type the value itself."))
    if one.most is not None and points(cell.text, one.most) is None:
        text = _("“%(text)s” are no points.") % {"text": cell.text[:40]}
        mend = _("Give 0 to %(most)s points.") % {"most": f"{one.most.normalize():f}"}
        return Reason("points", text, mend)
    if one.choices and cell.text not in one.choices:
        text = _("“%(text)s” cannot be chosen.") % {"text": cell.text[:40]}
        return Reason("choice", text, _("Choose one of: %(choices)s.") % {"choices": " / ".join(one.choices)})
    if one.id == "opinion" and len(cell.text) > LONGEST_OPINION:
        text = _("The opinion has %(count)d characters.") % {"count": len(cell.text)}
        return Reason("too_long", text, _("Shorten it to %(most)d.") % {"most": LONGEST_OPINION})
    return None


def _put(typed: dict[str, Any], one: Column, text: str) -> None:
    kind, _mark, name = one.id.partition("_")
    if kind == "score":
        typed["scores"][name] = text
    elif kind == "veto":
        typed["vetoes"][name] = text == verdicts()[0]
    elif one.id == "opinion":
        typed["opinion"] = text
    else:
        typed["recommendation"] = text[:1] if text in one.choices else ""


def _changes(sheet: ScoreSheet, typed: dict[str, Any], asked: list[Column]) -> list[Change]:
    after = ScoreSheet(**typed)
    pairs = [(one, answer_of(sheet, one), answer_of(after, one)) for one in asked]
    return [Change(one.head, base, new) for one, base, new in pairs if not _same(one, base, new)]


def _same(one: Column, base: str, new: str) -> bool:
    if one.most is not None and base and new:
        return points(base, one.most) == points(new, one.most)
    return base.strip() == new.strip()
