"""The public list of calls: its order, its filters, its counts, the archive."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from cms.actions.search import rebuild
from cms.enums import CallPhase, DocumentKind
from cms.models import HomePage, SearchDocument
from cms.queries.call_list import PHASES, listed_calls
from cms.queries.calls import phase_of
from cms.queries.search import search
from projects.actions.imports import import_calls
from projects.importing.reading import read
from projects.models import Call
from tests.factories import cms
from tests.factories.directory import FocusAreaFactory
from tests.factories.projects import CallFactory, days
from workflows.actors import SYSTEM
from workflows.models import OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
HEAD = "项目名称,项目来源,发布时间,截止时间\n"
ROWS = (
    "[申报中] 2014年草原生态专项申报,国家自然科学基金项目,2014-03-01,2014-05-20\n"
    "[申报中] 2016年稀土材料专项申报,云南省科技计划项目,2016-03-01,0000-00-00\n"
    "[申报中] 2016年与某集团联合资助的先进制造...,联合基金,0000-00-00,2016-08-31\n"
)


@pytest.fixture
def archive(home: HomePage, tmp_path: Path) -> list[Call]:
    """Three calls of a published list, as the importer takes them."""
    return imported(tmp_path, ROWS)


def imported(folder: Path, rows: str) -> list[Call]:
    path = folder / "calls.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    import_calls(source=read(path), by=SYSTEM)
    return list(Call.objects.exclude(imported_key="").order_by("published_at"))


def titles(client: Client, query: str = "") -> list[str]:
    html = client.get(f"/calls/?{query}").content.decode()
    return re.findall(r'<a href="/calls/[^"]+/">([^<]+)</a><small>', html)


def counted(client: Client, query: str = "") -> list[int]:
    html = client.get(f"/calls/?{query}").content.decode()
    return [int(number) for number in re.findall(r'<span class="small">(\d+)</span></a></li>', html)]


def published(title: str, **fields: Any) -> Call:
    page = cms.call_page(title=title, recommendation_deadline=None, **fields)
    call: Call = page.call
    return call


def test_open_calls_come_first_by_their_deadline_and_the_archive_last(archive: list[Call], client: Client) -> None:
    published("旧", closed=True, published_at=days(-90), filing_deadline=days(-50))
    published("较近", closed=True, published_at=days(-60), filing_deadline=days(-20))
    published("后开", opens_at=days(9), filing_deadline=days(40))
    published("先开", opens_at=days(3), filing_deadline=days(50))
    published("后止", filing_deadline=days(9))
    published("先止", filing_deadline=days(2))
    shown = titles(client)
    assert shown[:6] == ["先止", "后止", "先开", "后开", "较近", "旧"]
    assert sorted(shown[6:]) == sorted(call.title for call in archive)
    assert counted(client) == [9, 2, 2, 2, 3]


def test_the_list_and_the_page_of_a_call_agree_on_its_phase(archive: list[Call], home: HomePage) -> None:
    at = days(0)
    published("一", filing_deadline=days(2))
    published("二", opens_at=days(1), filing_deadline=days(2))
    published("三", opens_at=None, filing_deadline=days(2))
    published("四", closed=True)
    published("五", concluded=True)
    found = {call: PHASES[call.rank] for call in listed_calls(at)}
    assert found == {call: phase_of(Call.objects.get(pk=call.pk), at) for call in found}
    assert set(found.values()) == set(CallPhase)


def test_a_call_whose_page_is_not_live_is_not_listed(home: HomePage, client: Client) -> None:
    cms.call_page(title="撤下的通知").unpublish()
    CallFactory.create(title="草稿")
    assert titles(client) == []
    assert counted(client) == [0, 0, 0, 0, 0]


def test_filters_narrow_the_list_and_its_counts(archive: list[Call], client: Client) -> None:
    area = FocusAreaFactory.create(code="A1")
    below = FocusAreaFactory.create(code="A11", parent=area)
    published("重点实验室申报", kind="key_lab", focus_areas=[below], published_at=days(-1))
    assert titles(client, f"area={area.pk}") == ["重点实验室申报"]
    assert titles(client, "kind=key_lab") == ["重点实验室申报"]
    assert titles(client, f"q={quote('专项 草原')}") == ["2014年草原生态专项申报"]
    assert titles(client, f"programme={quote('云南')}") == ["2016年稀土材料专项申报"]
    assert len(titles(client, "year=2016")) == 2
    assert len(titles(client, "phase=archived")) == 3
    assert titles(client, "phase=open") == ["重点实验室申报"]
    assert counted(client, "year=2016&phase=open") == [2, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("query", "field"), [("year=1066", "year"), ("kind=castle", "kind"), ("area=x", "area"), ("year=x&q=%00", "q")]
)
def test_what_cannot_be_filtered_by_is_named_and_the_rest_still_counts(
    query: str, field: str, archive: list[Call], client: Client
) -> None:
    answer = client.get(f"/calls/?{query}&programme={quote('云南')}")
    assert f'href="#id_{field}"' in answer.content.decode()
    assert titles(client, f"{query}&programme={quote('云南')}") == ["2016年稀土材料专项申报"]


def test_an_unknown_phase_is_named_and_shows_all(archive: list[Call], client: Client) -> None:
    assert len(titles(client, "phase=later")) == 3
    assert 'role="alert"' in client.get("/calls/?phase=later").content.decode()


def test_the_pages_of_the_list_keep_what_was_asked_for(home: HomePage, client: Client, tmp_path: Path) -> None:
    imported(tmp_path, "".join(f"草原专项{number},联合基金,2015-03-{number:02d},\n" for number in range(1, 18)))
    html = client.get(f"/calls/?q={quote('草原')}&phase=archived&page=2").content.decode()
    assert len(titles(client, f"q={quote('草原')}&phase=archived&page=2")) == 2
    assert f'href="?q={quote("草原")}&amp;phase=archived&amp;page=1"' in html
    assert '<input type="hidden" name="phase" value="archived"' in html


def test_an_empty_list_says_what_to_do(home: HomePage, client: Client) -> None:
    headers = {"cookie": "django_language=en"}
    assert "New calls appear here" in client.get("/calls/", headers=headers).content.decode()
    answer = client.get("/calls/?q=x", headers=headers).content.decode()
    assert "Try fewer words" in answer
    assert '<a class="button" href="/calls/">Show all calls</a>' in answer


def test_the_list_takes_the_same_few_queries_however_long_it_is(
    home: HomePage, client: Client, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for count in (1, 3):
        imported(tmp_path, "".join(f"专项{count}{number},基金,2015-03-01,\n" for number in range(count)))
        for _number in range(count):
            cms.call_page()
        for query in ("", "?year=2015&phase=archived"):
            with django_assert_max_num_queries(15) as taken:
                assert client.get(f"/calls/{query}").status_code == 200
            counts.append(len(taken))
    assert len(set(counts)) == 1


def test_an_imported_call_has_a_page_that_says_what_it_is(archive: list[Call], client: Client) -> None:
    first, undated = archive[0], next(call for call in archive if call.filing_deadline is None)
    cut_off = next(call for call in archive if call.truncated)
    headers = {"cookie": "django_language=en"}
    html = client.get(f"/calls/archive/{first.code}/", headers=headers).content.decode()
    for fact in (first.title, "国家自然科学基金项目", "This is a record of the archive", "1 March 2014", "20 May 2014"):
        assert fact in html
    assert '<li><a href="/calls/">' in html
    assert f'<meta name="ArticleTitle" content="{first.title}">' in html
    assert f"/calls/?programme={quote(first.programme)}" in html
    assert "/start/" not in html
    assert "not in the list" in client.get(f"/calls/archive/{undated.code}/", headers=headers).content.decode()
    assert "cut the title off" in client.get(f"/calls/archive/{cut_off.code}/", headers=headers).content.decode()
    assert "cut the title off" not in html


def test_calls_of_the_department_have_no_page_in_the_archive(home: HomePage, client: Client) -> None:
    for call in (published("公开", code="2027-XT"), CallFactory.create(code="2027-YT")):
        assert client.get(f"/calls/archive/{call.code}/").status_code == 404
    assert client.get("/calls/archive/H-0/").status_code == 404


def test_the_archive_is_in_the_site_map_and_is_found(archive: list[Call], client: Client) -> None:
    assert search("草原生态").hits == []
    run_once()
    hit = search("草原生态").hits[0].document
    assert (hit.kind, hit.url) == (DocumentKind.ARCHIVED_CALL, f"/calls/archive/{archive[0].code}/")
    assert search("云南省").hits[0].document.title == "2016年稀土材料专项申报"
    site_map = client.get("/sitemap.xml").content.decode()
    assert all(f"/calls/archive/{call.code}/</loc>" in site_map for call in archive)


def test_the_archive_is_indexed_once_however_often_it_is_told(archive: list[Call], tmp_path: Path) -> None:
    run_once()
    OutboxMessage.objects.filter(kind="call.imported").update(state="waiting", done_at=None)
    imported(tmp_path, ROWS + "又一专项,联合基金,2015-03-01,\n")
    run_once()
    assert SearchDocument.objects.filter(kind=DocumentKind.ARCHIVED_CALL).count() == 4
    assert rebuild() == SearchDocument.objects.count()
    assert SearchDocument.objects.filter(kind=DocumentKind.ARCHIVED_CALL).count() == 4
