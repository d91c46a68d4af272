from __future__ import annotations

import hashlib

from experts.draw.reading import parse
from experts.draw.seed import coins, commitment, kept, key_of, nonce, seed_for
from tests.experts.draw.instances import instance


def test_a_commitment_holds_for_its_nonce_alone() -> None:
    secret = nonce()
    assert commitment(secret) == hashlib.sha256(secret.encode()).hexdigest()
    assert [kept(secret, commitment(secret)), kept(secret + "0", commitment(secret))] == [True, False]


def test_a_seed_depends_on_nonce_round_and_inputs() -> None:
    parts = [("n", "round:1", "a"), ("m", "round:1", "a"), ("n", "round:2", "a"), ("n", "round:1", "b")]
    assert len({seed_for(*part) for part in parts}) == 4
    assert seed_for("n", "r", "i") == hashlib.sha256(b"n\nr\ni").hexdigest()


def test_the_key_of_a_draw_depends_on_everything_that_is_drawn_from() -> None:
    data = instance(1)
    changed = [data, data | {"rules": {}}, data | {"forced": []}, data | {"affinity": data["affinity"][1:]}]
    keys = {key_of(parse(one), seed) for one in changed for seed in ("1", 1, "2")}
    assert len(keys) == 12


def test_coins_are_fair_and_differ_by_turn() -> None:
    first, second = coins(b"key", 0, 10_000), coins(b"key", 1, 10_000)
    assert abs(sum(first) - 5_000) < 250
    assert abs(sum(one == other for one, other in zip(first, second, strict=True)) - 5_000) < 250
