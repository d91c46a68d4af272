"""What a submitted sheet said before it was changed, version by version, beside what it says now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts.models import Assignment, EarlierSheet, ScoreSheet


@dataclass(frozen=True)
class Line:
    """One answer before and after."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """One change of a sheet: the version that it made, when, and the answers that differ."""

    version: int
    at: dt.datetime
    lines: tuple[Line, ...]


def changes_of(assignment: Assignment, user: Any) -> list[Changed]:
    """The changes of a sheet that `user` may see, the last first; none for who may not: two queries."""
    earlier = list(EarlierSheet.objects.visible_to(user).filter(assignment=assignment).order_by("version"))
    if not earlier:
        return []
    sheet = ScoreSheet.objects.get(assignment=assignment)
    scheme = schemes.read(sheet.questions)
    stages = [(one.version, one.at, one.answers) for one in earlier]
    stages.append((sheet.version, earlier[-1].at, _answers(sheet)))
    found = [
        Changed(version, at, tuple(_lines(scheme, before, after)))
        for (_version, at, before), (version, _at, after) in pairwise(stages)
    ]
    return found[::-1]


def _answers(sheet: ScoreSheet) -> dict[str, Any]:
    names = ("scores", "vetoes", "recommendation", "opinion")
    return {name: getattr(sheet, name) for name in names}


def _lines(scheme: schemes.Scheme, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    """The answers that differ, in the order of the sheet."""
    pairs = (_told(scheme, before), _told(scheme, after))
    for (name, old), (_name, new) in zip(*pairs, strict=True):
        if old != new:
            yield Line(name, old, new)


def _told(scheme: schemes.Scheme, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = {True: _("passes"), False: _("fails")}
    scores, vetoes = answers.get("scores", {}), answers.get("vetoes", {})
    return [
        *((one.name, str(scores.get(one.id, ""))) for one in scheme.criteria),
        *((one.name, words.get(vetoes.get(one.id), "")) for one in scheme.vetoes),
        (_("Recommendation"), scheme.recommended(answers.get("recommendation", ""))),
        (_("Opinion"), str(answers.get("opinion", ""))),
    ]
