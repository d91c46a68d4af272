from __future__ import annotations

import math

import pytest

from experts.affinity.affinity import Pool
from experts.affinity.words import phrases, stem, terms


def test_chinese_becomes_pairs_of_signs_and_latin_stemmed_words() -> None:
    assert terms("稀土永磁 Materials for ＡＩ chips") == ["稀土", "土永", "永磁", "material", "ai", "chip"]
    assert terms("镍") == ["镍"]


def test_words_of_other_scripts_count_too() -> None:
    assert terms("Монгол хэл, α-synuclein, naïve 3D-打印") == ["монгол", "хэл", "α-synuclein", "naïve", "3d", "打印"]
    assert terms("ᠮᠣᠩᠭᠣᠯ ᠬᠡ\u180bᠯᠡ") == ["ᠮᠣᠩᠭᠣᠯ", "ᠬᠡᠯᠡ"]
    assert terms("𠮷野家") == ["𠮷野", "野家"]


@pytest.mark.parametrize(
    ("one", "other"), [("batteries", "battery"), ("coating", "coatings"), ("catalyst", "catalysts")]
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_phrases_are_the_longest_stretches_in_common_heaviest_first() -> None:
    text = "稀土永磁材料的低温制备 rare magnets"
    weights = dict.fromkeys(["稀土", "土永", "永磁"], 0.2) | {"制备": 0.1, "magnet": 0.3}
    assert phrases(text, weights) == ["稀土永磁", "magnets", "制备"]


def test_the_nearest_expert_is_first_and_says_why() -> None:
    pool = Pool([["草原生态修复技术", "牧草育种"], ["稀土永磁材料制备", "磁性材料的低温性能"], ["蒙古语语音识别"]])
    found = list(pool.match(["稀土永磁电机材料", "无关"], 2))
    assert [one.expert for one in found[0]] == [1]
    assert found[0][0].words[0] == "稀土永磁"
    assert found[1] == []


def test_scores_by_hand() -> None:
    """One term each: likeness 1 where it is shared, else 0."""
    pool = Pool([["稀土"], ["稀土", "煤炭"], ["稀土", "煤炭", "煤炭", "煤炭"], ["煤炭"], ["稀土", "稀土"]])
    scores = {one.expert: one.score for one in next(pool.match(["稀土"], 9))}
    assert scores == {expert: pytest.approx(value, abs=1e-6) for expert, value in EXPECTED.items()}


EXPECTED = {0: 1 + 1 / 4, 1: 1 + 1 / 8, 2: 1 + 1 / 16, 4: 1 + 2 / 5 + 1 / 4}


def test_rare_terms_weigh_more_and_equals_keep_their_order() -> None:
    pool = Pool([["煤炭"], ["稀土"], ["煤炭"], ["煤炭"]])
    found = next(pool.match(["煤炭，稀土"], 4))
    assert [one.expert for one in found] == [1, 0, 2, 3]
    assert all(math.isfinite(one.score) for one in found)


def test_a_title_of_one_common_word_does_not_pass_a_long_one_that_says_more() -> None:
    pool = Pool([["煤炭"], ["煤炭资源与清洁利用的关键问题"], ["稀土永磁材料制备"], ["草原生态修复"]])
    assert [one.expert for one in next(pool.match(["煤炭清洁燃烧"], 4))] == [1, 0]


def test_an_empty_pool_and_empty_texts_match_nothing() -> None:
    assert list(Pool([]).match(["稀土"], 3)) == [[]]
    assert list(Pool([[""], ["稀土"]]).match(["", "！"], 3)) == [[], []]


def test_many_proposals_are_matched_as_each_alone() -> None:
    titles = [f"课题{chr(0x4E00 + at)}{chr(0x4E00 + 7 * at)}{chr(0x4E00 + 3 * at)}" for at in range(300)]
    pool = Pool([[title] for title in titles])
    assert [found[0].expert for found in pool.match(titles, 1)] == list(range(300))
