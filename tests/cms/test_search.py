"""Search against a plain scan, and against hostile queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.actions.search import index_page, rebuild
from cms.models import ArticlePage, HomePage
from cms.queries.search import search
from cms.search.marks import marked
from cms.search.tokens import tokens
from tests.factories import cms
from workflows.relay import run_once

HOSTILE = [
    'a"b',
    "AND OR NOT",
    '"',
    "稀土*",
    "NEAR(",
    "title:稀土",
    "\0",
    "😀",
    "%",
    "_",
    "'; DROP TABLE",
    "(",
    "-",
    "土" * 1_000_000,
]


def test_a_run_of_han_gives_pairs_and_its_last_character() -> None:
    assert tokens("稀土永磁 ＡＢＣ-123") == ["稀土", "土永", "永磁", "磁", "abc", "123"]


@pytest.mark.django_db
def test_a_published_article_is_found_and_an_unpublished_one_is_not(home: HomePage) -> None:
    page = cms.article("稀土永磁材料研讨会", slug="x", body=[("paragraph", "<p>会议讨论了<b>烧结</b>工艺</p>")])
    run_once()
    assert [hit.document.ref for hit in search("永磁").hits] == [str(page.pk)]
    assert [hit.document.ref for hit in search("烧结").hits] == [str(page.pk)]
    ArticlePage.objects.get(pk=page.pk).unpublish()
    run_once()
    assert search("永磁").hits == []


@pytest.mark.django_db
def test_a_deleted_page_is_not_found(home: HomePage) -> None:
    page = cms.article("稀土永磁材料研讨会", slug="x")
    index_page(page_id=page.pk)
    ArticlePage.objects.get(pk=page.pk).delete()
    run_once()
    assert search("永磁").hits == []


@pytest.mark.django_db
def test_calls_and_policies_are_found_by_their_numbers(home: HomePage) -> None:
    cms.call_page(title="申报指南", document_number="内科发〔2027〕12号")
    cms.policy("管理办法", slug="p", document_number="内科发〔2026〕31号")
    rebuild()
    assert [hit.document.title for hit in search("内科发〔2026〕31号").hits] == ["管理办法"]
    assert [hit.document.title for hit in search("2027〕12").hits] == ["申报指南"]


@pytest.mark.django_db
def test_parts_are_looked_for_when_nothing_holds_the_whole(home: HomePage) -> None:
    cms.article("稀土材料研讨会", slug="x")
    rebuild()
    found = search("稀土开采")
    assert (found.broader, len(found.hits)) == (True, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("extra", [{}, {"kind": "'", "year": "x", "page": "-1"}])
def test_no_query_breaks_the_page(query: str, extra: dict[str, str], home: HomePage, client: Client) -> None:
    response = client.get("/search/", {"q": query, **extra})
    assert response.status_code == 200
    assert b'content="noindex"' in response.content


@pytest.mark.django_db
def test_the_search_page_takes_few_queries(home: HomePage, client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for number in range(2):
        cms.article("稀土", slug=f"x{number}")
        cms.call_page(title="稀土")
        rebuild()
        with django_assert_max_num_queries(15) as taken:
            assert "<mark>稀土</mark>" in client.get("/search/", {"q": "稀土"}).content.decode()
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_marks_that_touch_are_one_and_text_is_escaped() -> None:
    assert marked("<b>稀土永磁</b>", ["稀土", "土永", "永磁"]) == "&lt;b&gt;<mark>稀土永磁</mark>&lt;/b&gt;"
    assert marked("ＡＢＣ", ["abc"]) == "<mark>ＡＢＣ</mark>"
