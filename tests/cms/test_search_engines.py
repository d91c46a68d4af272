"""What every engine of the search promises: the same found sets, titles before bodies, nothing to others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from cms.actions.search import rebuild
from cms.models import SearchDocument
from cms.queries.search import search
from cms.search.engines import PortableEngine, PostgresEngine, engine
from cms.search.engines.interface import Engine
from cms.search.tokens import fold, phrases, tokens
from tests.factories import cms

ALPHABET = "稀土永磁材料关键技术草原生态修复氢能储运种业创新ＡＢＣ123—。Монголᠮᠣᠩᠭᠣᠯ\u180bé'\\:*&|!<>"
HOSTILE = ['a"b', "AND OR NOT", "'", "\\", "稀土:*", "& | ! <->", "':1A", "%", "_", "\0", "土" * 1_000_000, "a" * 100]


def stored(title: str, body: str = "", *, audience: str = "public", by: Engine) -> SearchDocument:
    document = SearchDocument.objects.create(
        kind="article",
        ref=str(SearchDocument.objects.count()),
        audience=audience,
        published="2027-01-01T00:00:00Z",
        title=title[:255],
        text=body,
        url="/",
        title_tokens=f" {' '.join(tokens(title))} ",
        tokens=f" {' '.join(tokens(body))} ",
    )
    by.put([document])
    return document


def found(query: str, by: Engine, *, broader: bool = False) -> list[int]:
    return by.find(phrases(query), audience="public", broader=broader)


def texts(count: int) -> Iterator[str]:
    seeded = random.Random(7)  # noqa: S311 - test data
    return ("".join(seeded.choice(ALPHABET) for _ in range(20)) for _ in range(count))


def every_substring_of_han_is_found(by: Engine) -> None:
    made = [stored(title, body, by=by) for title, body in zip(texts(120), list(texts(240))[120:], strict=True)]
    cuts = {
        text[at : at + size]
        for each in made[:40]
        for text in (each.title, each.text)
        for at in (0, 5)
        for size in (1, 2, 3, 4)
    }
    for query in {cut for cut in cuts if all("\u4e00" <= char <= "\u9fff" for char in cut)}:
        scan = {each.pk for each in made if query in fold(each.title) or query in fold(each.text)}
        assert set(found(query, by)) == scan, query


def what_is_found_is_what_a_scan_of_the_tokens_finds(by: Engine) -> None:
    for text in texts(60):
        stored(text[:8], text[8:], by=by)
    for query in texts(90):
        for asked in (query[:2], query[:5], f"{query[:2]} {query[5:7]}"):
            for broader in (False, True):
                if phrases(asked):
                    scan = found(asked, PortableEngine(), broader=broader)
                    assert set(found(asked, by, broader=broader)) == set(scan), asked


def a_title_stands_before_a_body(by: Engine) -> None:
    body = stored("会议通知", "稀土永磁材料研讨会", by=by)
    title = stored("稀土永磁材料研讨会", "会议通知", by=by)
    assert found("稀土永磁", by) == [title.pk, body.pk]
    assert found("磁", by) == [title.pk, body.pk]


def a_phrase_does_not_run_from_the_title_into_the_body(by: Engine) -> None:
    stored("abc", "def", by=by)
    assert found("abc-def", by) == []
    assert len(found("abc def", by)) == 1


def long_texts_are_found_to_their_end(by: Engine) -> None:
    seeded = random.Random(3)  # noqa: S311 - test data
    long = "".join(chr(seeded.randrange(0x4E00, 0x9FA0)) for _ in range(40_000)).replace("氢能", "")
    deep = stored("长文", f"{long}氢能储运", by=by)
    stored("长文", f"{long}氢 能储运", by=by)
    assert found("氢能储运", by) == [deep.pk]
    word = stored("长词", "x" * 3000, by=by)
    often = stored("常词", "草地 " * 400 + "草原生态", by=by)
    assert found("草原生态", by) == [often.pk]
    assert found("x" * 100, by) == []
    assert found("长词", by) == [word.pk]


def only_the_audience_finds(by: Engine) -> None:
    stored("稀土", audience="officers", by=by)
    assert found("稀土", by) == found("稀土", by, broader=True) == []


def what_is_written_again_or_dropped_is_found_no_more(by: Engine) -> None:
    document = stored("稀土", by=by)
    document.title_tokens = f" {' '.join(tokens('草原'))} "
    document.save()
    by.put([document])
    assert (found("稀土", by), found("草原", by)) == ([], [document.pk])
    by.drop([document.pk])
    document.delete()
    assert found("草原", by) == []


def no_query_breaks_it(by: Engine) -> None:
    stored("稀土", by=by)
    for query in HOSTILE:
        if phrases(query):
            assert len(found(query, by)) + len(found(query, by, broader=True)) <= 2


PROMISES: list[Callable[[Engine], None]] = [
    every_substring_of_han_is_found,
    what_is_found_is_what_a_scan_of_the_tokens_finds,
    a_title_stands_before_a_body,
    a_phrase_does_not_run_from_the_title_into_the_body,
    long_texts_are_found_to_their_end,
    only_the_audience_finds,
    what_is_written_again_or_dropped_is_found_no_more,
    no_query_breaks_it,
]


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("which", [engine, PortableEngine])
def test_the_promises_hold(promise: Callable[[Engine], None], which: Callable[[], Engine]) -> None:
    promise(which())


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_the_promises_hold_on_postgresql() -> None:
    assert isinstance(engine(), PostgresEngine)
    for by in (PostgresEngine(), PortableEngine()):
        for promise in PROMISES:
            with transaction.atomic():
                promise(by)
                transaction.set_rollback(True)
    every_query_can_use_the_index()
    a_page_is_found_with_its_words_marked()


def every_query_can_use_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM cms_searchdocument WHERE search_vector @@ '''稀土'' & ''磁'':*'::tsquery"
        )
        assert "cms_search_vector" in str(cursor.fetchall())
        cursor.execute("SET enable_seqscan = on")


def a_page_is_found_with_its_words_marked() -> None:
    cms.site()
    cms.article("稀土永磁材料研讨会", slug="x", body=[("paragraph", "<p>会议讨论了<b>烧结</b>工艺</p>")])
    rebuild()
    assert [hit.title for hit in search("永磁", kind="article").hits] == ["稀土<mark>永磁</mark>材料研讨会"]
    assert [hit.text for hit in search("烧结").hits] == ["会议讨论了<mark>烧结</mark>工艺"]
