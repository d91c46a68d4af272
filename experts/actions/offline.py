"""Taking over what an expert filled in without a network, row by row, each by the one way a sheet is saved."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experts.actions.sheet import Answers, save_score_sheet
from experts.models import Assignment
from workflows.actors import Actor
from workflows.errors import Reason, Refused
from workflows.gate.child import inspect
from workflows.gate.reasons import reason

MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """What became of one row: saved, or refused with the reasons."""

    title: str
    reasons: Sequence[Reason] = ()


def check_workbook(*, data: bytes) -> None:
    """Pass the file through the gate of uploads, in a child process. Raises Refused; the file is not kept."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        code = inspect(Path(file.name), "xlsx")
    if code:
        raise Refused(reason(code))


def take_over(*, assignment: Assignment, typed: dict[str, Any], expected_version: int, by: Actor) -> Taken:
    """Save one row over the version that the preview showed; what was saved since stands and is told."""
    answers = Answers(typed["scores"], typed["vetoes"], typed["recommendation"], typed["opinion"])
    try:
        save_score_sheet(assignment=assignment, answers=answers, expected_version=expected_version, by=by)
    except Refused as refused:
        return Taken(assignment.shown_title, refused.reasons)
    return Taken(assignment.shown_title)
