"""A workbook is read back while the same sheet is saved on the page: one is kept whole, the other is told."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.sheet import save_score_sheet
from experts.models import Assignment, ScoreSheet
from tests.experts.views.test_offline import client_of, confirm, fill, read_back, seats, taken_along
from tests.factories.experts import OPINION, answers, expert_user
from tests.races import race

ONLINE = "放大验证的风险没有说明，经费测算依据也不足，建议补充。"
ROUNDS = 2


def workbook_read(client: Client, opinion: str) -> Any:
    """The preview of a workbook with this opinion, not confirmed yet."""
    book = taken_along(client)
    fill(book.worksheets[0], 3, 80, 45, "符合", opinion, "B 可以资助")
    return read_back(client, book)


def both_at_once(user: User, assignment: Assignment, number: int) -> tuple[int, int, ScoreSheet]:
    """Confirm a workbook and save the page, both made from the version that stands; the statuses, the sheet after."""
    offline, online = client_of(user), client_of(user)
    version = ScoreSheet.objects.get().version
    shown = workbook_read(offline, f"{OPINION}{number}")
    typed = {"version": version, "score_novelty": "60", "score_way": "30", "veto_law": "pass", "recommendation": "C"}
    statuses = {}

    def confirmed() -> None:
        statuses["offline"] = confirm(offline, shown).status_code

    def saved() -> None:
        page = reverse("review_save", args=[assignment.uid])
        statuses["online"] = online.post(page, {**typed, "opinion": f"{ONLINE}{number}"}).status_code

    assert race([confirmed, saved]) == ["done", "done"]
    return statuses["offline"], statuses["online"], ScoreSheet.objects.get()


def seated() -> tuple[User, Assignment]:
    user = expert_user()
    (assignment,) = seats(user, 1)
    save_score_sheet(assignment=assignment, answers=answers(novelty="1"), expected_version=0, by=user)
    return user, assignment


def one_is_kept_whole() -> None:
    user, assignment = seated()
    for number in range(ROUNDS):
        offline, online, sheet = both_at_once(user, assignment, number)
        kept = (sheet.version, sheet.scores["novelty"], sheet.opinion)
        assert (offline, online, kept) in (
            (200, 409, (number + 2, "80", f"{OPINION}{number}")),
            (409, 302, (number + 2, "60", f"{ONLINE}{number}")),
        )


@pytest.mark.django_db(transaction=True)
def test_of_a_workbook_and_a_page_saved_at_once_one_is_kept_on_sqlite() -> None:
    one_is_kept_whole()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_of_a_workbook_and_a_page_saved_at_once_one_is_kept_on_postgresql() -> None:
    one_is_kept_whole()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_both_are_told_that_they_were_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without row locks one overwrites the other, so the tests above can fail."""
    user, assignment = seated()
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    overwritten = partial(both_at_once, user, assignment)
    assert any(overwritten(number)[:2] == (200, 302) for number in range(30))
