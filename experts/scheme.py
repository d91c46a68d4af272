"""The scoring scheme of a round as the rest of the room reads it.

Its frozen form: {"criteria": [{"id", "name", "guidance", "weight", "max"}], "veto": [{"id", "name"}],
"recommendation": bool, "advice": {"A" … "D": str}, "min_opinion_length": int, "extremes": {"low", "high", "length"},
"checks": {"placeholder", "pasted", "all_equal"}}. The weights add to 100. `extremes` are in percent of the full points;
without them nothing more is asked at top and bottom. Each check is one of "refuse", "ask", "off" (`Strictness`).
`advice` has the words of the recommendations, each beginning with its letter, where they are not about funding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from experts.enums import Recommendation, Strictness
from workflows.errors import Reason

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
# What is looked for in a sheet, and how strictly where the scheme says nothing.
CHECKS: Mapping[str, Strictness] = {
    "placeholder": Strictness.REFUSE,
    "pasted": Strictness.ASK,
    "all_equal": Strictness.ASK,
}


@dataclass(frozen=True)
class Criterion:
    """One weighted question: 0 to `most` points, its `weight` in percent."""

    id: str
    name: str
    guidance: str
    weight: Decimal
    most: Decimal


@dataclass(frozen=True)
class Veto:
    """One question answered by pass or fail."""

    id: str
    name: str


@dataclass(frozen=True)
class Extremes:
    """From which share of the full points, in percent, a score must be explained, in `length` characters at least."""

    low: Decimal
    high: Decimal
    length: int

    def hold(self, share: Decimal) -> bool:
        """Whether a share in percent lies at the bottom or at the top."""
        return share <= self.low or share >= self.high


@dataclass(frozen=True)
class Scheme:
    """What a sheet asks, and how strictly it is looked through; `checks` has one Strictness for each of CHECKS."""

    criteria: tuple[Criterion, ...]
    vetoes: tuple[Veto, ...]
    recommendation: bool
    least_opinion: int
    extremes: Extremes | None = None
    checks: Mapping[str, Strictness] = field(default_factory=lambda: CHECKS)
    advice: Mapping[str, str] = field(default_factory=dict)

    def recommendations(self) -> list[tuple[str, str]]:
        """The letters that may be recommended with their words, from the best to the worst."""
        return [(letter, self.advice.get(letter) or str(label)) for letter, label in Recommendation.choices]

    def recommended(self, letter: str) -> str:
        """The words of a letter; empty for none."""
        return dict(self.recommendations()).get(letter, "")

    def total(self, scores: Mapping[str, str]) -> Decimal | None:
        """The weighted sum, 0 to 100 with two decimals; None while a criterion has no valid score."""
        parts = [points(scores.get(one.id), one.most) for one in self.criteria]
        if not parts or None in parts:
            return None
        full = sum(
            (one.weight * (part or 0) / one.most for one, part in zip(self.criteria, parts, strict=True)), Decimal(0)
        )
        return full.quantize(CENT, ROUND_HALF_UP)


def read(data: Mapping[str, Any]) -> Scheme:
    """The scheme in `data`. Raises Refused's cause as KeyError/InvalidOperation only for data never checked."""
    return Scheme(
        criteria=tuple(_criterion(row) for row in data.get("criteria", ())),
        vetoes=tuple(Veto(str(row["id"]), str(row["name"])) for row in data.get("veto", ())),
        recommendation=bool(data.get("recommendation", True)),
        least_opinion=int(data.get("min_opinion_length", 0)),
        extremes=_extremes(data.get("extremes")),
        checks={name: Strictness(data.get("checks", {}).get(name, usual)) for name, usual in CHECKS.items()},
        advice={str(letter): str(words) for letter, words in data.get("advice", {}).items()},
    )


def _extremes(row: Mapping[str, Any] | None) -> Extremes | None:
    if not row:
        return None
    return Extremes(Decimal(str(row["low"])), Decimal(str(row["high"])), int(row["length"]))


def _criterion(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        str(row["id"]),
        str(row["name"]),
        str(row.get("guidance", "")),
        Decimal(str(row["weight"])),
        Decimal(str(row.get("max", 100))),
    )


def points(text: Any, most: Decimal) -> Decimal | None:
    """The points in `text`: a number from 0 to `most` with at most two decimals, else None."""
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    fits = value.is_finite() and 0 <= value <= most and value == value.quantize(CENT)
    return value if fits else None


def problems(data: Mapping[str, Any]) -> list[Reason]:
    """Why `data` is no usable scheme; empty when it is."""
    try:
        scheme = read(data)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation):
        return [Reason("scheme_malformed", _("The scoring scheme cannot be read."), _("Write the criteria again."))]
    ids = [one.id for one in scheme.criteria] + [one.id for one in scheme.vetoes]
    weights = sum((one.weight for one in scheme.criteria), Decimal(0))
    if not scheme.criteria or weights != HUNDRED or any(one.weight <= 0 or one.most <= 0 for one in scheme.criteria):
        mend = _("The weights of the criteria must add to 100; at present: %(sum)s.") % {"sum": weights}
        return [Reason("scheme_weights", _("The scoring scheme is not complete."), mend)]
    if len(ids) != len(set(ids)):
        return [Reason("scheme_ids", _("Two questions of the scoring scheme bear the same identifier."))]
    if scheme.advice and not _is_whole(scheme.advice):
        return [Reason("scheme_advice", _("Each recommendation from A to D needs words that begin with its letter."))]
    ends = scheme.extremes
    if ends is not None and not 0 <= ends.low < ends.high <= HUNDRED:
        return [Reason("scheme_extremes", _("The lower extreme must lie below the upper one, both from 0 to 100."))]
    return []


def _is_whole(advice: Mapping[str, str]) -> bool:
    return set(advice) == set(Recommendation.values) and all(words.startswith(one) for one, words in advice.items())
