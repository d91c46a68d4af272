"""The whole way in a real browser, in Chinese, with everybody's hands on it: on SQLite, and again on PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from projects.actions.notice import close_due_notices
from projects.models import Project
from tests.browser.conftest import Desk
from tests.browser.walk import Walk, relay
from tests.factories.cms import site
from workflows.invariants import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walk_the_way(desk: Desk) -> None:
    """From the first draft of a call to the running project; at the end every invariant and the chain hold."""
    site()
    walk = Walk(desk)
    walk.to_notice()
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        close_due_notices(at=timezone.now())
        walk.sign()
        relay()
        assert Project.objects.get().state == "active"
        assert list(violations()) == []
        call_command("verify_journal")


def test_the_whole_way_on_sqlite(desk: Desk) -> None:
    walk_the_way(desk)


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
def test_the_whole_way_on_postgresql(desk_on_postgres: Desk) -> None:
    assert connection.vendor == "postgresql"
    walk_the_way(desk_on_postgres)
