from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from experts.actions.ranking import ask_ranking, choose_method, compute_ranking
from experts.actions.round import rank_round
from experts.models import Ranking
from experts.queries.results import results
from tests.factories.directory import auditor, officer
from tests.factories.experts import expert_user, planned, scored
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def planted(**fields: Any) -> Any:
    generous, severe = expert_user(), expert_user()
    rows = [{generous: 90, severe: 70}, {generous: 80, severe: 60}, {generous: 76, severe: 56}, {severe: 63}]
    return scored(officer(), rows, **fields)


def test_the_binding_method_is_chosen_before_the_first_score_and_journaled() -> None:
    boss = officer()
    review_round = planned(boss)
    choose_method(review_round=review_round, method="trimmed", by=boss)
    choose_method(review_round=review_round, method="trimmed", by=boss)
    entry = JournalEntry.objects.get(action="experts.round.method")
    assert (review_round.ranking_method, entry.data) == ("trimmed", {"from": "mean", "to": "trimmed"})


def test_nobody_else_chooses_and_no_unknown_method() -> None:
    review_round = planned(officer())
    with pytest.raises(NotAllowed):
        choose_method(review_round=review_round, method="trimmed", by=auditor())
    with pytest.raises(Refused) as refused:
        choose_method(review_round=review_round, method="luck", by=officer())
    assert refused.value.codes == ["method_unknown"]


def test_the_method_is_frozen_with_the_first_score() -> None:
    review_round = planted()
    with pytest.raises(Refused) as refused:
        choose_method(review_round=review_round, method="effect", by=officer())
    assert refused.value.codes == ["method_frozen"]
    assert choose_method(review_round=review_round, method="mean", by=officer()).ranking_method == "mean"


def test_ranks_and_results_follow_the_method_that_binds() -> None:
    review_round = planted(ranking_method="effect")
    rank_round(review_round=review_round, by=officer())
    found = results(review_round)
    assert [(one.subject_id, one.rank, one.method) for one in found] == [
        ("1", 1, "effect"),
        ("4", 2, "effect"),
        ("2", 3, "effect"),
        ("3", 4, "effect"),
    ]
    assert (found[1].mean, found[1].score) != (found[1].score, found[1].mean)
    while run_once():
        pass
    assert Ranking.objects.get().round == review_round
    assert results(review_round) == found


def test_a_calibrated_method_refuses_groups_by_name_and_the_mean_ranks_them() -> None:
    one, other = expert_user(), expert_user()
    boss = officer()
    review_round = scored(boss, [{one: 80}, {other: 60}], ranking_method="t_score")
    with pytest.raises(Refused) as refused:
        rank_round(review_round=review_round, by=boss)
    assert refused.value.codes == ["scores_not_linked", "scores_not_linked"]
    assert one.person.name in str(refused.value.reasons[0].text)
    plain = scored(boss, [{one: 80}, {other: 60}])
    rank_round(review_round=plain, by=boss)
    assert [(row.rank, row.score) for row in results(plain)] == [(1, Decimal("80.00")), (2, Decimal("60.00"))]


def test_figures_are_computed_once_for_the_same_scores() -> None:
    review_round = planted()
    first = compute_ranking(review_round=review_round)
    again = compute_ranking(review_round=review_round)
    assert first is not None
    assert again is not None
    assert (first.computed_at, JournalEntry.objects.filter(action="experts.ranking.compute").count()) == (
        again.computed_at,
        1,
    )


def test_computing_is_asked_for_by_an_officer_once_there_are_scores() -> None:
    boss = officer()
    with pytest.raises(Refused) as refused:
        ask_ranking(review_round=planned(boss), by=boss)
    assert refused.value.codes == ["no_scores"]
    review_round = planted()
    with pytest.raises(NotAllowed):
        ask_ranking(review_round=review_round, by=auditor())
    ask_ranking(review_round=review_round, by=boss)
    assert OutboxMessage.objects.filter(kind="experts.ranking").count() == 1
