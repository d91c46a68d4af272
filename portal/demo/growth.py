"""A department of any number of projects, written in bulk: for measuring, never for a real one.

The same arguments give the same rows. States are set as they would be after their transitions; nothing is journaled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

from django.utils import timezone

from directory.enums import RegionLevel
from directory.models import FocusArea, Organisation, Person, Region
from projects.models import Call, Contract, Instalment, LedgerLine, Project, Proposal
from projects.queries.kept_rules import scheme_of

BATCH = 2000
YEARS = 6
LINES = 11
WAN = 10_000
# Of this year's projects so many are signed; of the second instalments that are due so many are paid.
SIGNED, PAID = 0.7, 0.8
PROGRAMMES = ("重点研发和成果转化计划", "自然科学基金", "科技创新引导计划", "“揭榜挂帅”项目", "青年科技英才支持计划")
SUBJECTS = (
    "稀土永磁材料",
    "煤基氢能",
    "石墨烯导热膜",
    "钠离子电池",
    "乳品益生菌",
    "蒙医温针",
    "二氧化碳封存",
    "草原碳汇",
)
DEEDS = ("关键技术研究", "中试与示范", "装备研制", "标准体系研究", "机理与调控", "产业化应用")
KINDS = ("university", "institute", "enterprise", "hospital")
Say = Callable[[str], None]


@dataclass
class Growth:
    """What was made so far, and the one source of chance."""

    chance: Random
    today: dt.date
    hosts: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)


def grow(*, projects: int, seed: int, today: dt.date, say: Say) -> None:
    """Add so many projects with eleven budget lines each, their hosts, people and calls. `say` is told each step."""
    made = Growth(Random(seed), today)  # noqa: S311 - data for measuring
    _ground(made, projects)
    say(f"{len(made.hosts)} organisations, {len(made.people)} people, {len(made.calls)} calls")
    for first in range(0, projects, BATCH):
        _some(made, range(first, min(first + BATCH, projects)))
        say(f"{min(first + BATCH, projects)} of {projects} projects")


def _ground(made: Growth, projects: int) -> None:
    leagues = list(Region.objects.filter(level=RegionLevel.LEAGUE).order_by("code"))
    hosts = [
        Organisation(
            name=f"第{number + 1}{'大学' if number % 4 == 0 else '研究院'}（测算）",
            kind=KINDS[number % 4],
            region=made.chance.choice(leagues) if leagues else None,
            state="verified",
        )
        for number in range(max(1, projects // 50))
    ]
    made.hosts = _write(hosts)
    made.people = _write([Person(name=f"测算{number + 1}") for number in range(max(1, projects // 3))])
    made.calls = _write([_call(made, number) for number in range(max(1, projects // 200))])
    areas = list(FocusArea.objects.order_by("code"))
    for call in made.calls if areas else ():
        call.focus_areas.set([made.chance.choice(areas)])


def _call(made: Growth, number: int) -> Call:
    year = made.today.year - number % YEARS
    return Call(
        state="concluded",
        code=f"{year}-G{number:04d}",
        title=f"{year}年度{PROGRAMMES[number % 5]}申报指南（测算{number + 1}）",
        programme=PROGRAMMES[number % 5],
        published_at=_morning(year - 1, 9),
    )


def _some(made: Growth, numbers: Iterable[int]) -> None:
    proposals = _write([_proposal(made, number) for number in numbers])
    projects = _write([_project(made, row) for row in proposals])
    _write([_contract(row) for row in projects])
    _write([line for row in projects if row.state != "contract" for line in _ledger(made, row)])
    _write([one for row in projects if row.state != "contract" for one in _instalments(made, row)])


def _proposal(made: Growth, number: int) -> Proposal:
    call = made.calls[number % len(made.calls)]
    year = made.today.year - number % len(made.calls) % YEARS
    return Proposal(
        state="approved",
        call=call,
        number=f"{year}-G-{number:07d}",
        title=f"{made.chance.choice(SUBJECTS)}{made.chance.choice(DEEDS)}（{number + 1}）",
        applicant=made.chance.choice(made.people),
        organisation=made.chance.choice(made.hosts),
        requested=Decimal(made.chance.randrange(10, 301) * WAN),
        own=Decimal(made.chance.randrange(0, 3) * 50 * WAN),
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year + 2, 12, 31),
        submitted_at=_morning(year - 1, 11),
    )


def _project(made: Growth, row: Proposal) -> Project:
    assert row.starts_on is not None  # noqa: S101 - as written above
    assert row.ends_on is not None  # noqa: S101 - the same
    signed = row.starts_on.year < made.today.year or made.chance.random() < SIGNED
    return Project(
        state="active" if signed else "contract",
        proposal=row,
        number=f"G{row.number}",
        title=row.title,
        investigator=row.applicant,
        organisation=row.organisation,
        grant=row.requested,
        own=row.own,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _contract(project: Project) -> Contract:
    at = _morning(project.starts_on.year, 2)
    signed = project.state == "active"
    return Contract(
        project=project,
        state="signed" if signed else "signing",
        sign_by=at + dt.timedelta(days=30),
        signed_at=at if signed else None,
    )


def _ledger(made: Growth, project: Project) -> Iterable[LedgerLine]:
    """Eleven lines that add up to the grant."""
    share = (project.grant / LINES).quantize(Decimal(1))
    for place, category in enumerate(scheme_of(project).codes[:LINES]):
        amount = share if place else project.grant - share * (LINES - 1)
        yield LedgerLine(
            project=project, category=category, organisation=project.organisation, opening=amount, approved=amount
        )


def _instalments(made: Growth, project: Project) -> Iterable[Instalment]:
    """Two halves; the second waits, for one in five beyond its day."""
    half = (project.grant / 2).quantize(Decimal(1))
    paid_on = dt.date(project.starts_on.year, 3, 1)
    yield Instalment(
        project=project,
        number=1,
        state="arrived",
        amount=half,
        condition="signature",
        due_on=paid_on,
        paid_on=paid_on,
        voucher=project.number,
        arrived_on=paid_on,
    )
    due_on = dt.date(project.starts_on.year + 1, 6, 30)
    paid = due_on < made.today and made.chance.random() < PAID
    yield Instalment(
        project=project,
        number=2,
        state="paid" if paid else "planned",
        amount=project.grant - half,
        condition="date",
        due_on=due_on,
        paid_on=due_on if paid else None,
        voucher=project.number if paid else "",
    )


def _morning(year: int, month: int) -> dt.datetime:
    return dt.datetime(year, month, 1, 9, tzinfo=timezone.get_default_timezone())


def _write(rows: list[Any]) -> list[Any]:
    """The rows in bulk, in batches, with their keys."""
    written: list[Any] = []
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        written += type(batch[0])._default_manager.bulk_create(batch)
    return written
