"""The boundary of a section: what the browser sent as answers, and fields as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from django.http import QueryDict

from projects import budget
from projects.answers import PREFIX, Unreadable, yuan
from projects.definitions.budget import Scheme, budget_rules
from projects.definitions.form import IN_COLUMNS, Column, FieldKind, FormField, Section
from projects.enums import ParticipantRole
from projects.lump_sum import COMMITMENT_TEXT, negative_list
from projects.models import CallDirection, Participant
from projects.queries.content import IN_ROWS, Content
from projects.queries.problems import Problem
from projects.shares import category_names
from projects.slips import Doubt
from workflows.errors import Reason
from workflows.models import StoredFile

BLANK_ROWS = 1


def typed(section: Section, post: QueryDict) -> dict[str, Any]:
    """The answers of a section as sent, by field id; what the applicant chose to leave to the other is left out."""
    found = {}
    for one in section.fields:
        if one.kind in IN_ROWS or post.get(f"pick-{one.id}") == "theirs":
            continue
        found[one.id] = READERS.get(one.kind, _text)(one, post)
    return found


def changed_rows(section: Section, data: dict[str, Any], command: str) -> dict[str, Any]:
    """The answers after "add:FIELD" or "remove:FIELD:ROW" was pressed on a table."""
    verb, _sep, rest = command.partition(":")
    name, _sep, number = rest.partition(":")
    tables = {one.id: one for one in section.fields if one.kind in IN_COLUMNS}
    if name not in tables or name not in data:
        return data
    rows = list(data[name])
    if verb == "add" and len(rows) < tables[name].most_rows:
        rows.append(dict.fromkeys((column.id for column in tables[name].columns), ""))
    elif verb == "remove" and number.isdigit() and int(number) < len(rows):
        del rows[int(number)]
    return {**data, name: rows}


def _text(one: FormField, post: QueryDict) -> str:
    return post.get(f"{PREFIX}{one.id}", "")


def _choices(one: FormField, post: QueryDict) -> list[str]:
    return [text for text in post.getlist(f"{PREFIX}{one.id}") if text]


def _term(one: FormField, post: QueryDict) -> dict[str, str]:
    return {name: post.get(f"{PREFIX}{one.id}-{name}", "") for name in ("from", "until")}


def _table(one: FormField, post: QueryDict) -> list[dict[str, str]]:
    pattern = re.compile(rf"{PREFIX}{re.escape(one.id)}-(\d{{1,3}})-")
    numbers = sorted({int(found.group(1)) for name in post if (found := pattern.match(name))})
    return [
        {column.id: post.get(f"{PREFIX}{one.id}-{number}-{column.id}", "") for column in one.columns}
        for number in numbers[: one.most_rows]
    ]


def _budget(one: FormField, post: QueryDict) -> dict[str, dict[str, str]]:
    known = (*budget_rules().codes, budget.LUMP_SUM, budget.COMMITMENT)
    lines = {
        code: {part: post.get(f"{PREFIX}{one.id}-{code}-{part}", "") for part in (*budget.SOURCES, "basis")}
        for code in known
    }
    return {code: line for code, line in lines.items() if any(text.strip() for text in line.values())}


READERS = {
    FieldKind.CHOICES: _choices,
    FieldKind.TERM: _term,
    **dict.fromkeys(IN_COLUMNS, _table),
    FieldKind.BUDGET: _budget,
}


@dataclass(frozen=True)
class Cell:
    """One cell of a table field."""

    name: str
    column: Column
    text: str


@dataclass(frozen=True)
class Row:
    """One row of a table field, with its place."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class BudgetCell:
    """One amount: its input's name, what was typed, whether it is asked about."""

    name: str
    source: str
    text: str
    asked: bool = False

    @property
    def bad(self) -> bool:
        """Whether it cannot be read or looks typed in yuan."""
        try:
            if self.text.strip():
                yuan(self.text)
        except Unreadable:
            return True
        return self.asked


@dataclass(frozen=True)
class BudgetLine:
    """One category of the grid."""

    code: str
    label: Any
    cells: list[BudgetCell]
    basis_name: str
    basis: str


@dataclass(frozen=True)
class BudgetGroup:
    """A group of the grid with its sums in yuan."""

    code: str
    label: Any
    lines: list[BudgetLine]
    sum: budget.Money


