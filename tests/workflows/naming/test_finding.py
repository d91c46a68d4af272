from __future__ import annotations

import pytest

from workflows.naming.finding import contact, find, organisation, person, struck, written
from workflows.naming.level import PAIRS, level

UNIVERSITY = organisation("内蒙古大学", ("IMU",))
FARMING = organisation("内蒙古农业大学")
COMPANY = organisation("内蒙古伊利实业集团股份有限公司", ("伊利",))
ACADEMY = organisation("内蒙古自治区农牧业科学院")


def words(text: str, *names: object) -> list[str]:
    return list(written(find(text, [one for group in names for one in group])))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # however it is written
        ("由温都苏完成", person("温都苏"), ["温都苏"]),
        ("由温 都\n苏完成", person("温都苏"), ["温都苏"]),
        ("烏蘭圖雅参加", person("乌兰图雅"), ["烏蘭圖雅"]),
        ("乌兰·图雅参加", person("乌兰图雅"), ["乌兰图雅"]),
        ("依托內蒙古大學", UNIVERSITY, ["內蒙古大學"]),
        ("with ＷＡＮＧ　Ｗei in the team", person("Wang Wei"), ["ＷＡＮＧ　Ｗei"]),
        ("Wangwei2 and Wangweil", person("Wang Wei"), []),
        # two characters
        ("课题组成员张伟负责采样", person("张伟"), ["张伟"]),
        ("这样张伟之前", person("张伟"), ["张伟"]),
        ("青藏高原的高原牧场，高原、山地", person("高原"), []),
        ("由高原教授负责，联系人：高原", person("高原"), ["高原"]),
        ("由高原负责", person("高原"), ["高原"]),
        ("解方程组，方程求解", person("方程"), []),
        ("乌兰察布和乌兰浩特", person("乌兰"), []),
        ("成员：乌兰，高娃", person("乌兰"), ["乌兰"]),
        # short names
        ("我们在内大完成", UNIVERSITY, ["内大"]),
        ("范围内大量室内大气数据", UNIVERSITY, []),
        ("国内大学与内蒙古大兴安岭", UNIVERSITY, []),
        ("IMU 2026", UNIVERSITY, ["IMU"]),
        ("IMUs", UNIVERSITY, []),
        ("依托内农大和内蒙古农大的平台", FARMING, ["内农大", "内蒙古农大"]),
        ("农大在境内农大户", FARMING, []),
        ("自治区农牧业科学院试验站，内蒙古农科院", ACADEMY, ["自治区农牧业科学院", "内蒙古农科院"]),
        ("与伊利集团合作，伊利的牧场，伊利诺伊", COMPANY, ["伊利集团", "伊利"]),
        # addresses and numbers
        ("邮箱 a.b@imu.edu.cn，电话138-0013-8000", (), ["a.b@imu.edu.cn", "138-0013-8000"]),
        ("ORCID 0000-0002-1825-0097，身份证150102198003077416", (), ["0000-0002-1825-0097", "150102198003077416"]),
        ("电话 0471-6325901", contact("0471-6325901"), ["0471-6325901"]),
        ("样本13800138000.5，编号1380013800012", (), []),
    ],
)
def test_what_is_found(text: str, names: object, expected: list[str]) -> None:
    assert words(text, names) == expected


def test_the_longest_name_wins_and_is_struck_once() -> None:
    text = "内蒙古大学生命科学学院，温都苏与内大。"
    hits = find(text, [*UNIVERSITY, *person("温都苏")])
    assert struck(text, hits) == "▇▇生命科学学院，▇▇与▇▇。"


def test_a_level_text_keeps_every_character_at_its_place() -> None:
    assert len(PAIRS) % 2 == 0
    assert level("內Ａ㎏ﬁ⼤") == "内a㎏ﬁ大"
