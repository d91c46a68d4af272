"""The home page of the workbench."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.models import Call
from tests.factories.directory import expert, officer
from tests.factories.projects import CallFactory
from workflows.inbox import SOURCES, Row, Source, Waiting
from workflows.models import Message
from workflows.panels import PANELS, Panel
from workflows.panels import register as register_panel
from workflows.policies import SIGNED_IN

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def bare(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Home without the rooms' sources and panels; one source of its own."""
    monkeypatch.setattr("django.conf.settings.MFA_REQUIRED_FOR_STAFF", False)
    source = Source("sample", lambda _user: True, lambda _user: Call.objects.all(), shown, due="filing_deadline")
    kept, panels = dict(SOURCES), dict(PANELS)
    SOURCES.clear()
    PANELS.clear()
    SOURCES["sample"] = source
    yield
    SOURCES.clear()
    PANELS.clear()
    SOURCES.update(kept)
    PANELS.update(panels)


def shown(row: Row) -> Waiting:
    return Waiting(row.title, "由您办理", f"/x/{row.key}", row.due, "形式审查", "go")


def thing(number: int) -> Call:
    return CallFactory.create(filing_deadline=MONDAY + dt.timedelta(days=number))


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_same_number_of_queries_for_one_and_three_things(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    user = officer()
    for number in range(rows):
        thing(number)
        Message.objects.create(key=f"m{number}", to=user, title=f"消息 {number}")
    client.force_login(user)
    with django_assert_num_queries(8):
        page = client.get("/bench/").content.decode()
    assert (page.count('class="due"'), page.count("消息 ")) == (rows, rows)


@time_machine.travel(MONDAY, tick=False)
def test_home_greets_by_name_with_the_day_and_the_working_days_left(client: Client) -> None:
    user = officer(name="乌兰")
    user.language = "en"
    user.save()
    client.force_login(user)
    page = client.get("/bench/").content.decode()
    assert "<h1>Good morning, 乌兰</h1>" in page
    assert "Mon 23 November 2026 · 5 working days left this week" in page


@time_machine.travel(MONDAY + dt.timedelta(hours=3), tick=False)
def test_what_is_late_is_marked(client: Client) -> None:
    thing(0)
    thing(1)
    client.force_login(officer())
    page = client.get("/bench/").content.decode()
    assert page.count('class="when late"') == 1


def test_with_nothing_to_do_the_role_is_told_what_comes(client: Client) -> None:
    user = expert()
    user.language = "en"
    user.save()
    client.force_login(user)
    assert "Invitations to review appear here." in client.get("/bench/").content.decode()


def test_messages_of_others_and_read_ones_are_not_shown(client: Client) -> None:
    user = officer()
    Message.objects.create(key="a", to=expert(), title="别人的消息")
    Message.objects.create(key="b", to=user, title="读过的消息", read_at=MONDAY)
    client.force_login(user)
    page = client.get("/bench/").content.decode()
    assert "别人的消息" not in page
    assert "读过的消息" not in page


def test_rooms_add_panels_and_an_empty_one_is_left_out(client: Client) -> None:
    register_panel(Panel("full", SIGNED_IN, "look/empty.html", lambda _user: {"title": "在办批次"}))
    register_panel(Panel("none", SIGNED_IN, "look/empty.html", lambda _user: None))
    client.force_login(officer())
    assert client.get("/bench/").content.decode().count("在办批次") == 1


def test_a_panel_is_registered_once() -> None:
    panel = Panel("twice", SIGNED_IN, "look/empty.html", lambda _user: None)
    register_panel(panel)
    with pytest.raises(ValueError, match="registered twice"):
        register_panel(panel)


def test_the_anonymous_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/bench/")["Location"] == "/accounts/login/?next=/bench/"


def test_the_page_of_a_fault_needs_neither_request_nor_database() -> None:
    assert "系统出错了" in render_to_string("500.html")
