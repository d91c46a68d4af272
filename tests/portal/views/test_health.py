"""Health for machines: the process, and what it needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from workflows.actions import outbox
from workflows.models import JobRun

pytestmark = pytest.mark.django_db
READY = {"database": "ok", "migrations": "ok", "relay": "ok", "schedule": "ok"}


def answer(client: Client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()


def test_the_process_answers_without_asking_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_a_new_installation_is_ready(client: Client) -> None:
    assert answer(client) == (200, READY)


def test_an_effect_that_nobody_delivers_is_told_after_ten_minutes(client: Client) -> None:
    now = timezone.now()
    outbox.queue(kind="note", key="a")
    outbox.queue(kind="note", key="b", not_before=now + dt.timedelta(hours=1))
    with time_machine.travel(now + dt.timedelta(minutes=9), tick=False):
        assert answer(client) == (200, READY)
    with time_machine.travel(now + dt.timedelta(minutes=11), tick=False):
        assert answer(client) == (503, READY | {"relay": "late"})


def test_a_schedule_that_stands_still_is_told_after_ten_minutes(client: Client) -> None:
    now = timezone.now()
    JobRun.objects.create(name="a", started_at=now)
    JobRun.objects.create(name="b", started_at=now - dt.timedelta(days=1))
    with time_machine.travel(now + dt.timedelta(minutes=9), tick=False):
        assert answer(client) == (200, READY)
    with time_machine.travel(now + dt.timedelta(minutes=11), tick=False):
        assert answer(client) == (503, READY | {"schedule": "late"})


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_told(client: Client) -> None:
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"NAME": "/nowhere/at/all", "HOST": "127.0.0.1", "PORT": "1"}
    try:
        assert answer(client) == (503, {"database": "down"})
    finally:
        connection.settings_dict |= kept
