from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from workflows import deadlines
from workflows.actions.deadlines import fire_deadlines, lift_deadline, meet_deadline, remind_due, set_deadline
from workflows.deadlines import DeadlineKind, Reminder, Upcoming
from workflows.models import Deadline, JournalEntry

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def fired() -> Iterator[list[str]]:
    seen: list[str] = []

    def expire(deadline: Deadline) -> None:
        seen.append("expired")
        if seen == ["expired"]:
            raise ConnectionError("the first time fails")

    deadlines.register(
        DeadlineKind("toy", on_warn=lambda d: seen.append("warned"), on_expire=lambda d: seen.append("x"))
    )
    deadlines.register(DeadlineKind("toy.fails", on_expire=expire))
    yield seen
    del deadlines.KINDS["toy"], deadlines.KINDS["toy.fails"]


def test_a_deadline_warns_once_and_expires_once(fired: list[str], user: User) -> None:
    now = timezone.now()
    set_deadline(subject=user, kind="toy", due_at=now + 3 * HOUR, warn_at=now + HOUR, by=user)

    with time_machine.travel(now, tick=False) as clock:
        assert fire_deadlines() == 0
        clock.shift(2 * HOUR)
        assert (fire_deadlines(), fire_deadlines(), fired) == (1, 0, ["warned"])
        clock.shift(2 * HOUR)
        assert (fire_deadlines(), fire_deadlines(), fired) == (1, 0, ["warned", "x"])
    assert Deadline.objects.get().state == "expired"
    actions = ["workflows.deadline.set", "workflows.deadline.expired"]
    assert list(JournalEntry.objects.order_by("link__seq").values_list("action", flat=True)) == actions


@pytest.mark.parametrize(("close", "state"), [(meet_deadline, "met"), (lift_deadline, "lifted")])
def test_a_closed_deadline_does_not_fire(fired: list[str], user: User, close: object, state: str) -> None:
    now = timezone.now()
    set_deadline(subject=user, kind="toy", due_at=now + HOUR, by=user)
    assert [close(subject=user, kind="toy", by=user) for _again in range(2)] == [True, False]  # type: ignore[operator]

    with time_machine.travel(now + 2 * HOUR):
        assert (fire_deadlines(), fired) == (0, [])
    assert Deadline.objects.get().state == state


def test_a_moved_deadline_warns_anew_and_there_is_one(fired: list[str], user: User) -> None:
    now = timezone.now()
    for days in (1, 2):
        set_deadline(subject=user, kind="toy", due_at=now + days * 24 * HOUR, warn_at=now + HOUR, by=user)
    with time_machine.travel(now + 25 * HOUR):
        fire_deadlines()

    assert (fired, Deadline.objects.count(), Deadline.objects.get().state) == (["warned"], 1, "running")


def test_a_hook_that_fails_undoes_its_step_and_is_tried_again(fired: list[str], user: User) -> None:
    now = timezone.now()
    set_deadline(subject=user, kind="toy.fails", due_at=now + HOUR, by=user)
    set_deadline(subject=user, kind="toy", due_at=now + HOUR, by=user)
    with time_machine.travel(now + 2 * HOUR):
        assert (fire_deadlines(), fired) == (1, ["expired", "x"])
        assert Deadline.objects.get(kind="toy.fails").state == "running"
        assert (fire_deadlines(), fired) == (1, ["expired", "x", "expired"])


def test_an_unknown_kind_is_a_fault(user: User) -> None:
    with pytest.raises(KeyError):
        set_deadline(subject=user, kind="nothing", due_at=timezone.now(), by=user)


def test_a_reminder_comes_by_the_shortest_span_that_has_begun_and_a_failing_one_hinders_no_other(
    settings: Any, caplog: pytest.LogCaptureFixture, user: User
) -> None:
    due, keys = timezone.now() + dt.timedelta(days=3), []

    def fail(_one: Upcoming, _key: str) -> None:
        raise ConnectionError("no reminder today")

    def upcoming(first: dt.datetime, last: dt.datetime) -> list[Upcoming]:
        return [Upcoming("1", due, user)] if first < due <= last else []

    settings.REMIND_DAYS = {"toy.fails": (7,), "toy": (1, 7, 3)}
    deadlines.register_reminder(Reminder("toy.fails", upcoming, fail))
    deadlines.register_reminder(Reminder("toy", upcoming, lambda _one, key: keys.append(key)))
    with pytest.raises(ValueError, match="registered twice"):
        deadlines.register_reminder(Reminder("toy", upcoming, fail))
    counts = [remind_due(at=due - days * HOUR * 24) for days in (8, 6, 2, 0.5, 0)]
    del deadlines.REMINDERS["toy"], deadlines.REMINDERS["toy.fails"]
    assert counts == [0, 1, 1, 1, 0]
    assert [key.rsplit(":", 1)[1] for key in keys] == ["7", "3", "1"]
    assert "no reminder today" in caplog.text
