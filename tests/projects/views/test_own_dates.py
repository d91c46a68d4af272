"""The dates of an investigator: on the page, and in a calendar program by a private address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.models import Milestone, Project, Report
from tests.factories import way
from tests.projects.budgets import running_project
from workflows.models import CalendarFeed

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"<code class=\"wrap\">\S+?(/dates/[\w-]+\.ics)</code>")


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


def opened(user: Any) -> str:
    found = ADDRESS.search(signed_in(user).post(reverse("dates_open")).content.decode())
    assert found
    return found.group(1)


def summaries(address: str) -> list[str]:
    lines = Client().get(address).content.decode().replace("\r\n ", "").split("\r\n")
    return [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]


def expected(project: Project) -> set[str]:
    milestones = Milestone.objects.filter(project=project)
    return {f"{project.title}：执行期届满"} | {f"{project.title}：里程碑{one.number}到期" for one in milestones}


def test_whoever_leads_a_project_reads_its_dates_and_nobody_else_does(cast: way.Cast) -> None:
    project = running_project(cast)
    body = signed_in(cast.applicant).get(reverse("dates")).content.decode()
    assert project.title in body
    assert "执行期届满" in body
    address = opened(cast.applicant)
    assert expected(project) <= set(summaries(address))
    report = Report.objects.filter(project=project).earliest("due_at")
    last = timezone.localdate(report.due_at) - dt.timedelta(days=1)  # midnight ends the day before
    assert f"DTSTART;VALUE=DATE:{last:%Y%m%d}" in Client().get(address).content.decode()
    assert f"{last.month}月{last.day}日" in body
    assert project.title not in signed_in(cast.stranger).get(reverse("dates")).content.decode()
    assert "暂无日程" in signed_in(cast.stranger).get(reverse("dates")).content.decode()


def test_an_address_ends_when_it_is_ended_when_another_is_made_and_with_the_account(cast: way.Cast) -> None:
    running_project(cast)
    first = opened(cast.applicant)
    second = opened(cast.applicant)
    assert [Client().get(one).status_code for one in (first, second, "/dates/x.ics")] == [404, 200, 404]
    cast.applicant.is_active = False
    cast.applicant.save()
    assert Client().get(second).status_code == 404
    cast.applicant.is_active = True
    cast.applicant.save()
    answer = signed_in(cast.applicant).post(reverse("dates_close"), follow=True)
    assert "日历订阅地址已停用。" in answer.content.decode()
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_the_address_is_shown_once_and_only_its_digest_is_kept(cast: way.Cast) -> None:
    address = opened(cast.applicant)
    token = address.removeprefix("/dates/").removesuffix(".ics")
    assert token not in signed_in(cast.applicant).get(reverse("dates")).content.decode()
    assert CalendarFeed.objects.get().digest != token
    assert Client().get(address)["Cache-Control"] == "private, no-store"


def test_more_dates_take_no_more_queries(cast: way.Cast) -> None:
    project = running_project(cast)
    client = signed_in(cast.applicant)
    counts = []
    Milestone.objects.filter(project=project, number__gt=1).delete()
    for _turn in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("dates"))
        counts.append(len(found))
        last = Milestone.objects.order_by("-number").first()
        assert last
        for more in (1, 2):
            Milestone.objects.create(project=project, number=last.number + more, due_on=last.due_on, text="x")
    assert counts[0] == counts[1] <= 15
