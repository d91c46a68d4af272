"""The Wagtail admin as an editor finds it: its search, the content policy it needs and that nothing else gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cms.models import HomePage
from tests.cms.test_approval import signed_in
from tests.factories import cms
from tests.factories import directory as people

pytestmark = pytest.mark.django_db
INLINE = "style-src 'self' 'unsafe-inline'"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def policy(client: Client, address: str) -> str:
    return client.get(address).headers["Content-Security-Policy"]


def test_a_word_from_the_middle_of_a_title_finds_the_page(home: HomePage) -> None:
    cms.article("关于开展重点研发计划的通知", slug="found")
    cms.article("另一篇文章", slug="other")
    address = reverse("wagtailadmin_pages:search")
    text = signed_in(people.editor()).get(address, {"q": "重点研发"}).content.decode()
    assert ("关于开展重点研发计划的通知" in text, "另一篇文章" in text) == (True, False)


@pytest.mark.parametrize("make", [cms.image, cms.document])
def test_files_are_found_by_a_word_of_their_title(home: HomePage, make: Callable[[str], Any]) -> None:
    made = make("草原站全景图")
    assert [[one.pk for one in type(made).objects.all().search(word)] for word in ("全景", "沙漠")] == [[made.pk], []]


def test_inline_style_is_for_the_admin_alone(home: HomePage) -> None:
    client = signed_in(people.editor())
    admin = ["/admin/", reverse("wagtailadmin_explore", args=(home.pk,))]
    others = ["/", "/bench/", "/search/?q=a", "/accounts/login/", "/no-such-page/"]
    assert [INLINE in policy(client, each) for each in admin] == [True, True]
    assert ["unsafe" in policy(client, each) for each in others] == [False] * 5


def test_a_preview_stands_under_the_policy_of_the_public_page(home: HomePage) -> None:
    page = cms.article("预览", slug="preview")
    told = policy(signed_in(people.editor()), reverse("wagtailadmin_pages:view_draft", args=(page.pk,)))
    assert ("unsafe" in told, "frame-ancestors 'self'" in told) == (False, True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wagtailadmin_explore", {"Exploring", "Edited by", "Date updated", "Has child pages"}),
        ("wagtailadmin_pages:edit", {"Toggle checks", "Content metrics", "Reading time", "Choose when this page"}),
        ("wagtailadmin_pages:history", {"Exploring", "Show keyboard shortcuts"}),
        ("wagtailimages:index", {"Oldest", "Usage count"}),
        ("wagtailadmin_account", {"Theme preferences", "More contrast", "Snug"}),
    ],
)
def test_the_desk_speaks_chinese_where_wagtail_does_not(home: HomePage, name: str, words: set[str]) -> None:
    page = cms.article("文章", slug="talk")
    args = [page.pk] if name.startswith("wagtailadmin_pages") else [page.get_parent().pk]
    url = reverse(name, args=args if name not in ("wagtailimages:index", "wagtailadmin_account") else [])
    text = signed_in(people.editor()).get(url).content.decode()
    assert {word for word in words if word in text} == set()
