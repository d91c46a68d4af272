from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import PortfolioSheet, Project, SavedView
from tests.factories import way
from tests.projects.budgets import running_project
from workflows.files import files_of
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen(user: Any, query: str = "") -> list[Project]:
    answer = signed_in(user).get(f"{reverse('portfolio')}?{query}")
    return [one.project for one in answer.context["lines"]]


def test_each_sees_the_projects_that_are_theirs_to_see(cast: way.Cast) -> None:
    project = running_project(cast)
    for user in (cast.officer, cast.decision_maker, cast.admin, cast.recommender):
        assert seen(user) == [project]
    for user in (cast.applicant, cast.stranger):
        assert signed_in(user).get(reverse("portfolio")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=active", 1),
        ("state=lapsed", 0),
        ("state=nonsense", 1),
        ("q=nowhere", 0),
        ("risk=overdue", 0),
        ("risk=nonsense", 1),
        ("year=1990", 0),
        ("year=12", 1),
        ("area=none&region=none&programme=none&sort=none&by=none&page=none", 1),
    ],
)
def test_filters_narrow_and_what_cannot_be_read_filters_nothing(cast: way.Cast, query: str, found: int) -> None:
    running_project(cast)
    assert len(seen(cast.officer, query)) == found


def test_a_group_leads_to_its_projects(cast: way.Cast) -> None:
    project = running_project(cast)
    answer = signed_in(cast.officer).get(f"{reverse('portfolio')}?by=organisation&page=3")
    ((_group, address),) = answer.context["groups"]
    assert [one.project for one in signed_in(cast.officer).get(reverse("portfolio") + address).context["lines"]] == [
        project
    ]
    assert "page" not in address


def test_a_view_is_kept_opened_and_forgotten(cast: way.Cast) -> None:
    client = signed_in(cast.officer)
    kept = client.post(reverse("portfolio-keep"), {"name": "在研", "query": "state=active&page=2&evil=1"})
    view = SavedView.objects.get()
    assert (kept["Location"], view.query) == (f"{reverse('portfolio')}?state=active", "state=active")
    assert "在研" in client.get(kept["Location"]).content.decode()
    assert signed_in(cast.admin).post(reverse("portfolio-forget", args=[view.pk])).status_code == 404
    client.post(reverse("portfolio-forget", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "名" * 41])
def test_a_bad_name_is_told_and_the_filters_stay(cast: way.Cast, name: str) -> None:
    answer = signed_in(cast.officer).post(
        reverse("portfolio-keep"), {"name": name, "query": "state=active"}, follow=True
    )
    assert "请填写视图名称，不超过40字。" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == "state=active"
    assert not SavedView.objects.exists()


def test_a_spreadsheet_is_asked_for_watched_and_downloaded(cast: way.Cast) -> None:
    running_project(cast)
    client = signed_in(cast.officer)
    page = client.post(reverse("portfolio-export"), {"query": "state=active"})["Location"]
    body = client.get(page).content.decode()
    assert "已写入0个，共1个项目。" in body
    assert 'hx-trigger="every 2s"' in body
    while run_once():
        pass
    body = client.get(page).content.decode()
    assert "hx-trigger" not in body
    (file,) = files_of(PortfolioSheet.objects.get())
    assert reverse("file", args=[file.uid]) in body
    assert signed_in(cast.decision_maker).get(page).status_code == 404
