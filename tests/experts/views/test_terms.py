from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experts.actions.assignment import assign_expert
from experts.actions.terms import set_terms
from experts.models import Assignment, ReviewRound
from experts.queries.divergence import flagged
from tests.experts.views.test_phases import client_of
from tests.factories.directory import auditor, officer
from tests.factories.experts import days, expert_user, invited, planned, profile_of, scored
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def terms(found: ReviewRound) -> tuple[int, str, bool]:
    return found.answer_days, f"{found.divergence.normalize():f}", found.extra_expert


def test_a_round_begins_with_what_the_department_configured(settings: Any) -> None:
    assert terms(planned(officer())) == (5, "25", False)
    settings.ANSWER_DAYS, settings.DIVERGENCE, settings.EXTRA_EXPERT = 3, 20, True
    assert terms(planned(officer())) == (3, "20", True)
    assert terms(planned(officer(), answer_days=7, divergence=Decimal(30), extra_expert=False)) == (7, "30", False)


def test_an_officer_sets_the_terms_on_a_page_and_they_are_journaled_once() -> None:
    boss = officer()
    found = planned(boss)
    page = reverse("round_terms", args=[found.uid])
    typed = {"answer_days": "3", "divergence": "18.5", "extra_expert": "on"}
    for _twice in range(2):
        assert client_of(boss).post(page, typed).status_code == 302
    assert terms(ReviewRound.objects.get()) == (3, "18.5", True)
    assert [one.data for one in JournalEntry.objects.filter(action="experts.round.terms")] == [
        {"changed": {"answer_days": [5, 3], "divergence": ["25.00", "18.5"], "extra_expert": [False, True]}}
    ]
    shown = client_of(boss).get(reverse("round", args=[found.uid])).content.decode()
    assert "18.5</dd>" in shown
    assert page in shown
    assert page not in client_of(auditor()).get(reverse("round", args=[found.uid])).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer_days": "0"}, "answer_days"),
        ({"answer_days": "61"}, "answer_days"),
        ({"answer_days": "三"}, "answer_days"),
        ({"divergence": "0"}, "divergence"),
        ({"divergence": "100.5"}, "divergence"),
        ({"divergence": ""}, "divergence"),
    ],
)
def test_figures_out_of_range_are_told_at_their_field_and_change_nothing(typed: dict[str, str], field: str) -> None:
    boss = officer()
    found = planned(boss)
    given = {"answer_days": "3", "divergence": "18", **typed}
    answer = client_of(boss).post(reverse("round_terms", args=[found.uid]), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not given[field] or f'value="{given[field]}"' in answer.content.decode()
    assert terms(ReviewRound.objects.get()) == (5, "25", False)
    if given[field].isdigit():
        values: dict[str, Any] = {"answer_days": int(given["answer_days"]), "divergence": Decimal(given["divergence"])}
        with pytest.raises(Refused) as refused:
            set_terms(review_round=found, extra_expert=False, by=boss, **values)
        assert refused.value.codes == [f"field:{field}"]


def test_the_days_count_for_invitations_sent_from_then_on() -> None:
    boss = officer()
    first = invited(boss, expert_user(), experts_per_dossier=2)
    set_terms(review_round=first.round, answer_days=2, divergence=Decimal(25), extra_expert=False, by=boss)
    other = expert_user()
    assign_expert(dossier=first.dossier, expert=profile_of(other), by=boss)
    second = Assignment.objects.get(expert__person=other.person)
    near = dt.timedelta(minutes=5)
    assert first.answer_by is not None
    assert second.answer_by is not None
    assert abs(first.answer_by - days(5)) < near
    assert abs(second.answer_by - days(2)) < near


def test_divergence_is_frozen_with_the_first_score_and_the_days_are_not() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    found = scored(boss, [{one: 90, two: 70}])
    page = reverse("round_terms", args=[found.uid])
    assert client_of(boss).post(page, {"answer_days": "9", "divergence": "10"}).status_code == 302
    found.refresh_from_db()
    assert terms(found) == (9, "25", False)
    with pytest.raises(Refused) as refused:
        set_terms(review_round=found, answer_days=9, divergence=Decimal(10), extra_expert=False, by=boss)
    assert refused.value.codes == ["terms_frozen"]
    assert flagged(found) == []


def test_nobody_else_and_no_round_that_is_over() -> None:
    boss = officer()
    found = planned(boss)
    with pytest.raises(NotAllowed):
        set_terms(review_round=found, answer_days=3, divergence=Decimal(20), extra_expert=True, by=auditor())
    ReviewRound.objects.update(state="ranked", ranked_at=timezone.now())
    found.refresh_from_db()
    answer = client_of(boss).post(reverse("round_terms", args=[found.uid]), {"answer_days": "3", "divergence": "20"})
    assert answer.status_code == 409
    assert Client().get(reverse("round_terms", args=[found.uid])).status_code == 302
