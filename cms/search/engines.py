"""The engines behind the search: FTS5 on SQLite, and a portable one over the stored tokens for other databases.

Both find the same documents; they differ in order and speed. `engine()` gives the one for the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Protocol

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from cms.models import SearchDocument
from cms.search.tokens import Phrase

MOST_FOUND = 1000
CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS cms_search_fts"
    " USING fts5(title, body, tokenize='unicode61 remove_diacritics 0')"
)
TITLE_WEIGHT, BODY_WEIGHT = 5.0, 1.0


class Engine(Protocol):
    """What an engine does. `find` gives primary keys, best first; `broader` asks for any part of any phrase."""

    def put(self, document: SearchDocument) -> None:
        """Make a stored document findable, in place of what it was."""

    def drop(self, pks: Sequence[int]) -> None:
        """Forget documents."""

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """The keys of what matches."""


class SqliteEngine:
    """FTS5 with stored content, ranked by bm25."""

    def put(self, document: SearchDocument) -> None:
        """Write the row of the document anew."""
        self.drop([document.pk])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cms_search_fts (rowid, title, body) VALUES (%s, %s, %s)",
                [document.pk, document.title_tokens, document.tokens],
            )

    def drop(self, pks: Sequence[int]) -> None:
        """Delete the rows."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM cms_search_fts WHERE rowid = %s", [[pk] for pk in pks])

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """One query; every token is quoted and holds letters and digits only, so no operator gets through."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT f.rowid FROM cms_search_fts f JOIN cms_searchdocument d ON d.id = f.rowid"
                " WHERE cms_search_fts MATCH %s AND d.audience = %s"
                " ORDER BY bm25(cms_search_fts, %s, %s), d.published DESC LIMIT %s",
                [_match(asked, broader=broader), audience, TITLE_WEIGHT, BODY_WEIGHT, MOST_FOUND],
            )
            return [row[0] for row in cursor.fetchall()]


def _match(asked: Sequence[Phrase], *, broader: bool) -> str:
    if broader:
        return " OR ".join(f'"{token}"' for phrase in asked for token in phrase.tokens)
    return " AND ".join(f'"{" ".join(phrase.tokens)}"{"*" if phrase.open_end else ""}' for phrase in asked)


class PortableEngine:
    """Looks for the tokens in the stored text of tokens: right on every database, a scan on each."""

    def put(self, document: SearchDocument) -> None:
        """The stored row is all."""

    def drop(self, pks: Sequence[int]) -> None:
        """The stored row is all."""

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """Documents with a hit in the title first, then the newest."""
        wanted = [Phrase((token,)) for phrase in asked for token in phrase.tokens] if broader else list(asked)
        join = or_ if broader else and_
        hits = reduce(join, [_holds("title_tokens", phrase) | _holds("tokens", phrase) for phrase in wanted])
        titled = reduce(or_, [_holds("title_tokens", phrase) for phrase in wanted])
        rows = SearchDocument.objects.filter(hits, audience=audience).annotate(
            place=Case(When(titled, then=Value(0)), default=Value(1), output_field=IntegerField())
        )
        return list(rows.order_by("place", "-published", "pk").values_list("pk", flat=True)[:MOST_FOUND])


def _holds(field: str, phrase: Phrase) -> Q:
    end = "" if phrase.open_end else " "
    return Q(**{f"{field}__contains": f" {' '.join(phrase.tokens)}{end}"})


def engine() -> Engine:
    """The engine of the present database."""
    return SqliteEngine() if connection.vendor == "sqlite" else PortableEngine()


def prepare() -> None:
    """Make what the engine needs beside the tables of models; does nothing when it is there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(CREATE)
