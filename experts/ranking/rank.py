"""From a file of scores to a file of ranks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from experts.draw.writing import ready, write
from experts.ranking.effects import Effects, effects
from experts.ranking.plain import raw_mean, ridge, t_score, trimmed
from experts.ranking.scores import Scores, read, refuse_disconnected

HEAD = ("proposal", "raw_mean", "trimmed", "t_score", "ridge", "effect", "low", "high", "expected_rank")
DIGITS = 6


def table(scores: Scores, found: Effects) -> list[tuple[str | float, ...]]:
    """One row per proposal as in HEAD, by expected rank; the name decides between equals."""
    columns = [raw_mean(scores), trimmed(scores), t_score(scores), ridge(scores)]
    columns += [found.effect, found.low, found.high, found.expected_rank]
    rounded = [[round(value, DIGITS) + 0.0 for value in column.tolist()] for column in columns]
    return sorted(zip(scores.proposals, *rounded, strict=True), key=lambda row: (row[-1], row[0]))


def rank(source: Path, target: Path, offsets: Path | None = None) -> str:
    """Read `source`, rank, write `target` (and the experts' offsets); one line on what came out. Raises ScoresError."""
    ready(target, source)
    if offsets is not None:
        ready(offsets, source, target)
    scores = read(source)
    refuse_disconnected(scores)
    found = effects(scores)
    write(target, [_csv([HEAD, *table(scores, found)])])
    if offsets is not None:
        shown = [round(value, DIGITS) + 0.0 for value in found.offset.tolist()]
        write(offsets, [_csv([("expert", "offset"), *zip(scores.experts, shown, strict=True)])])
    told = ", ".join(f"{name} {value**0.5:.3f}" for name, value in zip(NAMES, found.variances, strict=True))
    return f"{len(scores.proposals)} proposals, {len(scores.experts)} experts, {len(scores.y)} scores; spread of {told}"


NAMES = ("proposals", "experts", "noise")


def _csv(rows: list[tuple[str | float, ...]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
