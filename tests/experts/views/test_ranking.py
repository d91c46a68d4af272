from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from directory.models import User
from experts.actions.ranking import compute_ranking
from experts.models import ReviewRound
from tests.factories.directory import applicant, auditor, officer
from tests.factories.experts import expert_user, planned, scored

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(review_round: ReviewRound, user: User, **asked: Any) -> Any:
    return client_of(user).get(reverse("round_ranking", args=[review_round.uid]), asked)


def two(boss: User) -> ReviewRound:
    one, other = expert_user(), expert_user()
    return scored(boss, [{one: 90, other: 70}, {one: 80, other: 60}])


def test_the_line_is_asked_in_places_or_in_money() -> None:
    boss = officer()
    review_round = two(boss)
    compute_ranking(review_round=review_round)
    assert page_of(review_round, boss, places="1").context["compared"].places == 1
    assert page_of(review_round, boss, money="100", each="60").context["compared"].places == 1
    assert page_of(review_round, boss).context["compared"].places == 0
    half = page_of(review_round, boss, money="100")
    assert (half.status_code, list(half.context["form"].errors)) == (200, ["each"])
    assert list(page_of(review_round, boss, places="-1").context["form"].errors) == ["places"]


def test_figures_are_asked_for_on_the_page() -> None:
    boss = officer()
    review_round = two(boss)
    address = reverse("round_compute", args=[review_round.uid])
    assert address in page_of(review_round, boss).content.decode()
    assert client_of(boss).post(address).status_code == 302
    assert client_of(auditor()).post(address).status_code == 404


def test_the_method_is_chosen_on_its_page_until_it_is_frozen() -> None:
    boss = officer()
    fresh = planned(boss)
    address = reverse("round_method", args=[fresh.uid])
    assert client_of(boss).post(address, {"method": "trimmed"}).status_code == 302
    assert ReviewRound.objects.get(pk=fresh.pk).ranking_method == "trimmed"
    frozen = reverse("round_method", args=[two(boss).uid])
    page = client_of(boss).post(frozen, {"method": "trimmed"})
    assert (page.status_code, [one.code for one in page.context["reasons"]]) == (409, ["method_frozen"])


def test_the_files_hold_every_dossier_and_no_formula() -> None:
    boss = officer()
    review_round = two(boss)
    book = client_of(boss).get(reverse("round_ranking_xlsx", args=[review_round.uid]))
    rows = list(load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert [(row[0], row[4]) for row in rows[1:]] == [(1, 80), (2, 70)]
    text = client_of(boss).get(reverse("round_ranking_csv", args=[review_round.uid])).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 3


def test_applicants_and_experts_find_no_such_page() -> None:
    review_round = two(officer())
    for name in ("round_ranking", "round_ranking_xlsx", "round_ranking_csv", "round_method"):
        assert client_of(applicant()).get(reverse(name, args=[review_round.uid])).status_code == 404
        assert client_of(expert_user()).get(reverse(name, args=[review_round.uid])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_three(count: int, django_assert_max_num_queries: Any) -> None:
    boss = officer()
    one, other = expert_user(), expert_user()
    review_round = scored(boss, [{one: 90 - at, other: 70 - at} for at in range(count)])
    compute_ranking(review_round=review_round)
    client = client_of(boss)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("round_ranking", args=[review_round.uid]), {"places": "1"}).status_code == 200
