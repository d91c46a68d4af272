from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.planning import candidates as module
from experts.planning.candidates import EACH_DOSSIER, Candidates, candidates


def random(seed: int, dossiers: int, experts: int) -> tuple[Any, Any]:
    draw = np.random.default_rng(seed)
    return np.round(draw.random((dossiers, experts)), 6), draw.random((dossiers, experts)) < 0.1


def found_in(likeness: Any, against: Any, block: int) -> Candidates:
    return candidates([likeness[at : at + block] for at in range(0, len(likeness), block)], against)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 30), st.integers(1, EACH_DOSSIER))
def test_a_small_pool_is_taken_whole_with_its_conflicts(seed: int, dossiers: int, experts: int) -> None:
    likeness, against = random(seed, dossiers, experts)
    found = found_in(likeness, against, 7)
    assert len(found.dossier) == dossiers * experts
    assert (found.likeness.reshape(likeness.shape) == likeness).all()
    assert (found.conflict.reshape(against.shape) == against).all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 1000))
def test_the_best_of_each_dossier_and_of_each_expert_are_there(seed: int) -> None:
    likeness, against = random(seed, 40, 300)
    found = found_in(likeness, against, 16)
    chosen = np.zeros(likeness.shape, dtype=bool)
    chosen[found.dossier, found.expert] = True
    free = np.where(against, -1.0, likeness)
    best = np.sort(free, axis=1)[:, -EACH_DOSSIER]
    assert chosen[free > best[:, None]].all()
    top = np.sort(free, axis=0)[-module.EACH_EXPERT]
    assert chosen[free > top[None, :]].all()
    assert (found.likeness == likeness[found.dossier, found.expert]).all()


def test_equals_are_not_the_same_few_for_every_dossier() -> None:
    found = found_in(np.zeros((100, 400)), np.zeros((100, 400), dtype=bool), 30)
    assert len(np.unique(found.expert)) == 400


@pytest.mark.parametrize("shape", [(0, 5), (5, 0)])
def test_nobody_and_nothing_give_nothing(shape: tuple[int, int]) -> None:
    found = found_in(np.zeros(shape), np.zeros(shape, dtype=bool), 4)
    assert len(found.dossier) == 0
