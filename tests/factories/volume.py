"""A department of any size, written in bulk: for query counts at one and at three rows, and for measuring at volume.

States are set as they would be after their transitions; nothing is journaled. `near` rows of each kind belong to
the cast, the others to people and organisations of no account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.actions.search import rebuild
from cms.actions.site import build_site
from cms.models import CallPage, ColumnPage, NoticePage
from cms.models.records import RecordPage
from cms.site_plan import CALLS, NOTICES
from directory.models import Organisation, Person, RoleGrant, User
from experts.models import Assignment, Dossier, ExpertiseItem, ExpertProfile, Meeting, ReviewRound
from projects.enums import ProposalState
from projects.models import (
    Call,
    CallDirection,
    Contract,
    Finding,
    FundingItem,
    FundingList,
    Objection,
    Participant,
    Project,
    Proposal,
    PublicNotice,
)
from tests.factories import directory, way
from tests.factories.experts import SCHEME, expert_user
from tests.factories.projects import CallFactory, days
from tests.factories.volume_meetings import meetings
from tests.factories.volume_projects import lives
from workflows.actors import SYSTEM
from workflows.models import Message, Route, RouteStep

TITLES = (
    "典型草原返青期预报模型",
    "稀土永磁材料回收技术",
    "奶牛乳房炎快速检测",
    "钠离子电池硬碳负极",
    "蒙古文古籍数字化整理",
)
BATCH = 2000
SEATS = ("invited", "accepted", "scoring", "submitted", "submitted")
CREATED: Iterator[int] = count(1)


@dataclass(frozen=True)
class Size:
    """How many of what; `near` of each state and kind are the cast's, or as many as there are."""

    calls: int
    proposals: int
    experts: int
    messages: int
    near: int

    @classmethod
    def rows(cls, number: int) -> Size:
        """`number` rows of everything that the cast sees: proposals in each state, seats, messages, calls."""
        return cls(calls=number, proposals=number * len(ProposalState), experts=number, messages=number, near=number)


@dataclass
class Department:
    """The cast, with an expert and a system administrator, and what was made."""

    cast: way.Cast = field(default_factory=way.Cast)
    expert: User = field(default_factory=expert_user)
    administrator: User = field(default_factory=directory.system_admin)
    calls: list[Call] = field(default_factory=list)
    hosts: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    def user(self, name: str) -> User:
        """One of the cast by name, or the expert or the administrator."""
        found: User = getattr(self, name) if hasattr(self, name) else getattr(self.cast, name)
        return found


def build(size: Size) -> Department:
    """Everything of `size`, on a fresh database."""
    made = Department()
    build_site(by=SYSTEM)
    _organisations(made, size)
    _people(made, size)
    _calls(made, size)
    _proposals(made, size)
    _reviews(made, size)
    made.meetings = meetings(made.expert, made.cast.officer, size.near)
    _decisions(made, size)
    _contracts(made, size)
    _messages(made, size)
    rebuild()
    return made


def _bulk(rows: list[Any]) -> list[Any]:
    return list(type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)) if rows else []


