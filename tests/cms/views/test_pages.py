"""What readers see: pages, meta tags, countdown, counts of queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import HomePage
from directory.models import Person
from tests.factories import cms
from tests.factories.directory import FocusAreaFactory
from tests.factories.projects import days

pytestmark = pytest.mark.django_db

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}


def meta(client: Client, path: str) -> dict[str, str]:
    html = client.get(path).content.decode()
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))


def test_the_home_page_carries_site_and_column_tags(home: HomePage, client: Client) -> None:
    tags = meta(client, "/")
    assert tags.keys() >= SITE | COLUMN
    assert not ARTICLE & tags.keys()
    assert tags["ColumnType"] == "首页"


def test_a_column_carries_its_own_tags(home: HomePage, client: Client) -> None:
    tags = meta(client, "/policies/")
    assert tags.keys() >= SITE | COLUMN
    assert (tags["ColumnName"], tags["ColumnType"]) == ("政策文件", "政策文件")


def test_articles_policies_calls_and_notices_carry_all_three_groups(home: HomePage, client: Client) -> None:
    paths = [
        cms.article("专题会议召开", slug="a", source="自治区科技厅").get_url(),
        cms.policy("管理办法", slug="p").get_url(),
        cms.call_page().get_url(),
        cms.notice_page().get_url(),
    ]
    for path in paths:
        tags = meta(client, path)
        assert tags.keys() >= SITE | COLUMN | ARTICLE, path
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", tags["PubDate"])
    assert meta(client, paths[0])["ContentSource"] == "自治区科技厅"


def test_an_open_call_shows_the_time_left_and_the_way_to_start(home: HomePage, client: Client) -> None:
    page = cms.call_page(code="2027-XT", filing_deadline=days(9))
    html = client.get(page.get_url(), headers={"cookie": "django_language=en"}).content.decode()
    assert "8 d 23 h" in html
    assert "/bench/calls/2027-XT/start/" in html


def test_a_closed_call_offers_nothing_to_start(home: HomePage, client: Client) -> None:
    html = client.get(cms.call_page(closed=True).get_url()).content.decode()
    assert "/start/" not in html
    assert "data-countdown" not in html


def test_a_notice_shows_four_facts_of_each_funded_item_and_no_more(home: HomePage, client: Client) -> None:
    page = cms.notice_page(items=2)
    html = client.get(page.get_url()).content.decode()
    items = page.notice.funding_list.items.order_by("rank")
    for item in items[:2]:
        assert item.proposal.title in html
        assert item.proposal.applicant.name in html
        assert item.proposal.organisation.name in html
    declined = items[2].proposal
    assert declined.title not in html
    for person in Person.objects.all():
        assert person.mobile not in html
        assert person.id_number not in html
        assert person.email not in html


def test_an_open_notice_takes_objections_and_a_closed_one_does_not(home: HomePage, client: Client) -> None:
    running = cms.notice_page()
    over = cms.notice_page(state="closed", published_at=days(-9), closes_at=days(-2))
    assert f"/notices/{running.notice.uid}/object/" in client.get(running.get_url()).content.decode()
    assert "/object/" not in client.get(over.get_url()).content.decode()


def test_lists_are_paged(home: HomePage, client: Client) -> None:
    for number in range(16):
        cms.article(f"第{number}篇", slug=f"n{number}", published_at=days(-number))
    first, second = (client.get(f"/news/?page={page}").content.decode() for page in (1, 2))
    assert first.count('class="due two"') == 15
    assert "第15篇" in second
    assert client.get("/news/?page=nonsense").status_code == 200


def test_an_article_leads_to_its_neighbours(home: HomePage, client: Client) -> None:
    older, page, newer = (
        cms.article(title, slug=f"x{n}", published_at=days(n - 3)) for n, title in enumerate("甲乙丙")
    )
    html = client.get(page.get_url()).content.decode()
    assert re.search(rf'rel="prev" href="{older.get_url()}"', html)
    assert re.search(rf'rel="next" href="{newer.get_url()}"', html)


def test_a_notice_leads_to_the_state_of_an_objection_also_when_it_is_closed(home: HomePage, client: Client) -> None:
    for page in (cms.notice_page(), cms.notice_page(state="closed", published_at=days(-9), closes_at=days(-2))):
        assert f'href="{reverse("objection-query")}"' in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize("path", ["/", "/calls/", "/notices/", "/news/", "/policies/", "/focus/", "/focus/a1/"])
def test_the_count_of_queries_does_not_grow(
    path: str, home: HomePage, client: Client, django_assert_max_num_queries: Any
) -> None:
    area = FocusAreaFactory.create(code="A1")
    cms.site()
    counts = []
    for count in (1, 2):
        for number in range(count):
            cms.article("文章", slug=f"a{count}{number}", focus_areas=[area])
            cms.policy("政策", slug=f"p{count}{number}")
            cms.call_page(focus_areas=[area])
            cms.notice_page()
        with django_assert_max_num_queries(15) as taken:
            assert client.get(path).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_a_call_and_a_notice_are_read_with_few_queries(
    home: HomePage, client: Client, django_assert_max_num_queries: Any
) -> None:
    for page in (
        cms.call_page(directions=1),
        cms.call_page(directions=3),
        cms.notice_page(items=1),
        cms.notice_page(items=3),
    ):
        with django_assert_max_num_queries(17):
            assert client.get(page.get_url()).status_code == 200


def test_the_text_size_is_kept_in_a_cookie(home: HomePage, client: Client) -> None:
    response = client.post("/text-size/", {"size": "large", "next": "/news/"})
    assert response.headers["Location"] == "/news/"
    assert 'class="text-large"' in client.get("/news/").content.decode()
    assert client.post("/text-size/", {"size": "huge"}).status_code == 400
    assert client.post("/text-size/", {"size": "small", "next": "//evil.example/"}).headers["Location"] == "/"


def test_feeds_site_map_and_robots(home: HomePage, client: Client) -> None:
    cms.article("专题会议召开", slug="talk")
    call = cms.call_page(title="申报指南")
    feed = client.get("/feed/").content.decode()
    assert "<title>申报指南</title>" in feed
    assert "<title>专题会议召开</title>" in feed
    assert "申报指南" not in client.get("/feed/news/").content.decode()
    assert client.get("/feed/nothing/").status_code == 404
    assert call.get_url() in client.get("/sitemap.xml").content.decode()
    assert "Disallow: /bench/" in client.get("/robots.txt").content.decode()
