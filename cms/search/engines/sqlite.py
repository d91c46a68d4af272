"""Full text on SQLite: an FTS5 table with stored content, ranked by bm25."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from cms.models import SearchDocument
from cms.search.engines.interface import BODY_WEIGHT, MOST_FOUND, TITLE_WEIGHT, parts
from cms.search.tokens import Phrase


class SqliteEngine:
    """Keeps the tokens of each document in `cms_search_fts` under the document's key."""

    def put(self, documents: Sequence[SearchDocument]) -> None:
        """Write the rows of the documents anew."""
        self.drop([document.pk for document in documents])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cms_search_fts (rowid, title, body) VALUES (%s, %s, %s)",
                [(document.pk, document.title_tokens, document.tokens) for document in documents],
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
        return " OR ".join(_quoted(part) for part in parts(asked))
    return " AND ".join(_quoted(phrase) for phrase in asked)


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{"*" if phrase.open_end else ""}'
