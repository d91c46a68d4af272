"""Full text with nothing but the stored row: right on every database, a scan on each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Case, IntegerField, Q, Value, When

from cms.models import SearchDocument
from cms.search.engines.interface import MOST_FOUND, parts
from cms.search.tokens import Phrase


class PortableEngine:
    """Looks for the tokens with LIKE in the stored text of tokens."""

    def put(self, documents: Sequence[SearchDocument]) -> None:
        """The stored row is all."""

    def drop(self, pks: Sequence[int]) -> None:
        """The stored row is all."""

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """Documents with a hit in the title first, then the newest."""
        wanted = parts(asked) if broader else list(asked)
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
