"""The version for elderly readers and the statement on accessibility, on every public page and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import HomePage, SiteProfile
from tests.factories import cms
from tests.factories import directory as people

pytestmark = pytest.mark.django_db
MARK = 'class="elder"'
LEAVE = "退出长者版"


def elder() -> Client:
    client = Client()
    client.post(reverse("elder"), {"elder": "on", "next": "/"})
    return client


def public_paths() -> list[str]:
    """Public pages of every kind."""
    pages: list[Any] = [
        cms.article("专题会议", slug="talk"),
        cms.policy("管理办法", slug="rule"),
        cms.call_page(),
        cms.notice_page(),
    ]
    plain = ["/", "/news/", "/calls/", "/search/?q=科技", "/accounts/login/", "/nowhere/", reverse("objection-query")]
    return [*plain, reverse("accessibility"), *(page.get_url() for page in pages)]


def test_it_is_entered_kept_and_left_on_every_public_page(home: HomePage) -> None:
    paths, client = public_paths(), elder()
    shown = [client.get(path).content.decode() for path in paths]
    assert [(MARK in text, LEAVE in text, "tala/elder" in text) for text in shown] == [(True, True, True)] * len(paths)
    client.post(reverse("elder"), {"elder": "off"})
    shown = [client.get(path).content.decode() for path in paths]
    assert [(MARK in text, LEAVE in text, "tala/elder" in text) for text in shown] == [(False,) * 3] * len(paths)


def test_one_comes_back_to_where_one_was_and_nowhere_else(client: Client) -> None:
    sent = [{"elder": "on", "next": back} for back in ("/news/?page=2", "//evil.example/", "")]
    assert [client.post(reverse("elder"), each).headers["Location"] for each in sent] == ["/news/?page=2", "/", "/"]
    kept = client.cookies["elder"]
    assert (kept["max-age"], kept["httponly"], kept["samesite"]) == (365 * 24 * 3600, True, "Lax")


@pytest.mark.parametrize("value", ["", "yes", "<script>", "o" * 9000])
def test_anything_else_is_refused(client: Client, value: str) -> None:
    answer = client.post(reverse("elder"), {"elder": value, "next": "/"})
    assert (answer.status_code, "elder" in client.cookies) == (400, False)


def test_a_cookie_that_says_something_else_is_the_usual_version(home: HomePage, client: Client) -> None:
    client.cookies["elder"] = "perhaps"
    assert MARK not in client.get("/").content.decode()


def test_the_most_wanted_stands_first_on_the_home_page(home: HomePage) -> None:
    text = elder().get("/").content.decode()
    main = text[text.index("<main") :]
    links = re.findall(r'<a class="button[^"]*" href="([^"]+)"', main[: main.index("</nav>")])
    assert links == [
        *(f"/{slug}/" for slug in ("calls", "notices", "policies", "news", "platforms", "disclosure")),
        reverse("objection-query"),
        reverse("account_login"),
    ]


def test_it_costs_no_query_more(home: HomePage) -> None:
    counts = []
    for client in (Client(), elder()):
        client.get("/news/")
        with CaptureQueriesContext(connection) as found:
            client.get("/news/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_statement_is_linked_from_every_public_page_and_gives_the_contact(home: HomePage, client: Client) -> None:
    SiteProfile.objects.update(phone="0471-1234567", email="barrier@example.org")
    link = f'href="{reverse("accessibility")}"'
    assert [link in client.get(path).content.decode() for path in public_paths()] == [True] * 12
    text = client.get(reverse("accessibility")).content.decode()
    assert ("0471-1234567" in text, "barrier@example.org" in text) == (True, True)


def test_the_workbench_has_no_such_version(home: HomePage) -> None:
    client = elder()
    client.force_login(people.applicant())
    assert MARK not in client.get(reverse("profile")).content.decode()
