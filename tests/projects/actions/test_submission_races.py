"""Eight threads submit one proposal: one submission, one number, one receipt; on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models

from projects.actions import submission
from projects.actions.section import SectionStale, save_section
from projects.actions.submission import submit_proposal
from projects.models import Call, Proposal, ProposalVersion, SectionAnswer
from tests.factories.projects import CallFactory
from tests.projects.writing import draft, filled

THREADS = 8
pytest_plugins = ("tests.postgres",)


def race(work: Callable[[int], Any]) -> list[Any]:
    """Run `work(n)` in eight threads that begin together; results, or the exception raised, in order."""
    found: list[Any] = [None] * THREADS
    barrier = threading.Barrier(THREADS)

    def one(number: int) -> None:
        barrier.wait()
        try:
            found[number] = work(number)
        except Exception as error:  # noqa: BLE001 - the race is judged by what came out
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def submit_together(key_of: Callable[[int], str]) -> list[Any]:
    proposal, user = filled()

    def work(number: int) -> str:
        fresh = Proposal.objects.get(pk=proposal.pk)
        by = type(user).objects.get(pk=user.pk)
        return submit_proposal(proposal=fresh, by=by, key=key_of(number)).receipt

    return race(work)


def check_one_submission(receipts: list[Any]) -> None:
    version = ProposalVersion.objects.get()
    assert receipts == [version.receipt] * THREADS
    assert Call.objects.get().last_number == 1
    assert Proposal.objects.get().number == f"{Call.objects.get().code}-0001"


KEYS = pytest.mark.parametrize("key_of", [lambda _n: "same", lambda n: f"key-{n}"], ids=["same key", "different keys"])


@KEYS
@pytest.mark.django_db(transaction=True)
def test_one_submission_on_sqlite(key_of: Callable[[int], str]) -> None:
    check_one_submission(submit_together(key_of))


@KEYS
@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_one_submission_on_postgresql(key_of: Callable[[int], str]) -> None:
    check_one_submission(submit_together(key_of))


def submit_eight_proposals() -> list[Any]:
    """Eight proposals of one call, submitted at once: each takes a number."""
    call = CallFactory.create(published=True)
    pairs = [filled(call) for _number in range(THREADS)]

    def work(number: int) -> str:
        proposal, user = pairs[number]
        submit_proposal(proposal=proposal, by=user, key="k")
        return proposal.number

    return race(work)


@pytest.mark.django_db(transaction=True)
def test_eight_proposals_get_eight_numbers_on_sqlite() -> None:
    numbers = submit_eight_proposals()
    assert sorted(numbers) == [f"{Call.objects.get().code}-{one:04d}" for one in range(1, THREADS + 1)]


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_eight_proposals_get_eight_numbers_on_postgresql() -> None:
    numbers = submit_eight_proposals()
    assert sorted(numbers) == [f"{Call.objects.get().code}-{one:04d}" for one in range(1, THREADS + 1)]


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_the_race_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without row locks the same eight threads collide, so the tests above can fail."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    monkeypatch.setattr(submission, "receipt_of", lambda _proposal, _key: None)
    found = submit_together(lambda number: f"key-{number}")
    assert [one for one in found if isinstance(one, DatabaseError)] != []


def save_in_two_tabs() -> None:
    proposal, user = draft()

    def work(number: int) -> int:
        by = type(user).objects.get(pk=user.pk)
        data = {"need": f"第{number}个标签页"}
        saved = save_section(proposal=proposal, section="rationale", data=data, expected_version=0, by=by)
        return saved.answer.version

    found = race(work)
    assert sorted(str(type(one).__name__) for one in found) == ["SectionStale"] * (THREADS - 1) + ["int"]
    assert SectionAnswer.objects.get(section="rationale").version == 1
    winner = next(number for number, one in enumerate(found) if not isinstance(one, SectionStale))
    assert SectionAnswer.objects.get(section="rationale").data == {"need": f"第{winner}个标签页"}


@pytest.mark.django_db(transaction=True)
def test_of_tabs_saving_one_section_at_once_one_wins_and_the_others_are_told_on_sqlite() -> None:
    save_in_two_tabs()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_of_tabs_saving_one_section_at_once_one_wins_and_the_others_are_told_on_postgresql() -> None:
    save_in_two_tabs()
