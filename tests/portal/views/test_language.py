"""The switch of the language."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.directory import UserFactory
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_the_anonymous_keep_their_language_in_a_cookie(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert client.get("/accounts/login/")["Content-Language"] == "en"


def test_a_signed_in_person_keeps_it_with_the_account(client: Client) -> None:
    user = UserFactory.create()
    client.force_login(user)
    client.post("/language/", {"language": "en", "next": "/bench/"})
    user.refresh_from_db()
    assert user.language == "en"
    assert JournalEntry.objects.get(action="directory.account.language").data == {"language": "en"}
    elsewhere = Client()
    elsewhere.force_login(user)
    assert elsewhere.get("/accounts/email/")["Content-Language"] == "en"


def test_without_a_choice_the_site_speaks_chinese(client: Client) -> None:
    answer = client.get("/accounts/login/", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans"' in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_off_the_site(client: Client, elsewhere: str) -> None:
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_an_unknown_language_is_refused(client: Client) -> None:
    assert client.post("/language/", {"language": "xx"}).status_code == 400


def test_the_language_is_not_switched_by_a_link(client: Client) -> None:
    assert client.get("/language/?language=en").status_code == 405
