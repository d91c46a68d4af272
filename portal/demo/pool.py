"""The expert pool of the demo in every state: recommended, applied, returned, suspended, from a list."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl  # type: ignore[import-untyped]
from django.core.files.base import ContentFile
from django.utils import timezone

from experts.actions.absence import add_absence
from experts.actions.listing import hand_in_list
from experts.actions.pool import Profile, admit_expert, apply_to_pool, send_back_expert, suspend_expert
from experts.actions.recommending import recommend_expert
from experts.listing.template import template_workbook
from experts.models import ExpertProfile
from portal.demo import people
from portal.demo.ground import World

# Of whom the officer handed in a list: name, number, organisation, kind, codes, keywords, titles; the last is refused.
LISTED = (
    ("包明亮", "15010219740312663X", "阴山检测研究所", "产业专家", "480", "储能，检测", "储能电站安全检测，2024"),
    ("田雨晴", "", "北疆律师事务所", "法律专家", "820", "知识产权，合同", "技术合同纠纷研究，2023"),
    ("云峰", "1.50102E+17", "阴山检测研究所", "技术专家", "530", "催化，分离", ""),
)
APPLIED, RETURNED, SUSPENDED = "guojing", "luohui", "hada"


def build_pool(world: World) -> None:
    """Who is on the way into the pool or out of it, who is away, and a list that waits to be looked through."""
    _recommend(world, "gaowa", "hanlei", "长期从事粉末冶金研究，参加过三项自治区计划项目的验收评审。")
    _recommend(world, "lina", APPLIED, "电催化方向学科带头人，熟悉氢能项目。")
    _recommend(world, "lina", "weichen", "催化化学方向骨干，主持国家级项目两项。")
    boss = world.user("hasi")
    _apply(world, APPLIED)
    send_back_expert(expert=_apply(world, RETURNED), by=boss, note="请补充近三年主持的项目和论文题目。")
    suspended = admit_expert(expert=_apply(world, SUSPENDED), by=boss)
    until = timezone.localdate() + dt.timedelta(days=60)
    suspend_expert(expert=suspended, by=boss, note="上一轮接受邀请后两次逾期未评。", until=until)
    for key, since, length, note in (("fangzhiyuan", 200, 13, "出国访问"), ("shenlan", 240, 6, "学术会议")):
        _away(world, key, since, length, note)
    hand_in_list(upload=ContentFile(_listed(), "2027年行业专家名单.xlsx"), by=world.user("wulan"))


def _recommend(world: World, admin: str, member: str, why: str) -> None:
    unit, person = world.organisations[world.homes[member]], world.user(member).person
    recommend_expert(organisation=unit, person=person, why=why, truthful=True, by=world.user(admin))


def _apply(world: World, key: str) -> ExpertProfile:
    who = next(one for one in people.RESEARCHERS if one.key == key)
    user = world.user(key)
    profile = Profile(["technical"], who.discipline, [who.discipline, "成果转化"], max_load=6)
    return apply_to_pool(person=user.person, profile=profile, by=user)


def _away(world: World, key: str, since: int, length: int, note: str) -> None:
    user = world.user(key)
    first = timezone.localdate() + dt.timedelta(days=since)
    expert = ExpertProfile.objects.get(person=user.person)
    add_absence(expert=expert, since=first, until=first + dt.timedelta(days=length), note=note, by=user)


def _listed() -> bytes:
    """The template filled in as an officer does it."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    sheet, places = book.worksheets[0], (1, 2, 5, 8, 9, 10, 11)
    for number, row in enumerate(LISTED, start=3):
        for place, text in zip(places, row, strict=True):
            sheet.cell(number, place, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
