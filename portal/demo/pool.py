"""The expert pool of the demo in every state: recommended, applied, returned, suspended, from a list."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace

import openpyxl  # type: ignore[import-untyped]
from django.core.files.base import ContentFile
from django.utils import timezone

from directory.models import User
from experts.actions.absence import add_absence
from experts.actions.background import add_station, add_works
from experts.actions.credit import rate_expert
from experts.actions.listing import hand_in_list, read_pool_list, take_list
from experts.actions.pool import (
    Expertise,
    Profile,
    admit_expert,
    apply_to_pool,
    edit_profile,
    send_back_expert,
    suspend_expert,
)
from experts.actions.recommending import recommend_expert
from experts.actions.ties import add_tie
from experts.enums import ExpertKind, StationKind, TieKind, WorkKind
from experts.listing.template import template_workbook
from experts.models import ExpertProfile, ReviewRound
from portal.demo import people
from portal.demo.ground import World

# Of whom the officer handed in a list: name, number, organisation, kind, codes, keywords, titles; the last is refused.
LISTED = (
    ("包明亮", "15010219740312663X", "阴山检测研究所", "产业专家", "480", "储能，检测", "储能电站安全检测，2024"),
    ("田雨晴", "", "北疆律师事务所", "法律专家", "820", "知识产权，合同", "技术合同纠纷研究，2023"),
    ("云峰", "1.50102E+17", "阴山检测研究所", "技术专家", "530", "催化，分离", ""),
)
TAKEN = (
    ("吴晓棠", "150102197907214422", "阴山检测研究所", "技术专家", "460", "无损检测，压力容器", "储氢罐无损检测，2022"),
)
# Where experts worked and studied: key, kind, organisation, position or degree, first day, last day.
STATIONS = (
    ("fangzhiyuan", StationKind.STUDY, "草原理工大学", "博士", "1993-09-01", "1997-07-01"),
    ("fangzhiyuan", StationKind.WORK, "草原理工大学", "副教授", "1997-07-02", "2009-08-31"),
    ("fangzhiyuan", StationKind.WORK, "黄河博士科创园", "技术顾问", "2010-03-01", "2014-12-31"),
    ("shenlan", StationKind.STUDY, "北方化工学院", "博士", "1996-09-01", "2000-07-01"),
)
APPLIED, RETURNED, SUSPENDED = "guojing", "luohui", "hada"
RATINGS = ((5, "意见具体，指出了预算中的重复。"), (3, "意见偏短，未说明扣分理由。"))


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
    _write_down(world)
    _rate(boss)
    for key, since, length, note in (("fangzhiyuan", 200, 13, "出国访问"), ("shenlan", 240, 6, "学术会议")):
        _away(world, key, since, length, note)
    hand_in_list(upload=ContentFile(_listed(LISTED), "2027年行业专家名单.xlsx"), by=world.user("wulan"))
    taken = hand_in_list(upload=ContentFile(_listed(TAKEN), "2026年检测机构专家名单.xlsx"), by=boss)
    read_pool_list(pool_list=taken)
    take_list(pool_list=taken, by=boss)


def _recommend(world: World, admin: str, member: str, why: str) -> None:
    unit, person = world.organisations[world.homes[member]], world.user(member).person
    recommend_expert(organisation=unit, person=person, why=why, truthful=True, by=world.user(admin))


def _apply(world: World, key: str) -> ExpertProfile:
    who = next(one for one in people.RESEARCHERS if one.key == key)
    user = world.user(key)
    profile = Profile(["technical"], who.discipline, [who.discipline, "成果转化"], max_load=6)
    return apply_to_pool(person=user.person, profile=profile, by=user)


def _write_down(world: World) -> None:
    """Stations, ties and titles of some experts; one adds a kind that waits for an officer."""
    for key, kind, name, role, since, until in STATIONS:
        first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
        by = world.user(key)
        add_station(expert=_expert(by), kind=kind, name=name, role=role, since=first, until=last, by=by)
    user = world.user("fangzhiyuan")
    paper = Expertise("稀土永磁材料晶界扩散研究", 2023, "稀土学报", WorkKind.PAPER)
    add_works(expert=_expert(user), items=[paper], by=user)
    add_tie(expert=_expert(user), kind=TieKind.ADVISOR, person_name="杜若飞", note="指导的博士研究生", by=user)
    gaoyuan = world.user("gaoyuan")
    own = _expert(gaoyuan)
    wider = Profile([*own.kinds, ExpertKind.INDUSTRY], own.discipline, own.keywords, max_load=own.max_load)
    edit_profile(expert=own, profile=replace(wider, discipline_codes=own.discipline_codes), by=gaoyuan)


def _rate(boss: User) -> None:
    """An officer rates two experts in every finished round."""
    for review_round in ReviewRound.objects.filter(credits__isnull=False).distinct():
        for credit, (rating, note) in zip(review_round.credits.order_by("pk"), RATINGS, strict=False):
            rate_expert(review_round=review_round, expert=credit.expert, rating=rating, note=note, by=boss)


def _expert(user: User) -> ExpertProfile:
    return ExpertProfile.objects.get(person=user.person)


def _away(world: World, key: str, since: int, length: int, note: str) -> None:
    user = world.user(key)
    first = timezone.localdate() + dt.timedelta(days=since)
    add_absence(expert=_expert(user), since=first, until=first + dt.timedelta(days=length), note=note, by=user)


def _listed(rows: Sequence[tuple[str, ...]]) -> bytes:
    """The template filled in as an officer does it."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    sheet, places = book.worksheets[0], (1, 2, 5, 8, 9, 10, 11)
    for number, row in enumerate(rows, start=3):
        for place, text in zip(places, row, strict=True):
            sheet.cell(number, place, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
