"""The pool as officers look through it: every filter alone, the same in the spreadsheet, counts, the record page."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import User
from experts.actions.round import close_round, rank_round
from experts.models import Absence, ExpertiseItem, ExpertProfile, Station, Tie
from tests.factories.directory import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RegionFactory,
    applicant,
    officer,
)
from tests.factories.experts import ExpertProfileFactory, accepted, expert_user, profile_of, scored
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    found = officer()
    client.force_login(found)
    return found


def shown(client: Client, **given: Any) -> list[str]:
    """The names on the page and in the spreadsheet, which are the same."""
    page = client.get(reverse("experts"), given)
    names = [line.expert.person.name for line in page.context["lines"]]
    response: Any = client.get(reverse("experts_xlsx"), given)
    rows = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == names
    return names


def somebody(name: str, **fields: Any) -> ExpertProfile:
    return ExpertProfileFactory.create(person=PersonFactory.create(name=name), **fields)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "finance"},
        {"discipline": "790"},
        {"source": "list"},
        {"q": "审计"},
        {"q": "储能电站成本"},
        {"q": "温都"},
        {"state": "suspended"},
        {"load": "full"},
        {"organisation": "阴山"},
    ],
)
def test_each_filter_finds_the_one_who_fits(client: Client, boss: User, given: dict[str, str]) -> None:
    somebody("阿木尔")
    facts: dict[str, Any] = {"kinds": ["finance"], "discipline_codes": ["79010"], "source": "list"}
    state = given.get("state", "admitted")
    wanted = somebody("温都苏", keywords=["审计"], max_load=1, state=state, **facts)
    ExpertiseItem.objects.create(expert=wanted, title="储能电站成本研究")
    MembershipFactory.create(person=wanted.person, organisation=OrganisationFactory.create(name="阴山检测研究所"))
    if "load" in given:
        user = expert_user(max_load=1)
        user.person.name = "温都苏"
        user.person.save()
        wanted.delete()
        accepted(boss, user)
    assert shown(client, **given) == ["温都苏"]


def test_a_region_holds_what_lies_in_it(client: Client, boss: User) -> None:
    league = RegionFactory.create(level="league")
    banner = RegionFactory.create(level="banner", parent=league)
    near, far = somebody("阿木尔"), somebody("温都苏")
    for one, region in ((near, banner), (far, RegionFactory.create())):
        MembershipFactory.create(person=one.person, organisation=OrganisationFactory.create(region=region))
    assert shown(client, region=league.pk) == ["阿木尔"]


def test_a_filter_that_makes_no_sense_is_left_out(client: Client, boss: User) -> None:
    somebody("阿木尔")
    nonsense = {"kind": "x", "discipline": "x", "area": "x", "region": "x", "source": "x", "load": "x", "page": "x"}
    assert shown(client, **nonsense) == ["阿木尔"]


def test_the_states_are_counted_under_the_other_filters(client: Client, boss: User) -> None:
    for state in ("admitted", "candidate", "candidate", "applied"):
        ExpertProfileFactory.create(state=state)
    ExpertProfileFactory.create(kinds=["law"])
    page = client.get(reverse("experts"), {"kind": "technical", "state": "admitted"})
    counts = [(state, count) for state, _label, count in page.context["counts"]]
    assert counts == [("candidate", 2), ("applied", 1), ("admitted", 1)]


def test_neither_list_nor_spreadsheet_is_there_for_others(client: Client) -> None:
    for user in (applicant(), expert_user()):
        client.force_login(user)
        assert [client.get(reverse(name)).status_code for name in ("experts", "experts_xlsx")] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(client: Client, boss: User, count: int, django_assert_max_num_queries: Any) -> None:
    for _ in range(count):
        expert_user()
    with django_assert_max_num_queries(15):
        client.get(reverse("experts"), {"q": "储能"})


def everything_known(boss: User) -> ExpertProfile:
    """An expert of a closed round who wrote everything down."""
    users = [expert_user() for _one in range(2)]
    review_round = scored(boss, [dict(zip(users, (80, 90), strict=True))])
    rank_round(review_round=review_round, by=boss)
    close_round(review_round=review_round, by=boss)
    run_once()
    expert, today = profile_of(users[0]), timezone.localdate()
    Station.objects.create(expert=expert, kind="work", name="阴山检测研究所", since=dt.date(2015, 9, 1))
    Tie.objects.create(expert=expert, kind="advisor", person_name="杜若飞")
    Absence.objects.create(expert=expert, since=today, until=today + dt.timedelta(days=9), note="出国访问")
    ExpertiseItem.objects.create(expert=expert, title="硬碳负极研究", year=2024, source="某刊")
    return expert


def test_the_record_shows_what_is_known(client: Client, boss: User) -> None:
    expert = everything_known(boss)
    page = client.get(reverse("expert", args=[expert.uid]))
    known = page.context["known"]
    assert [(one.seats, one.sheets, one.expired, one.returned) for one in known.rounds] == [(1, 1, 0, 0)]
    assert known.credit == expert.credits.get().score
    for text in ("阴山检测研究所", "杜若飞", "出国访问", "硬碳负极研究", "某刊", "逾期未提交"):
        assert text in page.content.decode()


def test_the_record_costs_the_same_however_much_is_known(
    client: Client, boss: User, django_assert_max_num_queries: Any
) -> None:
    for expert in (profile_of(expert_user()), everything_known(boss)):
        with django_assert_max_num_queries(27):
            client.get(reverse("expert", args=[expert.uid]))
