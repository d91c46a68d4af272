"""The pages of the way ask the database little, and the same for three rows as for one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import User
from projects.actions.funding import confirm_list, make_funding_list
from projects.actions.objection import Objector, file_objection
from projects.models import Call, Contract, Objection, PublicNotice
from tests.factories import way
from tests.projects.actions.test_funding import item, on_notice
from tests.projects.writing import filled

pytestmark = pytest.mark.django_db
RECORD, LIST, WRITING = 25, 15, 20


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def asked(user: User, url: str) -> int:
    """How many queries the page takes once the caches are warm."""
    client = Client()
    client.force_login(user)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len(found)


def approved(cast: way.Cast, count: int) -> None:
    """Projects with contracts, `count` of them."""
    funding_list = on_notice(cast, *(90 - place for place in range(count)), places=count)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)


def test_the_record_of_a_proposal(cast: way.Cast) -> None:
    found = []
    for count in (1, 3):
        row = way.proposal(cast, way.call(), state="recommended")
        for number in range(count):
            way.finding(row, check_code=f"age{number}")
        found.append(asked(cast.officer, reverse("proposal", args=[row.uid])))
    assert found[0] == found[1] <= RECORD


@pytest.mark.parametrize("name", ["applicant", "officer"])
def test_the_list_of_projects_and_their_records(cast: way.Cast, name: str) -> None:
    user, lists, records, contracts = getattr(cast, name), [], [], []
    for count in (1, 3):
        approved(cast, count)
        contract = Contract.objects.select_related("project").latest("pk")
        lists.append(asked(user, reverse("projects")))
        records.append(asked(user, reverse("project", args=[contract.project.uid])))
        contracts.append(asked(user, reverse("contract", args=[contract.uid])))
    assert lists[0] == lists[1] <= LIST
    assert records[0] == records[1] <= RECORD
    assert contracts[0] == contracts[1] <= RECORD


def test_a_funding_list_and_all_of_them(cast: way.Cast) -> None:
    lists, records = [], []
    for count in (1, 3):
        call: Call = way.call()
        for place in range(count):
            way.reviewed(cast, call, 90 - place)
        made = make_funding_list(call=call, by=cast.officer)
        lists.append(asked(cast.officer, reverse("funding-lists")))
        records.append(asked(cast.officer, reverse("funding-list", args=[made.uid])))
    assert lists[0] == lists[1] <= LIST
    assert records[0] == records[1] <= RECORD


def test_objections(cast: way.Cast) -> None:
    funding_list = on_notice(cast, 90, 80, 70, places=3)
    lists, records = [], []
    for place in range(3):
        file_objection(
            notice=PublicNotice.objects.get(),
            proposal=item(funding_list, place).proposal,
            objector=Objector("王小明", "13800000000"),
            text="该项目与2023年已立项项目内容重复。",
            evidence="见2023年立项公告第12项。",
        )
        lists.append(asked(cast.integrity, reverse("objections")))
        records.append(asked(cast.integrity, reverse("objection", args=[Objection.objects.latest("pk").uid])))
    assert lists[0] == lists[2] <= LIST
    assert records[0] == records[2] <= RECORD


def test_the_pages_of_writing() -> None:
    proposal, user = filled()
    found = []
    for count in (1, 2):
        proposal.participants.create(name=f"成员{count}", months_per_year=3)
        found.append(asked(user, reverse("proposal-section", args=[proposal.uid, "team"])))
    assert found[0] == found[1] <= WRITING
