"""Short names of organisations as people write them: 内蒙古农业大学 as 内农大, 内蒙古农大, 农大 is too little.

Made by rule from the full name; what the rule does not reach stands in the organisation's own list of short names.
"""

from __future__ import annotations

import re

from workflows.naming.level import folded

# What a name begins with, and what a short name keeps of it. The rest is asked by its first two characters.
REGIONS = {
    "内蒙古自治区": ("内蒙古", "内", "自治区"),
    "内蒙古": ("内蒙古", "内"),
    "呼和浩特": ("呼和浩特", "呼市", "呼"),
    "呼伦贝尔": ("呼伦贝尔", "呼"),
    "锡林郭勒": ("锡林郭勒", "锡盟"),
    "乌兰察布": ("乌兰察布", "乌"),
    "鄂尔多斯": ("鄂尔多斯", "鄂"),
    "巴彦淖尔": ("巴彦淖尔", "巴"),
    "阿拉善": ("阿拉善", "阿"),
    "兴安": ("兴安",),
    "包头": ("包头", "包"),
    "赤峰": ("赤峰", "赤"),
    "通辽": ("通辽", "通"),
    "乌海": ("乌海",),
    "中国": ("中国", "中"),
}
# What a name ends with, and its short forms.
ENDINGS = {
    "大学附属医院": ("大附院", "大学附院"),
    "职业技术学院": ("职院", "职业学院"),
    "职业学院": ("职院",),
    "人民医院": ("人民医院", "医院"),
    "科学研究院": ("科院", "科学院", "研究院"),
    "科学院": ("科院", "科学院"),
    "研究院": ("院", "研究院"),
    "研究所": ("所", "研究所"),
    "大学": ("大", "大学"),
    "学院": ("院", "学院"),
    "医院": ("院", "医院"),
}
LEGAL = re.compile(r"[(（]?(集团)?[)）]?(股份)?(有限)?(责任)?公司$")
TRADES = re.compile(r"(实业|科技|生物|技术|工程|信息|新材料|新能源|环保|农业|牧业|生态|能源|发展|投资|股份|集团)+$")
SHORTEST, SHORTEST_CORE = 2, 2
PLACE = re.compile(r"[市盟旗县区]")


def short_names(name: str) -> set[str]:
    """The short names that people may use for an organisation of this full name, without the name itself."""
    full = folded(name)
    region, rest = _region(full)
    found = _of_a_company(full, region, rest) if LEGAL.search(full) else _of_an_institution(region, rest)
    return {one for one in found if len(one) >= SHORTEST and one != full}


def _region(full: str) -> tuple[tuple[str, ...], str]:
    for place, forms in REGIONS.items():
        if full.startswith(place):
            return forms, PLACE.sub("", full[len(place) :][:1]) + full[len(place) + 1 :]
    return ("",), full


def _of_an_institution(region: tuple[str, ...], rest: str) -> set[str]:
    ending = next((one for one in ENDINGS if rest.endswith(one)), "")
    if not ending:
        return set()
    core = rest.removesuffix(ending)
    found = {place + middle + end for place in region for middle, end in _tails(place, core, ending)}
    if core and ending == "学院" and region != ("",):
        found.add(region[-1][:1] + core[:1])  # 包头医学院: 包医
    # A kind alone (农大, 医学院), also behind the whole region (自治区医院), names any house of its kind.
    kinds = {place + end for place in ("", "自治区") for end in (*ENDINGS[ending], ending)}
    return found - kinds - {middle + end for middle, end in _tails("", core, ending)}


def _tails(place: str, core: str, ending: str) -> set[tuple[str, str]]:
    """What may follow `place`: pieces of the core with the short forms of the ending."""
    ends = ENDINGS[ending] if len(place) != 1 else ENDINGS[ending][:1]
    middles = {core} if place == "自治区" or not core else {core, core[:1], core[:2]}
    return {(middle, end) for middle in middles for end in ends if middle or len(place) == 1 or len(end) > 1}


def _of_a_company(full: str, region: tuple[str, ...], rest: str) -> set[str]:
    """Region and core, core and its kind; the core alone is a word too often, the own list may hold it."""
    core = LEGAL.sub("", rest)
    brand = TRADES.sub("", core)
    found = {LEGAL.sub("", full)}
    for one in {core, brand} - {""}:
        if len(one) >= SHORTEST_CORE:
            found |= {place + one for place in region if len(place) > 1}
            found |= {f"{one}{kind}" for kind in ("公司", "集团", "股份")}
    return {one for one in found if len(one) > SHORTEST}
