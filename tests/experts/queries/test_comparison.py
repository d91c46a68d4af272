from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from experts.actions.ranking import compute_ranking
from experts.queries.comparison import comparison, ordered
from experts.queries.groups import some
from tests.factories.directory import officer
from tests.factories.experts import expert_user, scored

pytestmark = pytest.mark.django_db


def planted(**fields: Any) -> Any:
    """A generous expert scores the first three, a severe one all but the first: the last is better than it looks."""
    generous, severe = expert_user(), expert_user()
    rows = [{generous: 90, severe: 70}, {generous: 80, severe: 60}, {generous: 76, severe: 56}, {severe: 63}]
    return scored(officer(), rows, **fields)


def test_methods_stand_side_by_side_with_what_changes_across_the_line() -> None:
    review_round = planted()
    compute_ranking(review_round=review_round)
    found = comparison(review_round, places=2)
    assert [line.rank for line in found.lines] == [1, 2, 3, 4]
    assert [line.inside for line in found.lines] == [True, True, False, False]
    assert {name: (len(each["in"]), len(each["out"])) for name, each in found.moves.items()}["effect"] == (1, 1)
    assert found.lines[3].changes[-1] == "effect"
    assert found.lines[3].cells[0].value == Decimal("63.00")
    assert [line.crosses for line in found.lines][1] is True


def test_calibrated_figures_of_other_scores_are_not_shown() -> None:
    review_round = planted()
    assert comparison(review_round).computed is False
    compute_ranking(review_round=review_round)
    assert comparison(review_round).computed is True


def test_groups_are_named_and_the_means_still_shown() -> None:
    one, other = expert_user(), expert_user()
    review_round = scored(officer(), [{one: 80}, {one: 70}, {other: 60}])
    compute_ranking(review_round=review_round)
    found = comparison(review_round, places=1)
    assert [(len(group.dossiers), group.experts) for group in found.groups] == [
        (2, (one.person.name,)),
        (1, (other.person.name,)),
    ]
    values = [(line.cells[0].value, line.cells[4].value) for line in found.lines]
    assert values == [(Decimal("80.00"), None), (Decimal("70.00"), None), (Decimal("60.00"), None)]
    assert (found.cut, found.moves) == (None, {})


def test_lines_are_sorted_by_any_column_and_missing_figures_come_last() -> None:
    review_round = planted()
    compute_ranking(review_round=review_round)
    lines = comparison(review_round).lines
    assert [line.rank for line in ordered(lines, "effect")] == [1, 4, 2, 3]
    assert [line.rank for line in ordered(lines, "spread")] == [1, 2, 3, 4]
    assert [line.rank for line in ordered(lines, "nonsense")] == [1, 2, 3, 4]
    assert ordered(lines, "expected_rank")[0].rank == 1


def test_long_lists_of_names_are_cut() -> None:
    assert some(["甲", "乙"]) == "甲、乙"
    assert some([*"甲乙丙丁戊己庚辛壬"]) == "甲、乙、丙、丁、戊、己、庚、辛 等 1 个未列出"