def _organisations(made: Department, size: Size) -> None:
    region = made.cast.host.region
    fresh = [
        Organisation(
            name=f"第{number}研究所",
            kind="institute",
            region=region,
            state="verified" if number % 10 else "registered",
            authority=made.cast.authority if number % 5 == 0 else None,
        )
        for number in range(size.near, size.near + max(size.near, size.proposals // 100))
    ]
    made.hosts = [made.cast.host, *_bulk(fresh)]


def _people(made: Department, size: Size) -> None:
    names = [Person(name=f"其木格{number}", title_name="副研究员") for number in range(max(10, size.proposals // 4))]
    made.people = _bulk(names)


def _calls(made: Department, size: Size) -> None:
    made.calls = [
        CallFactory.create(
            published=True, officer=made.cast.officer, title=f"{TITLES[number % 5]}专项申报指南（{number}）"
        )
        for number in range(size.calls)
    ]
    for _number in range(min(size.near, 5)):
        CallFactory.create(officer=made.cast.officer)
        CallFactory.create(state="in_approval", officer=made.cast.officer)
    call_pages(made.calls)


def call_pages(calls: list[Call]) -> None:
    """The live pages of calls, written in bulk."""
    _pages([CallPage(call=call, title=call.title, slug=f"c-{call.pk}") for call in calls], CALLS)


def _pages(pages: list[Any], column: str) -> None:
    """Bulk writing knows no model of several tables: the page first, then its own row."""
    if not pages:
        return
    parent = Page.objects.get(pk=ColumnPage.objects.get(slug=column).pk)
    home = parent.get_parent()
    for place, page in enumerate(pages, start=parent.numchild + 1):
        page.path, page.depth = parent._get_path(parent.path, parent.depth + 1, place), parent.depth + 1
        page.url_path, page.locale = f"{parent.url_path}{page.slug}/", home.locale
        page.set_url_path(parent)
    _own_rows(_bulk([_plain(page) for page in pages]), pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))


def _plain(page: RecordPage) -> Page:
    names = [one.attname for one in Page._meta.concrete_fields if one.attname != "id"]
    return Page(**{name: getattr(page, name) for name in names if name != "content_type_id"} | _type(page))


def _type(page: RecordPage) -> dict[str, Any]:
    now = timezone.now()
    dates = {"first_published_at": now, "last_published_at": now, "draft_title": page.title}
    return {"content_type": page.cached_content_type or page.content_type, **dates}


def _own_rows(plain: list[Page], pages: list[Any]) -> None:
    record = pages[0]._meta.get_field("call" if isinstance(pages[0], CallPage) else "notice")
    table, column = pages[0]._meta.db_table, record.column
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, {column}) VALUES (%s, %s)",  # noqa: S608 - names of our own tables
            [(page.pk, getattr(own, record.attname)) for page, own in zip(plain, pages, strict=True)],
        )


def _proposals(made: Department, size: Size) -> None:
    directions = {row.call_id: row for row in CallDirection.objects.filter(call__in=made.calls)}
    each = size.proposals // len(ProposalState)
    rows = [_proposal(made, size, state, place, directions) for state in ProposalState for place in range(each)]
    made.proposals = _bulk(rows)
    sent = [row for row in made.proposals if row.state in ("recommended", "eligible")]
    _bulk([_finding(row, code) for row in sent for code in ("age", "degree", "limit")])
    _bulk([one for row in made.proposals for one in _team(made, size, row)])


def _proposal(
    made: Department, size: Size, state: ProposalState, place: int, directions: dict[int, CallDirection]
) -> Proposal:
    number, near = next(CREATED), place < size.near
    call = made.calls[place % len(made.calls)]
    return Proposal(
        state=state,
        call=call,
        direction=directions.get(call.pk),
        number=f"2027-V-{number:06d}",
        title=f"{TITLES[number % 5]}研究（{number}）",
        applicant=made.cast.applicant.person if near else made.people[number % len(made.people)],
        organisation=made.cast.host if near else made.hosts[number % len(made.hosts)],
        requested=Decimal(100_000 + number % 50 * 10_000),
        starts_on=dt.date(way.YEAR, 1, 1),
        ends_on=dt.date(way.YEAR + 2, 12, 31),
        submitted_at=days(-1) - dt.timedelta(minutes=number),
        score=Decimal(60 + number % 40) if state in ("reviewed", "proposed", "on_notice", "approved") else None,
    )


def _finding(row: Proposal, code: str) -> Finding:
    params = {"code": "applicant.age", "comparison": "at_most", "value": 63, "limit": 60, "on": "2027-06-30"}
    return Finding(proposal=row, check_code=code, level="failed" if row.pk % 3 else "passed", params=params)


def _team(made: Department, size: Size, row: Proposal) -> list[Participant]:
    other = made.people[row.pk % len(made.people)]
    member = Participant(proposal=row, name=other.name, person=other, state="confirmed")
    if row.state != "draft" or row.applicant_id != made.cast.applicant.person.pk:
        return [member]
    token, email = f"t{row.pk}", made.cast.stranger.email
    return [member, Participant(proposal=row, name="受邀", email=email, state="invited", token=token)]


def _reviews(made: Department, size: Size) -> None:
    rounds = _bulk(
        [
            ReviewRound(
                state="scoring",
                title=f"{call.title}评审",
                reference=f"projects.call:{call.pk}",
                scheme=SCHEME,
                score_deadline=days(10 + place),
                officer=made.cast.officer,
            )
            for place, call in enumerate(made.calls)
        ]
    )
    by_call = dict(zip((call.pk for call in made.calls), rounds, strict=True))
    read = [row for row in made.proposals if row.state in ("in_review", "reviewed")]
    dossiers = _bulk([_dossier(row, by_call[row.call_id]) for row in read])
    experts = _experts(made, size)
    own = ExpertProfile.objects.get(person__user=made.expert)
    seats = [
        _seat(one, experts[(place * 5 + turn) % len(experts)], turn)
        for place, one in enumerate(dossiers)
        for turn in range(min(5, len(experts)))
    ]
    _bulk(seats + [_seat(one, own, place) for place, one in enumerate(dossiers[: size.near])])


def _dossier(row: Proposal, review_round: ReviewRound) -> Dossier:
    text = "面向退化草原修复与饲草高效利用的需求开展研究。" * 40
    return Dossier(
        round=review_round,
        subject_type="projects.proposal",
        subject_id=str(row.pk),
        title=row.title,
        content={"sections": [{"title": "研究目标", "text": text}], "files": []},
        sha256="0" * 64,
    )


def _experts(made: Department, size: Size) -> list[ExpertProfile]:
    people = _bulk([Person(name=f"巴图{number}", title_name="教授") for number in range(size.experts)])
    profiles = _bulk(
        [
            ExpertProfile(person=one, state="admitted", kinds=["technical"], discipline="能源科学", keywords=["储能"])
            for one in people
        ]
    )
    _bulk([ExpertiseItem(expert=one, title=f"{title}（{one.pk}）", year=2020) for one in profiles for title in TITLES])
    _bulk([RoleGrant(person=one, role="expert", valid_from=days(-100)) for one in people])
    return profiles


def _seat(dossier: Dossier, expert: ExpertProfile, turn: int) -> Assignment:
    state = SEATS[turn % len(SEATS)]
    signed = None if state == "invited" else days(-2)
    return Assignment(
        state=state,
        round=dossier.round,
        dossier=dossier,
        expert=expert,
        invited_at=days(-3),
        statement_signed_at=signed,
        submitted_at=days(-1) if state == "submitted" else None,
    )


def _decisions(made: Department, size: Size) -> None:
    boss, turns = made.cast.officer, ("draft", "in_approval", "on_notice", "confirmed")
    lists = _bulk(
        [
            FundingList(state=turns[place % 4] if size.calls > len(turns) else "on_notice", call=call, drafted_by=boss)
            for place, call in enumerate(made.calls)
        ]
    )
    of_call = {one.call_id: one for one in lists}
    decided = [row for row in made.proposals if row.state in ("proposed", "on_notice", "approved", "declined")]
    _bulk([_item(of_call[row.call_id], row, rank) for rank, row in enumerate(decided, start=1)])
    shown = [one for one in lists if one.state in ("on_notice", "confirmed")]
    notices = _bulk([_notice(one, place) for place, one in enumerate(shown)])
    _pages([NoticePage(notice=one, title=one.title, slug=f"n-{one.pk}") for one in notices], NOTICES)
    held = [row for row in made.proposals if row.state == "on_hold"][: size.near]
    _bulk([_objection(notices[0], row) for row in held])


def _item(funding_list: FundingList, row: Proposal, rank: int) -> FundingItem:
    funded = row.state != "declined"
    amount = row.requested if funded else Decimal(0)
    return FundingItem(
        funding_list=funding_list,
        proposal=row,
        rank=rank,
        score=Decimal(80),
        requested=row.requested,
        amount=amount,
        funded=funded,
    )


def _notice(funding_list: FundingList, place: int) -> PublicNotice:
    return PublicNotice(
        state="published",
        funding_list=funding_list,
        title=f"{funding_list.call.title}拟立项公示",
        published_at=days(-3),
        closes_at=days(4 if place % 2 == 0 else -1),
    )


def _objection(notice: PublicNotice, row: Proposal) -> Objection:
    return Objection(
        notice=notice,
        proposal=row,
        name="王小明",
        contact="13800000000",
        text="内容重复。",
        evidence="立项公告。",
        query_code=f"Q{row.pk:08d}",
    )


def _contracts(made: Department, size: Size) -> None:
    funded = [row for row in made.proposals if row.state == "approved"]
    projects = _bulk([_project(row) for row in funded])
    for rows in lives(made.cast, projects):
        _bulk(rows)
    contracts = _bulk([_contract(one, place) for place, one in enumerate(projects)])
    signing = [one for one in contracts if one.state == "signing"][: size.near]
    routes = _bulk(
        [
            Route(kind="contract", subject_type="projects.contract", subject_id=one.pk, started_by=made.cast.officer)
            for one in signing
        ]
    )
    _bulk([RouteStep(route=one, order=1, role="decision_maker", label="主管部门") for one in routes])


def _project(row: Proposal) -> Project:
    return Project(
        proposal=row,
        number=f"P{row.pk:07d}",
        title=row.title,
        investigator=row.applicant,
        organisation=row.organisation,
        grant=row.requested,
        starts_on=dt.date(way.YEAR, 1, 1),
        ends_on=dt.date(way.YEAR + 2, 12, 31),
    )


def _contract(project: Project, place: int) -> Contract:
    return Contract(project=project, state=("draft", "signing")[place % 2], sign_by=days(20))


def _messages(made: Department, size: Size) -> None:
    users = [made.expert, made.administrator, *made.cast.everybody().values()]
    rows = [
        Message(key=f"v{user.pk}-{number}", to=user, title=f"{TITLES[number % 5]}：有新的进展", at=days(-(number % 90)))
        for user in users
        for number in range(size.messages)
    ]
    _bulk(rows)
