"""How far experts agree: Krippendorff's alpha for interval data, and the intraclass correlation of single scores.

Both are 1 for full agreement and about 0 for chance. Formulas: Krippendorff, Computing Krippendorff's Alpha-Reliability
(2011); Shrout and Fleiss 1979, ICC(1,1), with the usual mean number of scores where dossiers have different numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Units = Sequence[Sequence[float]]


def alpha(units: Units) -> float | None:
    """Krippendorff's alpha over the scores of each dossier; None where nothing can be compared."""
    paired = [np.asarray(unit, dtype=np.float64) for unit in units if len(unit) > 1]
    if not paired:
        return None
    everything = np.concatenate(paired)
    size = len(everything)
    observed = sum(_squares(unit) / (len(unit) - 1) for unit in paired) / size
    expected = _squares(everything) / (size * (size - 1))
    return float(1 - observed / expected) if expected > 0 else None


def _squares(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """The sum of squared differences over all ordered pairs."""
    centred = values - values.mean()
    return float(2 * len(values) * (centred @ centred))


def intraclass(units: Units) -> float | None:
    """The share of the variance of single scores that lies between dossiers; None where it cannot be told."""
    groups = [np.asarray(unit, dtype=np.float64) for unit in units if len(unit)]
    sizes = np.array([len(group) for group in groups])
    total, count = int(sizes.sum()), len(groups)
    if count < 2 or total <= count:  # noqa: PLR2004 - two dossiers at least
        return None
    middle = float(np.concatenate(groups).mean())
    between = sum(len(group) * (float(group.mean()) - middle) ** 2 for group in groups) / (count - 1)
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / (total - count)
    usual = (total - float((sizes**2).sum()) / total) / (count - 1)
    whole = between + (usual - 1) * within
    return (between - within) / whole if whole > 0 else None
