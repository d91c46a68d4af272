from __future__ import annotations

from decimal import Decimal

import pytest

from experts.queries.divergence import diverging, extremes, flags, usual_deviation
from experts.queries.scores import Score, scores_of
from tests.factories.directory import officer
from tests.factories.experts import expert_user, scored

pytestmark = pytest.mark.django_db


def given(*rows: tuple[int, ...]) -> list[Score]:
    return [
        Score(dossier, expert, Decimal(total))
        for dossier, row in enumerate(rows, 1)
        for expert, total in enumerate(row, 1)
    ]


def test_the_usual_deviation_is_over_the_whole_round() -> None:
    assert usual_deviation(given((70, 72), (80, 82))) == pytest.approx(2**0.5)
    assert usual_deviation(given((70,), (80,))) is None


def test_an_expert_far_from_the_mean_is_extreme_even_among_three() -> None:
    calm = [(70, 71, 72)] * 6
    found = extremes(given(*calm, (70, 70, 100)))
    assert [(one.dossier, one.expert, away) for one, away in found] == [(7, 3, Decimal(20))]
    assert extremes(given(*calm)) == []
    assert extremes(given((70, 70), (80, 80))) == []


def test_wide_spreads_and_experts_who_give_all_the_same_are_flagged() -> None:
    one, other = expert_user(), expert_user()
    review_round = scored(officer(), [{one: 70, other: 95}, {one: 70, other: 80}, {one: 70, other: 60}])
    assert sorted((flag.kind, len(flag.dossiers)) for flag in flags(review_round)) == [
        ("flat_expert", 3),
        ("spread", 1),
    ]
    first = review_round.dossiers.order_by("pk").values_list("pk", flat=True)[0]
    assert diverging(review_round, scores_of(review_round)) == {first}


def test_a_sheet_that_says_the_same_of_every_criterion_is_flagged_from_three_criteria_on() -> None:
    user = expert_user()
    review_round = scored(officer(), [{user: 70}])
    assert flags(review_round) == []
    weights = {"novelty": "25", "way": "25", "gain": "50"}
    criteria = [{"id": key, "name": key, "weight": weight, "max": "100"} for key, weight in weights.items()]
    review_round.scheme = {**review_round.scheme, "criteria": criteria}
    sheet = review_round.assignments.get().sheet
    sheet.scores, sheet.questions = dict.fromkeys(weights, "70"), review_round.scheme
    sheet.save()
    assert [flag.kind for flag in flags(review_round)] == ["flat_sheet"]
