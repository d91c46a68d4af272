"""What an expert reads: the dossier without what is kept away, refused where a conflict stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from experts.conflicts import conflicts_of, told_to_expert
from experts.enums import DONE_ASSIGNMENTS, AssignmentState, Switch
from experts.models import Assignment, Dossier
from experts.queries.kept_away import names_kept_away
from experts.queries.naming import mask
from experts.queries.panel_access import open_to_panel
from experts.queries.phases import open_to
from workflows.errors import Refused
from workflows.models import StoredFile

READABLE = (AssignmentState.ACCEPTED, AssignmentState.SCORING, *DONE_ASSIGNMENTS)


@dataclass(frozen=True)
class Part:
    """One labelled piece of a section: paragraphs, or a table with its heads."""

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Section:
    """One section of a dossier as it is shown."""

    title: str
    parts: tuple[Part, ...] = field(default=())


def may_read(assignment: Assignment) -> bool:
    """Whether the dossier is open to its expert: accepted, being scored, submitted."""
    return assignment.state in READABLE


def reads_file(user: Any, file: StoredFile) -> bool:
    """Whether a dossier that names the upload is open to `user`: as its expert without a conflict, or in a panel."""
    about = {"subject_type": file.subject_type, "subject_id": str(file.subject_id)}
    if any(_names(one, file) for one in open_to_panel(user, Dossier.objects.filter(**about))):
        return True
    rows = Assignment.objects.own(user).filter(
        state__in=READABLE, dossier__subject_type=file.subject_type, dossier__subject_id=str(file.subject_id)
    )
    return any(
        _names(one.dossier, file) and not conflicts_of(one)
        for one in rows.select_related("dossier", "round", "expert__person")
    )


def holds_file(file: StoredFile) -> bool:
    """Whether any dossier names the upload: what was handed in stays whole."""
    rows = Dossier.objects.filter(subject_type=file.subject_type, subject_id=str(file.subject_id))
    contents = rows.values_list("content", flat=True)
    return any(str(file.uid) == str(one.get("uid")) for content in contents for one in content.get("files", ()))


def _names(dossier: Dossier, file: StoredFile) -> bool:
    return str(file.uid) in {str(one.get("uid")) for one in dossier.content.get("files", ()) if not one.get("copy")}


def dossier_for(assignment: Assignment) -> list[Section]:
    """The sections of the dossier. Raises Refused, without names, when a conflict stands."""
    reasons = told_to_expert(conflicts_of(assignment))
    if reasons:
        raise Refused(*reasons)
    return sections(assignment.dossier)


def sections(dossier: Dossier) -> list[Section]:
    """The content of a dossier in reading order; each section has a text, or labelled fields."""
    hidden = mask(dossier)
    shown = [hidden.section(number, one) for number, one in enumerate(dossier.content.get("sections", ()))]
    return [Section(str(one.get("title", "")), tuple(_parts(one))) for one in shown]


def _parts(section: dict[str, Any]) -> Iterator[Part]:
    if section.get("text"):
        yield Part("", str(section["text"]))
    for one in section.get("fields", ()):
        yield _part(str(one.get("label", "")), one.get("value"), one.get("columns", ()))


def _part(label: str, value: Any, columns: Any) -> Part:
    if not isinstance(value, list):
        return Part(label, "" if value is None else str(value))
    if not columns:
        return Part(label, "\n".join(str(item) for item in value))
    heads = tuple(str(name) for _key, name in columns)
    rows = tuple(tuple(str(row.get(key, "") or "") for key, _name in columns) for row in value if isinstance(row, dict))
    return Part(label, "", heads, rows)


def names_shown(assignment: Assignment) -> dict[str, list[str]] | None:
    """The names of team and organisations; None in a blind round, unless its phase opens them to this expert."""
    if assignment.round.blind and not open_to(assignment, Switch.NAMES):
        return None
    found = names_kept_away([assignment.dossier])
    return {kind: sorted(names.values()) for kind, names in found.items()}
