"""Finding names in a text, and striking them out.

How sure a find is depends on the name. Full names of organisations, names of three characters and more, addresses
and numbers are names wherever they stand. Two characters that are words too (高原, 方程), and abbreviations (内大),
are names only where they stand alone or beside words like 教授, 课题组, 由, 依托: without that texts are flooded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from workflows.naming.beside import AFTER, BEFORE, COMMON, SURNAMES
from workflows.naming.level import GAP, folded, level
from workflows.naming.short import LEGAL, short_names

STRUCK = "▇▇"
TWO, THREE = 2, 3
SHORTEST = 2
SHORTEST_NUMBER = 7
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W_]", re.ASCII)
# Addresses and numbers of anybody: what nobody needs in an anonymous text. E-mail, ORCID, mobile, identity number.
ANYBODY = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dxX](?!\d)"
    r"|(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?!\.?\d)"
    r"|(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dxX](?!\d)"
)


class NameKind(StrEnum):
    """What a name belongs to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    SHORT = "short"
    CONTACT = "contact"


KIND_LABELS = {
    NameKind.PERSON: _("name of a person"),
    NameKind.ORGANISATION: _("name of an organisation"),
    NameKind.SHORT: _("short name of an organisation"),
    NameKind.CONTACT: _("address or number"),
}


class Beside(StrEnum):
    """What must stand beside a name for it to be one."""

    ANYTHING = "anything"
    WORD_BEFORE = "before"
    WORDS = "words"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Name:
    """A name to look for. `text` as it is written officially."""

    text: str
    kind: NameKind
    beside: Beside = Beside.ANYTHING


@dataclass(frozen=True)
class Hit:
    """A name found: where (character positions), and as it is written there."""

    kind: NameKind
    words: str
    start: int
    end: int


def person(name: str) -> list[Name]:
    """What to look for of a person of this name."""
    plain = folded(name)
    if len(plain) < SHORTEST:
        return []
    beside = Beside.ANYTHING
    if len(plain) == TWO and HAN.match(plain):
        beside = Beside.EVIDENCE if plain in COMMON else (Beside.ANYTHING if plain[0] in SURNAMES else Beside.WORDS)
    return [Name(name, NameKind.PERSON, beside)]


def organisation(name: str, own_short: Iterable[str] = ()) -> list[Name]:
    """What to look for of an organisation: the full name, its own short names, those that the name suggests."""
    if len(folded(name)) < SHORTEST:
        return []
    own = {one for one in own_short if len(folded(one)) >= SHORTEST and folded(one) != folded(name)}
    made = short_names(name) - {folded(one) for one in own}
    company = bool(LEGAL.search(folded(name)))
    return [
        Name(name, NameKind.ORGANISATION),
        *(Name(one, NameKind.SHORT, Beside.WORDS if len(folded(one)) == TWO else Beside.ANYTHING) for one in own),
        *(Name(one, NameKind.SHORT, _beside(one, company=company)) for one in made),
    ]


def _beside(short: str, *, company: bool) -> Beside:
    if company or len(short) == TWO:
        return Beside.WORDS
    return Beside.WORD_BEFORE if len(short) == THREE else Beside.ANYTHING


def contact(text: str) -> list[Name]:
    """What to look for of an e-mail address, a telephone or identity number, an ORCID."""
    return [Name(text, NameKind.CONTACT)] if len(folded(text)) >= SHORTEST_NUMBER else []


def find(text: str, names: Iterable[Name], *, anybody: bool = True) -> list[Hit]:
    """The names in `text`, in order, the longest where several begin at one place; none overlaps another.

    anybody -- also e-mail addresses, ORCIDs, mobile and identity numbers of whomever.
    """
    even = level(text)
    flat = re.sub(GAP, "", even)
    hits = [hit for name in set(names) if folded(name.text) in flat for hit in _hits(even, text, name)]
    if anybody:
        hits += [Hit(NameKind.CONTACT, text[m.start() : m.end()], m.start(), m.end()) for m in ANYBODY.finditer(even)]
    return list(_apart(hits))


def _hits(even: str, text: str, name: Name) -> Iterator[Hit]:
    pattern = f"{GAP}*".join(re.escape(one) for one in folded(name.text))
    for found in re.finditer(pattern, even):
        start, end = found.span()
        if _is_name(even, start, end, name):
            yield Hit(name.kind, text[start:end], start, end)


def _is_name(even: str, start: int, end: int, name: Name) -> bool:
    if _inside_a_word(even, start, end):
        return False
    if name.beside is Beside.ANYTHING:
        return True
    cut_before, cut_after = not HAN.match(even[start - 1 : start]), not HAN.match(even[end : end + 1])
    before, after = even[:start].endswith(BEFORE), even[end : end + THREE].startswith(AFTER)
    if name.beside is Beside.WORD_BEFORE:
        return cut_before or before
    if name.beside is Beside.WORDS:
        return (cut_before or before) and (cut_after or after)
    return (before and (cut_after or after)) or (cut_before and after)


def _inside_a_word(even: str, start: int, end: int) -> bool:
    """Letters and digits that go on before or after it: another word, another number."""
    goes_on = [
        LETTER.match(even[inner]) and LETTER.match(even[outer : outer + 1])
        for inner, outer in ((start, start - 1), (end - 1, end))
        if outer >= 0
    ]
    return any(goes_on)


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    reached = 0
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.kind)):
        if hit.start >= reached:
            yield hit
            reached = hit.end


def struck(text: str, hits: Iterable[Hit]) -> str:
    """`text` with every hit struck out."""
    pieces, at = [], 0
    for hit in hits:
        pieces += [text[at : hit.start], STRUCK]
        at = hit.end
    return "".join([*pieces, text[at:]])


def written(hits: Iterable[Hit]) -> dict[str, NameKind]:
    """The words found, each once, in the order of the text, without the gaps in them."""
    found: dict[str, NameKind] = {}
    for hit in hits:
        found.setdefault(re.sub(GAP, "", hit.words) if HAN.search(hit.words) else hit.words, hit.kind)
    return found