@dataclass(frozen=True)
class Shown:
    """One field as the page shows it: `template` by its kind, the answer as typed, its problems."""

    field: FormField
    answer: Any
    problems: list[Problem] = attribute(default_factory=list)
    left_out: Reason | None = None
    found: Content | None = None

    @property
    def name(self) -> str:
        """The name and id of its input."""
        return f"{PREFIX}{self.field.id}"

    @property
    def template(self) -> str:
        """The template of its kind."""
        return f"projects/writing/kinds/{TEMPLATES.get(self.field.kind, 'line')}.html"

    @property
    def length(self) -> int:
        """How many characters were typed."""
        return len(self.answer) if isinstance(self.answer, str) else 0

    @property
    def rows(self) -> list[Row]:
        """The rows of a table; one blank row when there is none."""
        stored = self.answer or [{}] * max(BLANK_ROWS, min(self.field.least_rows, 3))
        return [Row(number, list(self._cells(number, row))) for number, row in enumerate(stored)]

    def _cells(self, number: int, row: dict[str, str]) -> Iterator[Cell]:
        for column in self.field.columns:
            yield Cell(f"{self.name}-{number}-{column.id}", column, row.get(column.id, ""))

    @property
    def directions(self) -> list[CallDirection]:
        """The directions of the call."""
        return self.found.directions if self.found else []

    @property
    def members(self) -> list[Participant]:
        """The team."""
        return self.found.participants if self.found else []

    @property
    def files(self) -> list[StoredFile]:
        """The files of this field."""
        return self.found.files.get(self.field.id, []) if self.found else []

    @property
    def accept(self) -> str:
        """The kinds of files, as an input wants them."""
        return ",".join(f".{extension}" for extension in self.field.extensions)

    @property
    def lump_sum(self) -> bool:
        """Whether the budget is a lump sum."""
        return bool(self.found and self.found.frame().lump_sum)

    @property
    def lump_line(self) -> BudgetLine:
        """The one line of a lump sum."""
        return self._line(budget.LUMP_SUM)

    @property
    def committed(self) -> bool:
        """Whether the commitment of the lump sum is ticked."""
        return bool((self.answer or {}).get(budget.COMMITMENT, {}).get("basis") == "yes")

    @property
    def _scheme(self) -> Scheme:
        assert self.found is not None  # noqa: S101 - a budget is only shown with the content
        return self.found.frame().scheme

    @property
    def categories(self) -> list[str]:
        """The names of the categories, offered where one is typed."""
        return category_names(self._scheme)

    @property
    def commitment(self) -> str:
        """What the tick of a lump sum says."""
        return str(COMMITMENT_TEXT)

    @property
    def negative_list(self) -> dict[str, Any]:
        """What a lump sum may not be spent on: document and items."""
        assert self.found is not None  # noqa: S101 - the field is only shown with the content
        return negative_list(self.found.frame().on)

    @property
    def grid(self) -> list[BudgetGroup]:
        """The grid of an itemised budget."""
        found = self.sums
        return [
            BudgetGroup(code, budget.LABELS[code], [self._line(row.code) for row in rows], found[code])
            for code, rows in self._scheme.groups.items()
        ]

    @property
    def sums(self) -> dict[str, budget.Money]:
        """The sums of the lines that can be read."""
        return budget.sums(budget.read_lines(self.answer)[0], self._scheme)

    @property
    def ceiling(self) -> budget.Money | None:
        """The ceiling of the indirect costs, None for a lump sum."""
        if self.found is None or self.lump_sum:
            return None
        return budget.ceilings(self.sums, self.found.frame())

    @property
    def ceiling_document(self) -> str:
        """The document the ceiling follows."""
        assert self.found is not None  # noqa: S101 - the grid is only shown with the content
        return budget_rules().ceiling_on(self.found.frame().on).document

    def _line(self, code: str) -> BudgetLine:
        line = (self.answer or {}).get(code, {})
        asked = {one.reason.name for one in self.problems if isinstance(one.reason, Doubt)}
        names = {part: f"{self.name}-{code}-{part}" for part in budget.SOURCES}
        cells = [BudgetCell(name, part, line.get(part, ""), name in asked) for part, name in names.items()]
        return BudgetLine(code, budget.LABELS[code], cells, f"{self.name}-{code}-basis", line.get("basis", ""))


TEMPLATES = {
    FieldKind.LONG_TEXT: "text",
    FieldKind.DATE: "date",
    FieldKind.YES_NO: "yes_no",
    FieldKind.CHOICE: "choice",
    FieldKind.CHOICES: "choices",
    **dict.fromkeys(IN_COLUMNS, "table"),
    FieldKind.TERM: "term",
    FieldKind.DIRECTION: "direction",
    FieldKind.TEAM: "team",
    FieldKind.FILES: "files",
    FieldKind.BUDGET: "budget",
    FieldKind.MONEY: "number",
    FieldKind.INTEGER: "number",
    FieldKind.DECIMAL: "number",
}
MEMBER_ROLES = [choice for choice in ParticipantRole.choices if choice[0] != ParticipantRole.INVESTIGATOR]


def shown_fields(
    found: Content,
    section: Section,
    problems: list[Problem],
    *,
    typed_answers: dict[str, Any] | None = None,
    left_out: dict[str, Reason] | None = None,
) -> list[Shown]:
    """The fields of a section; `typed_answers` (what was just sent) stand before what is stored."""
    answers = typed_answers or {}
    return [
        Shown(
            field=one,
            answer=answers.get(one.id, found.answer(section, one)),
            problems=[problem for problem in problems if (problem.section, problem.field) == (section.id, one.id)],
            left_out=(left_out or {}).get(one.id),
            found=found,
        )
        for one in section.fields
    ]
