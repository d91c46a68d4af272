from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.credit import update_credit
from experts.actions.round import rank_round
from experts.models import ExpertCredit, ReviewRound
from tests.factories.directory import applicant, auditor, officer
from tests.factories.experts import expert_user, profile_of, scored

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ranked(boss: User, *users: User) -> ReviewRound:
    review_round = scored(boss, [dict.fromkeys(users, 80)])
    rank_round(review_round=review_round, by=boss)
    update_credit(review_round=review_round)
    return review_round


def test_an_officer_rates_and_an_auditor_reads() -> None:
    boss, user = officer(), expert_user()
    review_round = ranked(boss, user)
    address = reverse("round_rate", args=[review_round.uid, profile_of(user).uid])
    assert client_of(boss).get(address).status_code == 200
    assert client_of(boss).post(address, {"rating": "9"}).context["form"].errors["rating"]
    assert client_of(boss).post(address, {"rating": "4", "note": "认真"}).status_code == 302
    assert ExpertCredit.objects.get().rating == 4
    assert client_of(auditor()).get(reverse("round_credit", args=[review_round.uid])).status_code == 200
    assert client_of(auditor()).post(address, {"rating": "1"}).status_code == 404


def test_experts_see_their_own_credit_and_no_reason_for_the_rating() -> None:
    boss, user, other = officer(), expert_user(), expert_user()
    review_round = ranked(boss, user)
    client_of(boss).post(
        reverse("round_rate", args=[review_round.uid, profile_of(user).uid]), {"rating": "2", "note": "敷衍了事"}
    )
    page = client_of(user).get(reverse("own_credit"))
    assert (len(page.context["rows"]), "敷衍了事" in page.content.decode()) == (1, False)
    assert client_of(other).get(reverse("own_credit")).context["rows"] == []
    assert client_of(user).get(reverse("round_credit", args=[review_round.uid])).status_code == 404
    assert client_of(applicant()).get(reverse("own_credit")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_expert_and_three(count: int, django_assert_max_num_queries: Any) -> None:
    boss = officer()
    review_round = ranked(boss, *(expert_user() for _one in range(count)))
    client = client_of(boss)
    for name in ("round_credit", "round_report"):
        with django_assert_max_num_queries(13):
            assert client.get(reverse(name, args=[review_round.uid])).status_code == 200
