"""Organisations, people, roles and experts of the demo, through the actions that people use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from stdnum.cn import ric, uscc

from directory.actions.members import add_member
from directory.actions.organisations import register_organisation, set_up_organisation
from directory.actions.people import create_account
from directory.actions.reference import load_calendar, load_focus_areas, load_regions
from directory.actions.roles import grant_role
from directory.enums import SCOPED_ROLES, Gender, Role
from directory.models import Organisation, Region, User
from experts.actions.pool import Expertise, Profile, admit_expert, apply_to_pool
from portal.demo import organisations as orgs
from portal.demo import people
from workflows.actors import SYSTEM

DOMAIN = "demo.tala.example"
SPECIALITIES: dict[str, tuple[str, ...]] = {
    "fangzhiyuan": ("稀土功能材料", "磁性材料", "石墨烯", "涂层"),
    "shenlan": ("电化学", "储能电池", "电解液", "燃料电池"),
    "huangqishan": ("化学工程", "二氧化碳捕集", "催化", "分离"),
    "suyale": ("奶牛育种", "乳制品", "饲草", "动物营养"),
    "luchangming": ("稀土分离", "冶金", "尾矿利用", "磁体"),
    "erdeni": ("蒙药", "蒙医", "正骨", "温针"),
    "gaoyuan": ("储能系统", "热管理", "电解槽", "氢能"),
    "tongla": ("草原生态", "遥感", "土壤碳库", "饲草"),
    "jiangwen": ("预算", "财务", "成本", "经费"),
}
# Disciplines of GB/T 13745, the main one first.
CODES: dict[str, tuple[str, ...]] = {
    "fangzhiyuan": ("430", "140"),
    "shenlan": ("150", "480"),
    "huangqishan": ("530",),
    "suyale": ("230", "550"),
    "luchangming": ("450", "430"),
    "erdeni": ("360",),
    "gaoyuan": ("480", "470"),
    "tongla": ("180", "210"),
    "jiangwen": ("790", "630"),
}


@dataclass
class World:
    """What has been built so far, by the keys of the tables."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def user(self, key: str) -> User:
        """The account of a person of the tables, read afresh: rights change on the way."""
        return User.objects.select_related("person").get(email=f"{key}@{DOMAIN}")


def build_reference() -> None:
    """Regions, focus areas, working calendar."""
    load_regions()
    load_focus_areas()
    year = dt.datetime.now(dt.UTC).year
    load_calendar(first=year - 3, last=year + 1)


def build_organisations(world: World) -> None:
    """The department, the authorities, the hosts."""
    for org in (orgs.DEPARTMENT, *orgs.AUTHORITIES, *orgs.HOSTS):
        facts = _facts(world, org) | {
            "is_department": org is orgs.DEPARTMENT,
            "is_authority": org is not orgs.DEPARTMENT and org in orgs.AUTHORITIES,
        }
        world.organisations[org.key] = set_up_organisation(facts=facts)


def build_people(world: World) -> None:
    """Accounts with their people, memberships and roles."""
    for number, who in enumerate(people.EVERYBODY):
        user = create_account(email=f"{who.key}@{DOMAIN}", facts=_person(who, number))
        organisation = world.organisations[who.organisation]
        add_member(organisation=organisation, person=user.person, position=who.title_name)
        for role in who.roles:
            scope = organisation if role in SCOPED_ROLES else None
            grant_role(person=user.person, role=role, organisation=scope, by=SYSTEM)
        world.homes[who.key] = who.organisation


def build_newcomers(world: World) -> None:
    """Organisations that have registered and wait for their authority."""
    for number, org in enumerate(orgs.NEW):
        born = dt.date(1990 + number, 3, 8)
        facts = {"name": ("陈晨", "包玉山")[number % 2], "id_number": _id_number(born, 801 + number)}
        founder = create_account(email=f"founder{number}@{DOMAIN}", facts=facts)
        register_organisation(facts=_facts(world, org), by=founder)


def build_experts(world: World) -> None:
    """The pool: each applies with expertise, the officer admits."""
    for who in people.EXPERTS:
        user = world.user(who.key)
        words = SPECIALITIES[who.key]
        profile = Profile(
            kinds=["finance"] if who.key == "jiangwen" else ["technical"],
            discipline=who.discipline,
            discipline_codes=CODES[who.key],
            keywords=words,
            introduction=f"长期从事{who.discipline}研究与评价工作。",
            max_load=12,
            expertise=[
                Expertise(f"{word}关键技术研究", 2020 + place, "自治区科技计划") for place, word in enumerate(words)
            ],
        )
        expert = apply_to_pool(person=user.person, profile=profile, by=user)
        admit_expert(expert=expert, by=world.user("wulan"))


def _facts(world: World, org: orgs.Org) -> dict[str, object]:
    return {
        "name": org.name,
        "short_name": org.short,
        "kind": org.kind,
        "credit_code": org.code + uscc.calc_check_digit(org.code),
        "region": Region.objects.get(code=org.region),
        "authority": world.organisations[org.authority] if org.authority else None,
        "founded_on": dt.date.fromisoformat(org.founded),
        "address": "（演示地址）",
        "contact_name": "科研管理办公室",
        "contact_phone": "0470-0000000",
    }


def _person(who: people.Who, number: int) -> dict[str, object]:
    born = dt.date.fromisoformat(who.born)
    running = 2 * (number + 1) + (0 if who.female else 1)
    return {
        "name": who.name,
        "gender": Gender.FEMALE if who.female else Gender.MALE,
        "id_number": _id_number(born, running),
        "mobile": f"1380000{number:04d}",
        "title": who.title,
        "title_name": who.title_name,
        "degree": who.degree,
        "discipline": who.discipline,
    }


def _id_number(born: dt.date, running: int) -> str:
    body = f"150102{born:%Y%m%d}{running % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def with_role(role: Role) -> list[people.Who]:
    """The people of the tables who hold `role`."""
    return [who for who in people.EVERYBODY if role in who.roles]
