"""The whole way through the pages, in Chinese, by everybody whose hands a proposal goes through.

Once on the embedded database with the keyboard alone for an applicant and an expert, once on PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from projects.tasks import keep_the_clocks
from tests.browser.conftest import Desk
from tests.browser.way.deciding import begin, confirm, put_on_notice, sign
from tests.browser.way.drafting import publish_the_call
from tests.browser.way.ending import published_call, refuse, revise, send_back, withdraw
from tests.browser.way.filing import PROJECT, RIVAL, file_a_proposal
from tests.browser.way.hands import Keys, Mouse
from tests.browser.way.looking import Look
from tests.browser.way.objecting import object_and_answer
from tests.browser.way.passing import pass_on
from tests.browser.way.reviewing import review
from tests.browser.way.stage import Stage, relay
from workflows.invariants import violations
from workflows.models import OutboxMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walk(stage: Stage, hands: type[Mouse] = Mouse) -> None:
    """One call from its draft to a running project; time goes on by itself only while the notice is open."""
    publish_the_call(stage)
    file_a_proposal(stage, "applicant", PROJECT, hands)
    file_a_proposal(stage, "rival", RIVAL)
    pass_on(stage)
    review(stage, hands)
    put_on_notice(stage)
    object_and_answer(stage)
    stage.leave()
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        keep_the_clocks()
        confirm(stage)
        sign(stage)
        begin(stage)
        stage.leave()
        everything_holds()


def everything_holds() -> None:
    """Nothing is left in the outbox, whatever clock it waits for; all invariants and the chain are whole."""
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        relay()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) <= {"done"}
    assert list(violations()) == []
    call_command("verify_journal")


def test_a_call_goes_from_its_draft_to_a_running_project_by_its_pages(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    look = Look(axe)
    walk(Stage(desk, look), Keys)
    assert look.faults() == {}
    assert len(look.found) > 28, look.found.keys()


def test_what_is_refused_stays_so_what_is_returned_comes_back_what_is_withdrawn_is_gone(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    look = Look(axe)
    stage = Stage(desk, look)
    published_call()
    file_a_proposal(stage, "rival", RIVAL)
    refuse(stage)
    file_a_proposal(stage, "applicant", PROJECT)
    send_back(stage)
    revise(stage)
    withdraw(stage)
    assert look.faults() == {}
    everything_holds()


@pytest.fixture
def desk_on_postgres(postgres: None, chromium: Browser, settings: Any) -> Iterator[Desk]:
    """A desk before a server of its own, whose database is the fresh one on PostgreSQL."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    server = LiveServer("localhost")
    opened = Desk(chromium, server)
    yield opened
    opened.close()
    server.stop()
    assert opened.faults == []


@pytest.mark.postgres
def test_it_does_so_on_postgresql(desk_on_postgres: Desk) -> None:
    assert connection.vendor == "postgresql"
    walk(Stage(desk_on_postgres))
