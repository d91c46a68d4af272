"""What was imported from published lists stays out of the way of those who work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from directory.models import User
from tests.factories.directory import OrganisationFactory, applicant, officer, system_admin
from workflows.inbox import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def listed(user: User, asked: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/bench/organisations/{asked}").content.decode()


def test_imported_organisations_are_listed_when_asked_for() -> None:
    OrganisationFactory.create(name="草原研究所")
    OrganisationFactory.create(name="名单里的大学", imported=True, credit_code="")
    boss = officer()
    pages = {asked: listed(boss, asked) for asked in ("", "?origin=imported", "?origin=all")}
    shown = {asked: ("草原研究所" in text, "名单里的大学" in text) for asked, text in pages.items()}
    assert shown == {"": (True, False), "?origin=imported": (False, True), "?origin=all": (True, True)}


def test_who_sees_only_their_own_is_not_asked_where_it_comes_from() -> None:
    assert 'name="origin"' in listed(officer(), "")
    assert 'name="origin"' not in listed(applicant(), "")


def test_imported_organisations_wait_for_nobody() -> None:
    OrganisationFactory.create(state="registered", imported=True, credit_code="")
    fresh = OrganisationFactory.create(state="registered")
    assert [one.title for one in waiting_for(system_admin())] == [fresh.name]
