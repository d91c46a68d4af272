"""The terms of a text: pairs of neighbouring Chinese characters, stemmed Latin words, words of other scripts."""

from __future__ import annotations

import re
import unicodedata

# Mongolian words hold marks that choose between shapes of a letter and say nothing of the word.
MONGOLIAN_MARKS = re.compile("[\u180b-\u180f]")
HAN = "\u3005\u3400-\u9fff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|\d*[^\W\d_{HAN}](?:[^\W_{HAN}]|[+#]|-(?=[^\W_{HAN}]))*")
IS_HAN = re.compile(f"[{HAN}]")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "s", "y")
SHORTEST_STEM = 4
STOP = frozenset(["the", "and", "for", "with", "from", "based", "study", "research", "a", "an", "of", "in", "on", "to"])
MOST_PHRASES = 5


def runs(text: str) -> list[str]:
    """Chinese runs and words of other scripts in lower case, width and compatibility forms folded."""
    plain = unicodedata.normalize("NFKC", MONGOLIAN_MARKS.sub("", text)).lower()
    return [run for run in RUN.findall(plain) if run not in STOP]


def terms_of(run: str) -> list[str]:
    """The terms of one run."""
    if not IS_HAN.match(run):
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
    if len(own) == 1:
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
