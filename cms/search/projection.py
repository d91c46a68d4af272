"""What a page gives to be found: the projection from pages and imported calls to search documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Concat

from cms.enums import DocumentKind
from cms.models import ArticlePage, CallPage, FocusAreaPage, NoticePage, PolicyPage, SearchDocument
from cms.queries.archive import archive_path, archived_calls
from cms.queries.paths import path_of
from cms.search.tokens import tokens

KINDS: dict[Any, DocumentKind] = {
    CallPage: DocumentKind.CALL,
    NoticePage: DocumentKind.NOTICE,
    ArticlePage: DocumentKind.ARTICLE,
    PolicyPage: DocumentKind.POLICY,
    FocusAreaPage: DocumentKind.FOCUS_AREA,
}
ARCHIVE = "archive:"
RECORDS: dict[Any, tuple[str, ...]] = {CallPage: ("call",), NoticePage: ("notice",)}
ROWS: dict[Any, tuple[str, ...]] = {CallPage: ("call__directions",)}


def projected() -> Iterator[SearchDocument]:
    """The documents of all live pages, not yet stored; records are read with their pages."""
    for kind in KINDS:
        pages = kind.objects.live().select_related(*RECORDS.get(kind, ())).prefetch_related(*ROWS.get(kind, ()))
        for page in pages.iterator(chunk_size=500):
            if fields := fields_of(page):
                yield SearchDocument(ref=str(page.pk), language=settings.LANGUAGE_CODE, **fields)
    yield from projected_archive()


def projected_archive() -> Iterator[SearchDocument]:
    """The documents of the imported calls that have none yet, not yet stored."""
    known = SearchDocument.objects.filter(kind=DocumentKind.ARCHIVED_CALL).values("ref")
    rows = archived_calls().annotate(ref=Concat(Value(ARCHIVE), "code")).exclude(ref__in=known)
    facts = rows.order_by("pk").values_list("ref", "code", "title", "programme", "published_at")
    for ref, code, title, programme, published in facts.iterator(chunk_size=500):
        yield SearchDocument(
            ref=ref,
            language=settings.LANGUAGE_CODE,
            kind=DocumentKind.ARCHIVED_CALL,
            published=published,
            title=title,
            url=archive_path(code),
            text=programme,
            title_tokens=_joined(title),
            tokens=_joined(f"{code} {programme}"),
        )


def fields_of(page: Any) -> dict[str, Any] | None:
    """The fields of the document of a specific page; None when the page is not to be found."""
    kind = KINDS.get(type(page))
    if kind is None or not page.live or not getattr(page, "is_public", lambda: True)():
        return None
    at, summary, text = _content(page)
    return {
        "kind": kind,
        "published": at,
        "title": page.title,
        "summary": summary,
        "url": path_of(page),
        "text": text,
        "title_tokens": _joined(page.title),
        "tokens": _joined(f"{summary} {text}"),
    }


def _content(page: Any) -> tuple[Any, str, str]:
    match page:
        case CallPage(call=call):
            parts = [call.code, call.programme, call.document_number, call.body]
            parts += [f"{each.code} {each.title} {each.text}" for each in call.directions.all()]
            return call.published_at, call.summary, "\n".join(parts)
        case NoticePage(notice=notice):
            return notice.published_at, "", notice.body
        case FocusAreaPage():
            return page.first_published_at, page.summary, ""
        case PolicyPage():
            head = f"{page.document_number} {page.index_number} {page.publisher} {page.topic}"
            return page.published_at, page.summary, f"{head}\n{_body(page)}"
        case _:
            return page.published_at, page.summary, _body(page)


def _body(page: Any) -> str:
    return "\n".join(page.body.stream_block.get_searchable_content(page.body))


def _joined(text: str) -> str:
    return f" {' '.join(tokens(text))} "
