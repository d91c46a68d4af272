from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import CalendarDay, User
from projects.models import Adjustment, Project
from projects.queries.channel_statistics import Speed, channel_statistics, years
from tests.factories import way
from tests.projects.budgets import running_project

# The rows are written as they would stand, without the changes of the ledger that go with them.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]
FRIDAY = dt.date(2026, 9, 18)


@pytest.fixture
def project() -> Project:
    return running_project(way.Cast())


def decided(project: Project, number: int, route: str, *, days: int, state: str = "applied") -> None:
    asked = timezone.make_aware(dt.datetime.combine(FRIDAY, dt.time(10)))
    Adjustment.objects.create(
        project=project,
        number=number,
        asked_by=User.objects.get(person=project.investigator),
        asked_at=asked,
        reason="补充测试",
        route=route,
        because="合计不变",
        rules_from=dt.date(2021, 8, 13),
        moved=10_000,
        decided_at=asked + dt.timedelta(days=days),
        state=state,
    )


def test_days_are_those_of_the_working_calendar(project: Project) -> None:
    CalendarDay.objects.create(day=dt.date(2026, 9, 20), kind="make_up", name="国庆节调休")
    decided(project, 1, "recorded", days=0, state="recorded")
    decided(project, 2, "organisation", days=1)  # Saturday
    decided(project, 3, "organisation", days=2)  # the Sunday on which offices work
    decided(project, 4, "department", days=4, state="rejected")  # Tuesday
    decided(project, 5, "department", days=9, state="withdrawn")
    found = channel_statistics()
    assert (found.whole.count, found.whole.at_once, found.whole.share) == (4, 1, 25.0)
    assert [(one.count, one.median, one.slow) for one in found.routes] == [(1, 0, 0), (2, 0, 1), (1, 3, 3)]
    assert [(one.name, one.count) for one in found.organisations] == [(project.organisation.name, 4)]


def test_percentiles_are_by_nearest_rank() -> None:
    speed = Speed("", Counter({0: 90, 3: 5, 10: 5}), at_once=90)
    assert (speed.median, speed.slow, speed.share) == (0, 3, 90.0)
    assert Speed("", Counter(), 0).slow == 0


def test_one_year_is_read_alone(project: Project) -> None:
    decided(project, 1, "recorded", days=0, state="recorded")
    assert years() == [2026]
    assert channel_statistics(2025).whole.count == 0


def test_everybody_reads_the_page_in_the_same_few_queries(project: Project) -> None:
    found = []
    for number in (1, 2, 3):
        decided(project, number, "organisation", days=number)
        Client().get(reverse("channel-statistics"))
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(reverse("channel-statistics"), {"year": "2026"})
        assert (answer.status_code, project.organisation.name in answer.content.decode()) == (200, True)
        found.append(len(queries))
    assert found[0] == found[2] <= 15


@pytest.mark.parametrize("year", ["", "1", "abc", "²", "9" * 30])
def test_a_year_that_is_none_shows_all(year: str) -> None:
    answer = Client().get(reverse("channel-statistics"), {"year": year})
    assert answer.status_code == 200
