"""Full text on PostgreSQL: a tsvector of our own tokens under a GIN index, ranked by ts_rank.

The vector is written from the tokens, not by PostgreSQL's parser: that one depends on the locale, keeps a run of Han
characters whole and reads "-123" as a number. The index finds the documents that hold all tokens of a phrase; that
they stand side by side is then read from the stored tokens, because a tsvector knows no place beyond the 16,383rd.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from cms.models import SearchDocument
from cms.search.engines.interface import BODY_WEIGHT, MOST_FOUND, TITLE_WEIGHT, parts
from cms.search.tokens import Phrase

# A lexeme holds at most 2,046 bytes; a character takes up to four.
LONGEST = 500
LAST_PLACE = 16_383
# Of the classes D, C, B and A: titles are A, bodies are D.
WEIGHTS = f"{{{BODY_WEIGHT / TITLE_WEIGHT}, 0, 0, 1}}"


class PostgresEngine:
    """Keeps the tokens of each document in the column `search_vector` of its row, which no model knows."""

    def put(self, documents: Sequence[SearchDocument]) -> None:
        """Write the vectors of the documents anew."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE cms_searchdocument SET search_vector = %s::tsvector WHERE id = %s",
                [(_vector(document), document.pk) for document in documents],
            )

    def drop(self, pks: Sequence[int]) -> None:
        """The vector goes with its row."""

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """One query; every token is quoted and holds letters and digits only, so no operator gets through."""
        wanted = parts(asked) if broader else asked
        places = [] if broader else [place for phrase in asked for place in _side_by_side(phrase)]
        query = (" | " if broader else " & ").join(_lexemes(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM cms_searchdocument WHERE search_vector @@ %s::tsquery AND audience = %s"
                + " AND (strpos(title_tokens, %s) > 0 OR strpos(tokens, %s) > 0)" * (len(places) // 2)
                + " ORDER BY ts_rank(%s, search_vector, %s::tsquery) DESC, published DESC, id LIMIT %s",
                [query, audience, *places, WEIGHTS, " | ".join(_lexemes(wanted)), MOST_FOUND],
            )
            return [row[0] for row in cursor.fetchall()]


def _vector(document: SearchDocument) -> str:
    title, body = document.title_tokens.split(), document.tokens.split()
    return " ".join([*_places(title, 1, "A"), *_places(body, len(title) + 1, "D")])


def _places(tokens: Iterable[str], first: int, weight: str) -> Iterator[str]:
    for place, token in enumerate(tokens, start=first):
        yield f"'{token[:LONGEST]}':{min(place, LAST_PLACE)}{weight}"


def _lexemes(wanted: Iterable[Phrase]) -> Iterator[str]:
    for phrase in wanted:
        *before, last = phrase.tokens
        yield from (f"'{token[:LONGEST]}'" for token in before)
        yield f"'{last[:LONGEST]}'{':*' if phrase.open_end else ''}"


def _side_by_side(phrase: Phrase) -> list[str]:
    """The text to look for in title and body; nothing where the lexeme alone has told all."""
    if len(phrase.tokens) == 1 and len(phrase.tokens[0]) <= LONGEST:
        return []
    return [f" {' '.join(phrase.tokens)}{'' if phrase.open_end else ' '}"] * 2
