from __future__ import annotations

import pytest

from experts.ranking.agreement import alpha, intraclass


def test_full_agreement_is_one() -> None:
    units = [[80.0, 80.0], [60.0, 60.0], [70.0, 70.0]]
    assert (alpha(units), intraclass(units)) == (1.0, 1.0)


def test_alpha_is_the_published_example() -> None:
    """The reliability data of Krippendorff 2011, four observers, twelve units, interval metric: 0.849."""
    units = [[1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4]]
    units += [[1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3]]
    assert alpha(units) == pytest.approx(0.849, abs=0.0005)


def test_intraclass_is_the_published_example() -> None:
    """Shrout and Fleiss 1979, six targets, four judges: ICC(1,1) = 0.17."""
    units = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert intraclass(units) == pytest.approx(0.17, abs=0.005)


def test_where_nothing_can_be_compared_nothing_is_said() -> None:
    assert (alpha([]), alpha([[80.0]]), alpha([[80.0, 80.0]])) == (None, None, None)
    assert (intraclass([[80.0, 70.0]]), intraclass([[80.0], [70.0]]), intraclass([[80.0, 80.0], [80.0, 80.0]])) == (
        None,
        None,
        None,
    )
