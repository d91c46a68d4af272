"""All methods of ranking side by side, and what would change across a funding line. Reading it changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from experts.enums import CALIBRATED_METHODS, RankingMethod
from experts.models import Dossier, ReviewRound
from experts.queries.groups import Group, groups
from experts.queries.scores import Calibrated, by_dossier, method_values, ranks, scores_of, stored

EXPECTED = "expected_rank"
METHODS = tuple(str(method) for method in RankingMethod)


@dataclass(frozen=True)
class Cell:
    """One dossier under one method; `changes` says whether it stands on another side of the line than it binds."""

    method: str
    value: Decimal | None
    rank: int | None
    inside: bool
    changes: bool


@dataclass(frozen=True)
class Line:
    """One dossier. low, high -- its 95 % interval; `crosses` whether the line lies in it; `tied` with another."""

    dossier: int
    uid: UUID
    title: str
    scores: tuple[Decimal, ...]
    cells: tuple[Cell, ...]
    rank: int | None
    tied: bool
    inside: bool
    spread: Decimal | None
    diverges: bool
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    crosses: bool = False

    @property
    def changes(self) -> list[str]:
        """The methods under which the dossier stands on the other side of the line."""
        return [cell.method for cell in self.cells if cell.changes]


@dataclass(frozen=True)
class Comparison:
    """A round under every method.

    computed -- whether calibrated figures of exactly these scores are stored
    groups   -- of dossiers without a common expert; calibrated methods are refused while there are some
    places   -- how many are inside the line; 0 for no line
    cut      -- the score by random effects at the line, half way between the last inside and the first outside
    """

    method: str
    lines: tuple[Line, ...]
    computed: bool
    groups: tuple[Group, ...]
    scores: int
    places: int
    cut: float | None
    moves: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


def comparison(review_round: ReviewRound, places: int = 0) -> Comparison:
    """Every dossier under every method, best binding rank first: three queries, five with groups."""
    scores = scores_of(review_round)
    found, apart = stored(review_round, scores), tuple(groups(scores))
    totals = by_dossier(scores)
    values = {method: method_values(method, totals, found, review_round.trim_from) for method in METHODS}
    cut = _cut(found, places)
    sides = _Sides(review_round, values, {method: ranks(each) for method, each in values.items()}, places)
    rows = Dossier.objects.filter(round=review_round).values_list("pk", "uid", "title")
    lines = [_line(sides, row, totals.get(row[0], []), found, cut) for row in rows]
    lines.sort(key=lambda line: (line.rank is None, line.rank, line.dossier))
    computed = found is not None
    return Comparison(
        sides.method, tuple(lines), computed, apart, len(scores), places, cut, _moves(lines) if places else {}
    )


@dataclass
class _Sides:
    """The round with the values and ranks under every method, and the number of places."""

    round: ReviewRound
    values: Mapping[str, Mapping[int, Decimal]]
    ranks: Mapping[str, Mapping[int, int]]
    places: int

    @property
    def method(self) -> str:
        """The binding method; the mean while the binding one cannot be told."""
        bound = self.round.ranking_method
        return bound if self.values[bound] or not self.values[RankingMethod.MEAN] else str(RankingMethod.MEAN)

    def inside(self, method: str, dossier: int) -> bool:
        """Whether the dossier is inside the line."""
        return 0 < self.ranks[method].get(dossier, 0) <= self.places

    @cached_property
    def shared(self) -> frozenset[int]:
        """The binding ranks that two dossiers or more bear."""
        return frozenset(rank for rank, many in Counter(self.ranks[self.method].values()).items() if many > 1)


def _line(
    sides: _Sides,
    row: tuple[int, UUID, str],
    scores: Sequence[Decimal],
    found: Calibrated | None,
    cut: float | None,
) -> Line:
    dossier, uid, title = row
    inside = sides.inside(sides.method, dossier)
    figures = found.figures.get(dossier, {}) if found is not None else {}
    low, high = figures.get("low"), figures.get("high")
    spread = max(scores) - min(scores) if scores else None
    rank = sides.ranks[sides.method].get(dossier)
    return Line(
        dossier,
        uid,
        title,
        tuple(scores),
        tuple(_cell(sides, method, dossier, inside=inside) for method in METHODS),
        rank,
        tied=rank in sides.shared,
        inside=inside,
        spread=spread,
        diverges=spread is not None and spread >= sides.round.divergence,
        low=low,
        high=high,
        expected=figures.get(EXPECTED),
        crosses=cut is not None and low is not None and high is not None and low < cut < high,
    )


def _cell(sides: _Sides, method: str, dossier: int, *, inside: bool) -> Cell:
    value = sides.values[method].get(dossier)
    here = sides.inside(method, dossier)
    changes = bool(sides.places) and value is not None and here != inside
    return Cell(method, value, sides.ranks[method].get(dossier), here, changes)


def _cut(found: Calibrated | None, places: int) -> float | None:
    """The score by random effects half way between the last place and the next; None when nobody is left out."""
    effects = sorted((row["effect"] for row in found.figures.values()), reverse=True) if found is not None else []
    return (effects[places - 1] + effects[places]) / 2 if 0 < places < len(effects) else None


def _moves(lines: Sequence[Line]) -> dict[str, dict[str, list[str]]]:
    """For each method, the dossiers that would come in and those that would fall out against the binding one."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        for cell in line.cells:
            if cell.changes:
                found.setdefault(cell.method, {"in": [], "out": []})["in" if cell.inside else "out"].append(line.title)
    return found


def ordered(lines: Sequence[Line], by: str) -> list[Line]:
    """The lines by one method's rank, by expected rank or by spread (widest first); those without come last."""
    if by == EXPECTED:
        return sorted(lines, key=lambda one: (one.expected is None, one.expected or 0))
    if by == "spread":
        return sorted(lines, key=lambda one: -(one.spread or 0))
    if by in METHODS:
        at = METHODS.index(by)
        return sorted(lines, key=lambda one: (one.cells[at].rank is None, one.cells[at].rank or 0))
    return list(lines)


def is_calibrated(method: str) -> bool:
    """Whether the method sets experts off against each other."""
    return method in CALIBRATED_METHODS
