"""A project of a call from before the reform of 2021: its categories and ceilings stay its own."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from projects.actions.adjustment import ask_adjustment
from projects.actions.spending import hand_in_spending, record_spending, take_spending
from projects.budget import LABELS
from projects.models import Project
from projects.queries.channel_versions import rules_today
from projects.queries.kept_rules import channel_rules_of, scheme_of
from projects.queries.ledger import ledger, ledger_blocks
from projects.queries.spending import used_by_category
from tests.factories import way
from tests.projects.actions.test_spending import DAY, ENTRY
from tests.projects.budgets import amounts, running_project, wish
from tests.projects.spending.lists import xlsx
from workflows.errors import Refused

pytestmark = pytest.mark.django_db
OPENED = dt.date(2020, 3, 2)


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast, OPENED)
    with time_machine.travel(dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        yield found


def test_its_ledger_has_the_lines_of_its_scheme_and_its_pages_name_them(cast: way.Cast, project: Project) -> None:
    assert project.rules["budget"] == "2020-03-02"
    assert tuple(line.category for line in ledger(project)) == scheme_of(project).codes
    assert [block.code for block in ledger_blocks(ledger(project))] == ["equipment", "itemised", "indirect"]
    client = Client()
    client.force_login(cast.applicant)
    for place in ("money/", "adjust/"):
        page = client.get(f"{project.get_absolute_url()}{place}").content.decode()
        assert [page.count(text) > 0 for text in ("设备费以外的直接费用", "国际合作与交流费", "会议、差旅")] == [
            place == "adjust/",
            place == "adjust/",
            False,
        ]


def test_the_ceiling_of_its_day_holds_in_the_green_channel(project: Project) -> None:
    kept, today = channel_rules_of(project), rules_today()
    assert [f"{tier.percent} {tier.up_to}" for tier in kept.tiers] == ["20 5000000", "15 10000000", "13 None"]
    assert kept.model_copy(update={"tiers": today.tiers}) == today


def test_its_spending_is_told_apart_as_its_budget_is(cast: way.Cast, project: Project) -> None:
    rows = [("记-1", DAY, 600, "差旅费", "呼和浩特"), ("记-2", DAY, 700, "会议费", "年会")]
    taken = hand_in_spending(project=project, upload=xlsx(*rows), by=cast.applicant)
    take_spending(file=taken, by=cast.applicant)
    assert {one.code: one.spent for one in used_by_category(project) if one.spent} == {
        "operating.trips": Decimal(600),
        "operating.conferences": Decimal(700),
    }
    joined = hand_in_spending(
        project=project, upload=xlsx(("记-3", DAY, 9, str(LABELS["operating.travel"]), "")), by=cast.applicant
    )
    assert [fault["text"] for fault in joined.rows[0]["faults"]] == [
        "本项目的预算不设“会议、差旅、国际合作与交流费”科目。"
    ]
    with pytest.raises(Refused) as refused:
        entry = dataclasses.replace(ENTRY, category="operating.travel")
        record_spending(project=project, entry=entry, by=cast.applicant)
    assert refused.value.codes == ["category"]


def test_money_moves_between_its_lines(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(
        project=project, wish=wish(project, operating__materials=-500, operating__exchange=500), by=cast.applicant
    )
    assert (made.route, amounts(project)["operating.exchange"]) == ("recorded", Decimal(500))
