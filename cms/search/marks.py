"""Marking what was found in a text: hits side by side make one mark, and a long text is cut around the first."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

AROUND = 60


def marked(text: str, words: Sequence[str], *, most: int = 0) -> SafeString:
    """The text, escaped, with every occurrence of any of the folded `words` marked; cut to about `most` characters."""
    spans = spans_of(text, words)
    start, end = 0, len(text)
    if most and len(text) > most:
        start = max(0, spans[0][0] - AROUND) if spans else 0
        end = min(len(text), start + most)
    parts, at = [], start
    for first, last in spans:
        if first < start or last > end:
            continue
        parts += [(text[at:first], text[first:last])]
        at = last
    body = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html("{}{}{}{}", "…" if start else "", body, text[at:end], "…" if end < len(text) else "")


def spans_of(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, joined where they touch or overlap; folding may change lengths, so places are mapped."""
    folded, places = "", []
    for place, char in enumerate(text):
        piece = unicodedata.normalize("NFKC", char).casefold()
        folded += piece
        places += [place] * len(piece)
    hits = [False] * len(text)
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            for place in places[at : at + len(word)]:
                hits[place] = True
            at = folded.find(word, at + 1)
    return _runs(hits)


def _runs(hits: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, hit in enumerate(hits):
        if not hit:
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
