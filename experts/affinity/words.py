"""The terms of a text: pairs of neighbouring Chinese characters, lightly stemmed Latin words, in their order."""

from __future__ import annotations

import re
import unicodedata

RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z0-9+#-]*|[0-9]+[a-z][a-z0-9-]*")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "s", "y")
SHORTEST_STEM = 4
STOP = frozenset(["the", "and", "for", "with", "from", "based", "study", "research", "a", "an", "of", "in", "on", "to"])
MOST_PHRASES = 5


def runs(text: str) -> list[str]:
    """Chinese runs and Latin words in lower case, width and compatibility forms folded."""
    return [run for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()) if run not in STOP]


def terms_of(run: str) -> list[str]:
    """The terms of one run."""
    if run[0].isascii():
        return [stem(run)]
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def terms(text: str) -> list[str]:
    """All terms of a text."""
    return [term for run in runs(text) for term in terms_of(run)]


def stem(word: str) -> str:
    """The word without a common English ending, so that singular and plural, verb and noun meet."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def phrases(text: str, weights: dict[str, float]) -> list[str]:
    """The words and longest Chinese phrases of `text` made of terms in `weights`, heaviest first, each once.

    weights -- what each common term adds to the likeness.
    """
    found: dict[str, float] = {}
    for run in runs(text):
        for phrase, weight in _stretches(run, weights):
            found[phrase] = max(found.get(phrase, 0.0), weight)
    return sorted(found, key=lambda phrase: (-found[phrase], phrase))[:MOST_PHRASES]


def _stretches(run: str, weights: dict[str, float]) -> list[tuple[str, float]]:
    """Stretches of a run whose terms all weigh something."""
    own = terms_of(run)
    if run[0].isascii() or len(run) == 1:
        return [(run, weights[own[0]])] if own[0] in weights else []
    result: list[tuple[str, float]] = []
    start, weight = None, 0.0
    for at, term in enumerate([*own, ""]):
        if term in weights:
            start = at if start is None else start
            weight += weights[term]
        elif start is not None:
            result.append((run[start : at + 1], weight))
            start, weight = None, 0.0
    return result
