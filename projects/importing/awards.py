"""Rows of published lists of awards: two files with different columns, one shape."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from directory.enums import OrganisationKind, Title
from projects.importing.reading import (
    BrokenFileError,
    RefusedRowError,
    Row,
    Source,
    clean_title,
    parse_date,
    parse_term,
)
from workflows.digest import digest

NATURAL = ("项目批准号", "项目类别", "项目名称", "依托单位", "负责人", "金额", "起止年月", "总评")
SOCIAL = (
    "项目批准号",
    "项目类别",
    "学科分类",
    "项目名称",
    "立项时间",
    "项目负责人",
    "专业职务",
    "工作单位",
    "单位类别",
    "所在省区市",
    "所属系统",
    "结项时间",
)
YUAN_PER_WAN = 10_000
MOST_NAME, MOST_ORGANISATION, MOST_TITLE = 60, 120, 300
LONGEST_PLAIN_NAME = 4
ORGANISATION = re.compile(r"(社|大学|学院|研究院|研究所|中心|公司|委员会|局|厅|馆|部|党校|协会|学会|课题组)$")
KINDS: tuple[tuple[str, OrganisationKind], ...] = (
    (r"医院", OrganisationKind.HOSPITAL),
    (r"公司|集团|企业", OrganisationKind.ENTERPRISE),
    (r"研究院|研究所|科学院|研究中心", OrganisationKind.INSTITUTE),
    (r"大学|学院|学校", OrganisationKind.UNIVERSITY),
    (r"(局|厅|委|委员会|政府|部)$", OrganisationKind.GOVERNMENT),
    (r"协会|学会|联合会", OrganisationKind.SOCIAL),
)
TITLES: tuple[tuple[str, Title], ...] = (
    ("正高级", Title.SENIOR),
    ("副高级", Title.ASSOCIATE),
    ("副编审", Title.ASSOCIATE),
    ("高级", Title.SENIOR),
    ("中级", Title.INTERMEDIATE),
    ("初级", Title.JUNIOR),
)


@dataclass(frozen=True)
class AwardRow:
    """One award as read; amount in yuan, names empty where the list has none."""

    source: str
    number: str
    kind: str
    title: str
    discipline: str
    person: str
    level: Title
    organisation: str
    amount: Decimal | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    awarded_on: dt.date | None = None
    rating: str = ""

    @property
    def key(self) -> str:
        """What makes two rows the same award."""
        return digest([self.source, self.number, self.title, self.person, self.organisation])

    @property
    def person_key(self) -> str:
        """What makes two people the same: name and organisation (the lists know no better)."""
        return f"{self.person}|{self.organisation}"[:120] if self.person else ""


def reader_of(source: Source) -> Callable[[Row], AwardRow]:
    """How the rows of this file are read, told by its columns. Raises BrokenFileError for other columns."""
    readers = {frozenset(NATURAL): _natural, frozenset(SOCIAL): _social}
    reader = readers.get(frozenset(source.columns))
    if reader is None:
        raise BrokenFileError(f"columns {', '.join(source.columns)} are those of no known list of awards")
    return reader


def _natural(row: Row) -> AwardRow:
    starts_on, ends_on = parse_term(row["起止年月"])
    award = AwardRow(
        source="natural",
        number=row["项目批准号"],
        kind=row["项目类别"],
        title=clean_title(row["项目名称"])[0],
        discipline="",
        person=row["负责人"],
        level=Title.NONE,
        organisation=row["依托单位"],
        amount=_amount(row["金额"]),
        starts_on=starts_on,
        ends_on=ends_on,
        rating=row["总评"],
    )
    return _checked(award)


def _social(row: Row) -> AwardRow:
    person, organisation = row["项目负责人"], row["工作单位"]
    if is_organisation(person):
        person, organisation = "", organisation or person
    award = AwardRow(
        source="social",
        number=row["项目批准号"],
        kind=row["项目类别"],
        title=clean_title(row["项目名称"])[0],
        discipline=row["学科分类"],
        person=person,
        level=level_of(row["专业职务"]),
        organisation=organisation,
        awarded_on=parse_date(row["立项时间"]),
        ends_on=parse_date(row["结项时间"]),
    )
    return _checked(award)


def is_organisation(name: str) -> bool:
    """Whether the cell of the leader holds an organisation, as for translated books."""
    return len(name) > LONGEST_PLAIN_NAME and bool(ORGANISATION.search(name))


def level_of(text: str) -> Title:
    """The title level; the highest of several, which the lists name first."""
    return next((level for word, level in TITLES if word in text), Title.NONE)


def kind_of(name: str) -> OrganisationKind:
    """The kind of an organisation, guessed from its name; a public institution when nothing tells."""
    return next((kind for pattern, kind in KINDS if re.search(pattern, name)), OrganisationKind.PUBLIC_INSTITUTION)


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "")) * YUAN_PER_WAN
    except InvalidOperation:
        raise RefusedRowError(f"no amount: {text}") from None
    if not amount.is_finite() or amount < 0:
        raise RefusedRowError(f"no amount: {text}")
    return amount.quantize(Decimal("0.01"))


def _checked(award: AwardRow) -> AwardRow:
    if not award.title:
        raise RefusedRowError("no title")
    if not award.person and not award.organisation:
        raise RefusedRowError("neither person nor organisation")
    if len(award.title) > MOST_TITLE or len(award.person) > MOST_NAME or len(award.organisation) > MOST_ORGANISATION:
        raise RefusedRowError("a cell is too long")
    return award
