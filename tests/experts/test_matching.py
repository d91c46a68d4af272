from __future__ import annotations

from experts.matching import dossier_field, expert_field, grams, match


def test_chinese_is_compared_by_pairs_and_latin_by_words() -> None:
    assert grams("硬碳 Hard carbon负极材料") == {"硬碳", "hard", "carbon", "负极", "极材", "材料"}


def test_a_match_says_by_which_words_titles_and_area() -> None:
    found = match(
        expert_field(["储能", "硬碳", "奶牛"], [1], ["生物质硬碳负极研究", "奶牛育种"]),
        dossier_field("钠离子电池硬碳负极研究", ["储能"], [1, 2]),
    )
    assert (found.words, found.titles, found.area) == (("储能", "硬碳"), ("生物质硬碳负极研究",), True)


def test_nothing_in_common_is_zero() -> None:
    assert match(expert_field(["法学"], [3], ["专利法研究"]), dossier_field("硬碳", ["储能"], [1])).score == 0
