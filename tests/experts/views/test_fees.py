from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from directory.models import User
from experts.actions.fees import add_standard, make_fee_sheet, write_account
from experts.actions.round import rank_round
from experts.models import FeeLine, FeeSheet, ReviewRound
from tests.experts.actions.test_fees import VALUES
from tests.factories.directory import auditor, officer
from tests.factories.experts import expert_user, profile_of, scored

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ranked(boss: User, *users: User) -> ReviewRound:
    review_round = scored(boss, [dict.fromkeys(users, 80)])
    rank_round(review_round=review_round, by=boss)
    return review_round


def test_the_whole_way_of_a_sheet_and_the_expert_reads_the_own_fees() -> None:
    boss, second, user = officer(), officer(), expert_user()
    review_round = ranked(boss, user)
    page = reverse("round_fees", args=[review_round.uid])
    standards = reverse("fee_standards")
    typed = {**VALUES, "national_share": 150, "half_day_share": 60, "full_days": 2, "later_share": 50}
    assert client_of(boss).get(page).status_code == 200
    assert list(client_of(boss).post(standards, {**typed, "task_share": 60}).context["form"].errors) == ["task_share"]
    assert client_of(boss).post(standards, typed).status_code == 302
    assert client_of(boss).post(reverse("round_fees_make", args=[review_round.uid])).status_code == 302
    line = FeeLine.objects.get()
    edit = reverse("fee_line", args=[review_round.uid, line.pk])
    typed_line = {"grade": "senior", "days": "1", "half_days": "0", "note": ""}
    assert client_of(boss).post(edit, typed_line).status_code == 302
    step = reverse("fee_step", args=[review_round.uid, "confirm"])
    assert client_of(boss).post(step).status_code == 404
    assert client_of(second).post(step).status_code == 302
    own = client_of(user).get(reverse("own_fees"))
    assert [str(one.amount) for one in own.context["lines"]] == ["2500.00"]
    assert client_of(user).get(page).status_code == 404
    assert client_of(auditor()).get(page).status_code == 200


def test_the_account_is_masked_on_every_page_and_in_the_file() -> None:
    boss, user = officer(), expert_user()
    review_round = ranked(boss, user)
    add_standard(values=VALUES, by=boss)
    make_fee_sheet(review_round=review_round, by=boss)
    own = client_of(user).post(reverse("own_fees"), {"bank": "建设银行", "number": "6217000010001234567"})
    assert own.status_code == 302
    book = client_of(boss).get(reverse("round_fees_xlsx", args=[review_round.uid]))
    rows = list(load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert (rows[2][8], rows[3][7]) == ("建设银行 **** 4567", 500)
    pages = (
        client_of(boss).get(reverse("round_fees", args=[review_round.uid])),
        client_of(user).get(reverse("own_fees")),
    )
    assert ["6217000010001234567" in page.content.decode() for page in pages] == [False, False]


def test_a_faulty_account_is_refused_by_its_field() -> None:
    page = client_of(expert_user()).post(reverse("own_fees"), {"bank": "建设银行", "number": "12 34"})
    assert list(page.context["form"].errors) == ["number"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_costs_the_same_for_one_expert_and_three(count: int, django_assert_max_num_queries: Any) -> None:
    boss = officer()
    users = [expert_user() for _one in range(count)]
    review_round = ranked(boss, *users)
    add_standard(values=VALUES, by=boss)
    make_fee_sheet(review_round=review_round, by=boss)
    for user in users:
        write_account(expert=profile_of(user), bank="建设银行", number="6217000010001234567", by=user)
    client = client_of(boss)
    assert FeeSheet.objects.count() == 1
    with django_assert_max_num_queries(15):
        assert client.get(reverse("round_fees", args=[review_round.uid])).status_code == 200
