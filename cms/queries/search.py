"""Asking the search: what was found, by kind and year, one page of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from cms.enums import DocumentKind
from cms.models import SearchDocument
from cms.search.engines import engine
from cms.search.marks import marked
from cms.search.tokens import MOST_QUERY, Phrase, fold, phrases

PER_PAGE = 15
SNIPPET = 160
PUBLIC = "public"


@dataclass(frozen=True)
class Hit:
    """One document as the list shows it, its words marked."""

    document: SearchDocument
    title: SafeString
    text: SafeString


@dataclass
class Found:
    """The answer to one query. `broader` says that nothing held all of it and parts were looked for."""

    text: str
    broader: bool = False
    page: Page[Any] | None = None
    hits: list[Hit] = field(default_factory=list)
    kinds: list[tuple[str, Any, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)


def search(text: str, *, kind: str = "", year: str = "", number: str = "1", audience: str = PUBLIC) -> Found:
    """What `audience` finds for `text`: whole phrases, else parts of them; three queries, four when broader."""
    text = text.replace("\0", " ")[:MOST_QUERY].strip()
    asked = phrases(text)
    if not asked:
        return Found(text)
    keys = engine().find(asked, audience=audience)
    broader = not keys
    if broader:
        keys = engine().find(asked, audience=audience, broader=True)
    found = Found(text, broader=broader)
    _fill(found, keys, kind=kind, year=year, number=number, words=_words(text, asked, broader=broader))
    return found


def _fill(found: Found, keys: list[int], *, kind: str, year: str, number: str, words: list[str]) -> None:
    rows = SearchDocument.objects.filter(pk__in=keys).values_list("pk", "kind", "published__year")
    facts = {pk: (its_kind, its_year) for pk, its_kind, its_year in rows}
    labels = dict(DocumentKind.choices)
    found.kinds = [(code, labels[code], count) for code, count in Counter(k for k, _y in facts.values()).most_common()]
    found.years = sorted(Counter(y for _k, y in facts.values()).items(), reverse=True)
    chosen = [pk for pk in keys if pk in facts and _fits(facts[pk], kind, year)]
    found.page = Paginator(chosen, PER_PAGE).get_page(number)
    documents = SearchDocument.objects.in_bulk(list(found.page.object_list))
    found.hits = [_hit(documents[pk], words) for pk in found.page.object_list if pk in documents]


def _fits(facts: tuple[str, int], kind: str, year: str) -> bool:
    return kind in ("", facts[0]) and year in ("", str(facts[1]))


def _words(text: str, asked: list[Phrase], *, broader: bool) -> list[str]:
    if broader:
        return [token for phrase in asked for token in phrase.tokens]
    return fold(text).split()


def _hit(document: SearchDocument, words: list[str]) -> Hit:
    text = document.summary if not document.text else f"{document.summary} {document.text}"
    return Hit(document, marked(document.title, words), marked(text.strip(), words, most=SNIPPET))
