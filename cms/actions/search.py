"""Keeping the search documents in step with the pages. Idempotent; they can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from cms.models import SearchDocument
from cms.search.engines import engine
from cms.search.projection import fields_of, projected, projected_archive

BATCH = 500


def index_page(*, page_id: int) -> SearchDocument | None:
    """Write the document of a page as the page is now; remove it when the page is not to be found."""
    page = Page.objects.filter(pk=page_id).first()
    fields = fields_of(page.specific) if page else None
    with transaction.atomic():
        if fields is None:
            _forget(SearchDocument.objects.filter(ref=str(page_id)))
            return None
        return _write(str(page_id), fields)


def rebuild() -> int:
    """Write all documents anew, a batch at a time; how many there are."""
    with transaction.atomic():
        _forget(SearchDocument.objects.all())
        return sum(len(_write_all(batch)) for batch in _batches(projected()))


def index_archive() -> int:
    """Write the documents of imported calls that have none yet; how many these were."""
    with transaction.atomic():
        return sum(len(_write_all(batch)) for batch in _batches(projected_archive()))


def _batches(documents: Iterator[SearchDocument]) -> Iterator[list[SearchDocument]]:
    while batch := list(islice(documents, BATCH)):
        yield batch


def _write_all(documents: list[SearchDocument]) -> list[SearchDocument]:
    written = SearchDocument.objects.bulk_create(documents)
    engine().put(written)
    return written


def _write(ref: str, fields: dict[str, Any]) -> SearchDocument:
    document, _fresh = SearchDocument.objects.update_or_create(
        ref=ref, language=settings.LANGUAGE_CODE, defaults=fields
    )
    engine().put([document])
    return document


def _forget(documents: Any) -> None:
    engine().drop(list(documents.values_list("pk", flat=True)))
    documents.delete()
