from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.round import close_round, rank_round
from experts.models import ReviewRound, ScoreSheet
from tests.factories.directory import applicant, auditor, officer
from tests.factories.experts import expert_user, scored

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def closed(boss: User, count: int = 1) -> ReviewRound:
    user = expert_user()
    review_round = scored(boss, [{user: 80} for _one in range(count)])
    rank_round(review_round=review_round, by=boss)
    close_round(review_round=review_round, by=boss)
    return review_round


def test_an_officer_changes_an_opinion_and_sends_them() -> None:
    boss = officer()
    review_round = closed(boss)
    sheet = ScoreSheet.objects.get()
    address = reverse("opinion_redact", args=[review_round.uid, sheet.pk])
    assert client_of(boss).get(address).context["form"].initial == {"text": sheet.opinion}
    assert list(client_of(boss).post(address, {"text": "好"}).context["form"].errors) == ["reason"]
    assert client_of(boss).post(address, {"text": "改后的意见。", "reason": "提及姓名"}).status_code == 302
    page = client_of(boss).get(reverse("round_opinions", args=[review_round.uid])).content.decode()
    assert ("改后的意见。" in page, sheet.opinion in page) == (True, False)
    assert client_of(boss).post(reverse("round_release", args=[review_round.uid])).status_code == 302
    assert ReviewRound.objects.get().opinions_released_at is not None
    assert client_of(boss).post(address, {"text": "再改", "reason": "晚了"}).status_code == 409


def test_an_auditor_reads_and_nobody_else_finds_the_page() -> None:
    review_round = closed(officer())
    address = reverse("round_opinions", args=[review_round.uid])
    assert client_of(auditor()).get(address).status_code == 200
    assert client_of(auditor()).post(reverse("round_release", args=[review_round.uid])).status_code == 404
    assert {client_of(user).get(address).status_code for user in (applicant(), expert_user())} == {404}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_three(count: int, django_assert_max_num_queries: Any) -> None:
    boss = officer()
    review_round = closed(boss, count)
    client = client_of(boss)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("round_opinions", args=[review_round.uid])).status_code == 200
