from __future__ import annotations

import numpy as np
import pytest

from experts.draw.exact import best
from experts.draw.fair import fair
from experts.draw.floor import alone, raised, unfilled
from experts.draw.problem import Ints, Problem, count, sums
from experts.draw.reading import parse
from tests.experts.draw.instances import faults, instance
from tests.experts.draw.programmes import greatest_least
from tests.experts.draw.test_exact import pairs


# The last three: sets that cross, where counting an institution as home as a whole misses a least load.
@pytest.mark.parametrize("seed", [*range(64), 2060, 2476, 2934])
def test_the_worst_off_is_raised_as_far_as_it_goes(seed: int) -> None:
    """Fixed rounds, half of them nested, with least loads from 0 to 3: as an integer programme of the file says."""
    data = instance(seed, nested=bool(seed % 2), least=seed // 2 % 4)
    problem = parse(data)
    chosen = fair(problem)
    assert faults(data, pairs(problem, chosen)) == []
    lacking, least = greatest_least(data)
    assert (unfilled(problem, chosen), unfilled(problem, best(problem))) == (lacking, lacking)
    assert sums(problem, chosen)[needy(problem)].min() == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize("seed", [96, 197, 250])
def test_a_few_panels_and_those_that_join_them_reach_the_same_as_all_at_once(seed: int) -> None:
    """As in large rounds, from the best total."""
    data = instance(seed, nested=bool(seed % 2), least=seed // 2 % 4)
    problem = parse(data)
    plain = best(problem)
    chosen = [plain, *raised(problem, plain, needy(problem), lambda plan: plan, whole=0)][-1]
    assert faults(data, pairs(problem, chosen)) == []
    assert sums(problem, chosen)[needy(problem)].min() == pytest.approx(greatest_least(data)[1], abs=1e-6)


def needy(problem: Problem) -> Ints:
    return np.flatnonzero(count(problem.pairs.p, len(problem.need)) > 0)


def test_a_seat_goes_from_a_panel_that_can_spare_it_to_one_that_has_none() -> None:
    """Both want both experts, who have one seat each; the best total gives both to the first."""
    none = {"institution": None, "region": None}
    data = {
        "experts": [{"id": e, "max_load": 1, **none} for e in range(2)],
        "proposals": [{"id": p, "experts_needed": 2, "institution": None, "home_region": None} for p in range(2)],
        "affinity": [[0, 0, 0.9], [0, 1, 0.8], [1, 0, 0.3], [1, 1, 0.2]], "mode": "fair",
    }  # fmt: skip
    problem = parse(data)
    assert sums(problem, best(problem)).tolist() == pytest.approx([1.7, 0])
    assert sorted(sums(problem, fair(problem)).tolist()) == pytest.approx([0.3, 0.8])


def test_as_many_seats_are_filled_as_can_be_where_institutions_cross_regions() -> None:
    """An institution at home and elsewhere, one seat at home: folded into the home set it would fill one seat only."""
    where = ["home", "home", "far", "far"]
    data = {
        "experts": [{"id": e, "institution": "ab"[e // 2], "region": where[e], "max_load": 1} for e in (0, 1, 2, 3)],
        "proposals": [{"id": "P", "experts_needed": 3, "institution": "c", "home_region": "home"}],
        "affinity": [[0, e, 0.5] for e in range(4)], "mode": "fair",
        "rules": {"max_per_institution": 2, "max_home_region": 1},
    }  # fmt: skip
    data["experts"][1]["institution"] = "b"  # type: ignore[index]
    problem = parse(data)
    assert int(fair(problem).sum()) == int(best(problem).sum()) == 3


def test_a_panel_by_itself_takes_the_best_that_its_rules_leave() -> None:
    """One of a house, one at home: .9 and .7, with the house that crosses taken for none .9 and .8."""
    where = ["home", "home", "far", "far"]
    data = {
        "experts": [{"id": e, "institution": "aabb"[e], "region": where[e], "max_load": 1} for e in range(4)],
        "proposals": [{"id": "P", "experts_needed": 3, "institution": "c", "home_region": "home"}],
        "affinity": [[0, 0, 0.9], [0, 1, 0.8], [0, 2, 0.7], [0, 3, 0.6]], "mode": "fair",
        "rules": {"max_per_institution": 1, "max_home_region": 1},
    }  # fmt: skip
    assert alone(parse(data)).tolist() == pytest.approx([1.6])
    data["experts"][1]["region"] = "far"  # type: ignore[index]
    assert alone(parse(data)).tolist() == pytest.approx([2.4])
