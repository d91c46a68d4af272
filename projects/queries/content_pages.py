"""The content of a proposal as it was submitted, section by section, for reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from projects.budget import in_wan
from projects.definitions.form import IN_COLUMNS, Column, FieldKind, Form, FormField
from projects.models import Proposal
from projects.queries import content
from workflows.enums import FileState
from workflows.models import StoredFile

IN_PARTS = frozenset({FieldKind.TEAM, FieldKind.BUDGET, FieldKind.FILES})
FILE_TONES = {FileState.WAITING: "go", FileState.CLEAN: "ok", FileState.REFUSED: "no"}


@dataclass(frozen=True)
class Answer:
    """One question with its answer: lines of text, or a table."""

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SectionPage:
    """One section of the form."""

    id: str
    title: str
    answers: list[Answer]


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget, in yuan."""

    category: str
    fiscal: Decimal
    own: Decimal
    basis: str = ""


@dataclass(frozen=True)
class FilePage:
    """One file as it was frozen, and where its bytes stand at the gate now (nothing when they are unknown)."""

    uid: str
    name: str
    field: str
    sha256: str
    size: int
    state: str = ""

    @property
    def readable(self) -> bool:
        """Whether the bytes can be had."""
        return self.state == FileState.CLEAN

    @property
    def state_label(self) -> str:
        """The name of the state."""
        return str(FileState(self.state).label)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return FILE_TONES[FileState(self.state)]


@dataclass(frozen=True)
class Pages:
    """All that was submitted, as it is shown."""

    sections: list[SectionPage] = field(default_factory=list)
    budget: list[BudgetRow] = field(default_factory=list)
    commitment: dict[str, Any] = field(default_factory=dict)
    team: list[dict[str, str]] = field(default_factory=list)
    files: list[FilePage] = field(default_factory=list)


def pages(proposal: Proposal) -> Pages:
    """The present frozen version of `proposal` by the form of its call; what is written so far without one."""
    version = proposal.current_version
    frozen: dict[str, Any] = version.content if version else content.frozen(content.content(proposal))
    form = Form.model_validate(proposal.call.form)
    answers = frozen.get("answers", {})
    return Pages(
        sections=[
            SectionPage(
                one.id, one.title, [answer_of(each, answers.get(one.id, {})) for each in one.fields if _read(each)]
            )
            for one in form.sections
            if any(_read(each) for each in one.fields)
        ],
        budget=budget_of(frozen),
        commitment=frozen.get("commitment", {}),
        team=frozen.get("team", []),
        files=_files(form, frozen.get("files", [])),
    )


def _files(form: Form, kept: list[dict[str, Any]]) -> list[FilePage]:
    labels = {one.id: one.label for section in form.sections for one in section.fields}
    uids = [one["uid"] for one in kept if one.get("uid")]
    states = {f"{uid}": state for uid, state in StoredFile.objects.filter(uid__in=uids).values_list("uid", "state")}
    return [_file(one, labels, states) for one in kept]


def _file(one: dict[str, Any], labels: dict[str, str], states: dict[str, str]) -> FilePage:
    field_id, uid = one.get("field", ""), one.get("uid", "")
    return FilePage(
        uid=uid,
        name=one.get("name", ""),
        field=labels.get(field_id, field_id),
        sha256=one.get("sha256", ""),
        size=one.get("size", 0),
        state=states.get(uid, ""),
    )


def _read(one: FormField) -> bool:
    return one.kind not in IN_PARTS


def answer_of(one: FormField, answers: dict[str, Any]) -> Answer:
    """What the frozen `answers` of a section say to the field `one`."""
    value = answers.get(one.id)
    if one.kind in IN_COLUMNS:
        rows = value if isinstance(value, list) else []
        return Answer(
            one.label,
            heads=tuple(column.label for column in one.columns),
            rows=tuple(tuple(_shown(column, row.get(column.id)) for column in one.columns) for row in rows),
        )
    return Answer(one.label, _shown(one, value))


def _shown(one: FormField | Column, value: Any) -> str:
    """A frozen value in words; money is frozen in yuan and shown in 万元."""
    return in_wan(_money(value)) if one.kind is FieldKind.MONEY and value else _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return " – ".join(_plain(part) for part in value.values() if part)
    if isinstance(value, (list, tuple)):
        return "；".join(_plain(part) for part in value)
    return str(value)


def budget_of(frozen: dict[str, Any]) -> list[BudgetRow]:
    """The lines of a frozen budget."""
    return [_line(one) for one in frozen.get("budget", [])]


def _line(one: dict[str, Any]) -> BudgetRow:
    return BudgetRow(one.get("category", ""), _money(one.get("fiscal")), _money(one.get("own")), one.get("basis", ""))


def _money(text: Any) -> Decimal:
    try:
        return Decimal(str(text or 0))
    except InvalidOperation:
        return Decimal(0)
