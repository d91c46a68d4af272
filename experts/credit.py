"""The formula of an expert's credit: parts from 0 to 100, weighed by TALA_CREDIT_PUNCTUALITY and its like.

punctuality -- sheets submitted of those promised (accepted)
agreement -- 100 where the expert's scores lie from the means of their dossiers as scores usually do in the round (or
    closer), 0 at three times as far, straight between
opinion -- the mean length of the opinions against TALA_CREDIT_FULL_OPINION characters
rating -- the officer's or chair's, 1 to 5
A part that is not known is left out, and the weights of the others count alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, CENT = Decimal(100), Decimal("0.01")
FARTHEST = Decimal(3)
LEAST_RATING, STEPS = 1, 4


def punctuality(done: int, promised: int) -> Decimal | None:
    """100 for all sheets that were promised."""
    return _share(Decimal(done) / promised) if promised else None


def agreement(deviations: Sequence[Decimal], usual: Decimal | None) -> Decimal | None:
    """From the root mean square of the deviations against the usual one."""
    if not deviations or not usual:
        return None
    times = (sum((one**2 for one in deviations), Decimal(0)) / len(deviations)).sqrt() / usual
    return _share((FARTHEST - times) / (FARTHEST - 1))


def opinion(lengths: Sequence[int], full: int) -> Decimal | None:
    """100 from `full` characters on average."""
    return _share(Decimal(sum(lengths)) / len(lengths) / full) if lengths and full else None


def rating(given: int | None) -> Decimal | None:
    """1 is 0, 5 is 100."""
    return None if given is None else _share(Decimal(given - LEAST_RATING) / STEPS)


def score(parts: Mapping[str, Decimal], weights: Mapping[str, int]) -> Decimal | None:
    """The weighed mean of the parts that are known; None without any."""
    known = {name: weight for name, weight in weights.items() if name in parts and weight > 0}
    if not known:
        return None
    whole = sum((parts[name] * weight for name, weight in known.items()), Decimal(0))
    return (whole / sum(known.values())).quantize(CENT, ROUND_HALF_UP)


def _share(part: Decimal) -> Decimal:
    return (HUNDRED * min(Decimal(1), max(Decimal(0), part))).quantize(CENT, ROUND_HALF_UP)
