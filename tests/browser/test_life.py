"""The whole life of a project and every way it can end, through the pages, while a clock of our own goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from projects.actions.funding import confirm_list
from projects.models import Contract, Project
from tests.browser.conftest import Desk
from tests.browser.life import accepting, ending, running
from tests.browser.life.times import NINE, Life
from tests.browser.way.stage import relay
from tests.factories import cms, way
from tests.projects.acceptances import checked
from tests.projects.actions.test_funding import on_notice
from tests.projects.budgets import running_project
from workflows.invariants import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_SPRING = dt.timedelta(days=70)
IN_AUTUMN = dt.timedelta(days=310)
TWO_MONTHS = dt.timedelta(days=60)


@pytest.fixture
def life(desk: Desk) -> Life:
    """A project that has just begun."""
    cms.site()
    cast = way.Cast()
    return Life(desk, cast, running_project(cast))


@pytest.fixture
def unsigned(desk: Desk) -> Life:
    """A project whose contract waits for its first signature."""
    cast = way.Cast()
    funding_list = on_notice(cast, 90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
    return Life(desk, cast, Project.objects.get())


@contextmanager
def whole(life: Life) -> Iterator[None]:
    """No invariant breaks that held, and the journal is whole (the proposal came here without its way)."""
    before = set(violations())
    yield
    life.leave()
    with time_machine.travel(dt.datetime.combine(life.project.ends_on, NINE) + dt.timedelta(days=900)):
        relay()
    assert set(violations()) == before
    call_command("verify_journal")


def test_a_project_lives_through_its_years_and_passes(life: Life) -> None:
    starts = life.project.starts_on
    with whole(life):
        with life.on(starts + IN_SPRING):
            running.receive_money(life)
            running.spend(life)
            running.adjust(life)
            with life.later(12):
                running.decide_late(life)
        with life.on(starts + IN_AUTUMN):
            running.report(life)
            running.extend(life)
        with life.on(life.project.ends_on - TWO_MONTHS):
            accepting.file(life)
            accepting.hear(life, "passed")
            accepting.conclude(life, "passed", "通过", "验收通过")


@pytest.mark.parametrize(
    ("found", "end"),
    [(("partly", "yes"), ("concluded", "结题", "结题")), (("missed", "no"), ("failed", "未通过", "验收未通过"))],
)
def test_it_does_not_pass(life: Life, found: tuple[str, str], end: tuple[str, str, str]) -> None:
    checked(life.cast, life.project)
    with whole(life), life.on(life.project.ends_on - TWO_MONTHS):
        accepting.hear(life, end[0], *found)
        accepting.conclude(life, *end)


def test_what_is_not_signed_in_time_is_given_up(unsigned: Life) -> None:
    life, contract = unsigned, Contract.objects.get()
    with whole(life), life.later(21):
        ending.sign_half(life, contract)
        with life.later(6):
            ending.is_warned(life)
        with life.later(60):
            ending.has_lapsed(life, contract)


def test_it_is_terminated_and_what_is_left_goes_back(life: Life) -> None:
    with whole(life), life.on(life.project.starts_on + IN_SPRING):
        ending.terminate(life)
        ending.is_over(life, "已终止")


def test_it_is_revoked(life: Life) -> None:
    with whole(life), life.on(life.project.starts_on + IN_SPRING):
        ending.revoke(life)
        ending.is_over(life, "已撤销")
