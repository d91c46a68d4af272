"""The form of a call: sections of typed fields. Frozen when the call is published."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator


class FieldKind(StrEnum):
    """What a field asks for. The kinds of the second group are kept in columns and rows of the proposal itself."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    TABLE = "table"
    FILES = "files"
    AVOID = "avoid"
    EQUIPMENT = "equipment"
    YEARS = "years"
    SHARES = "shares"
    # kept in the proposal
    TITLE = "title"
    DIRECTION = "direction"
    KEYWORDS = "keywords"
    TERM = "term"
    TEAM = "team"
    BUDGET = "budget"


OF_PROPOSAL = frozenset(
    {
        FieldKind.TITLE,
        FieldKind.DIRECTION,
        FieldKind.KEYWORDS,
        FieldKind.TERM,
        FieldKind.TEAM,
        FieldKind.BUDGET,
    }
)
# Kinds of rows and columns, and kinds that a form asks for at most once.
BUDGET_LISTS = frozenset({FieldKind.EQUIPMENT, FieldKind.YEARS, FieldKind.SHARES})
IN_COLUMNS = frozenset({FieldKind.TABLE, FieldKind.AVOID}) | BUDGET_LISTS
ONCE = OF_PROPOSAL | {FieldKind.AVOID} | BUDGET_LISTS
KIND_LABELS = {
    FieldKind.TEXT: _("short text"),
    FieldKind.LONG_TEXT: _("long text"),
    FieldKind.INTEGER: _("whole number"),
    FieldKind.DECIMAL: _("number"),
    FieldKind.MONEY: _("money"),
    FieldKind.DATE: _("date"),
    FieldKind.YES_NO: _("yes or no"),
    FieldKind.CHOICE: _("one choice"),
    FieldKind.CHOICES: _("several choices"),
    FieldKind.TABLE: _("table"),
    FieldKind.FILES: _("files"),
    FieldKind.AVOID: _("experts to avoid"),
    FieldKind.EQUIPMENT: _("list of equipment"),
    FieldKind.YEARS: _("budget by year"),
    FieldKind.SHARES: _("budget by sub-project and organisation"),
    FieldKind.TITLE: _("title of the proposal"),
    FieldKind.DIRECTION: _("direction"),
    FieldKind.KEYWORDS: _("keywords"),
    FieldKind.TERM: _("term"),
    FieldKind.TEAM: _("team"),
    FieldKind.BUDGET: _("budget"),
}
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Part(BaseModel):
    """Common: nothing unknown is accepted, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Part):
    """One column of a table field: plain values only."""

    id: Identifier
    label: str = Field(min_length=1, max_length=40)
    kind: FieldKind = FieldKind.TEXT
    required: bool = False

    @model_validator(mode="after")
    def _plain(self) -> Column:
        plain = {FieldKind.TEXT, FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY, FieldKind.DATE}
        if self.kind not in plain:
            raise ValueError(f"a column cannot be of kind {self.kind}")
        return self


# Whom an applicant asks to keep away (回避专家): content of the form like every label, written in Chinese.
AVOID_COLUMNS = (
    Column(id="person", label="专家姓名"),
    Column(id="organisation", label="工作单位"),
    Column(id="reason", label="回避理由", required=True),
)
MOST_AVOIDED = 3
# What is bought (设备购置清单): the price of one piece in 万元 as everywhere in a form.
EQUIPMENT_COLUMNS = (
    Column(id="name", label="设备名称", required=True),
    Column(id="model", label="型号规格", required=True),
    Column(id="price", label="单价（万元）", kind=FieldKind.MONEY, required=True),
    Column(id="quantity", label="数量", kind=FieldKind.INTEGER, required=True),
    Column(id="use", label="用途", required=True),
    Column(id="sharing", label="共享安排", required=True),
)
MONEY_COLUMNS = (
    Column(id="fiscal", label="财政资金（万元）", kind=FieldKind.MONEY),
    Column(id="own", label="自筹资金（万元）", kind=FieldKind.MONEY),
)
YEAR_COLUMNS = (Column(id="year", label="年度", kind=FieldKind.INTEGER, required=True), *MONEY_COLUMNS)
SHARE_COLUMNS = (
    Column(id="topic", label="课题"),
    Column(id="organisation", label="参与单位", required=True),
    Column(id="category", label="科目", required=True),
    *MONEY_COLUMNS,
)
FIXED: dict[FieldKind, dict[str, Any]] = {
    FieldKind.AVOID: {"columns": AVOID_COLUMNS, "blind": True},
    FieldKind.EQUIPMENT: {"columns": EQUIPMENT_COLUMNS, "least_rows": 0},
    FieldKind.YEARS: {"columns": YEAR_COLUMNS, "least_rows": 0},
    FieldKind.SHARES: {"columns": SHARE_COLUMNS, "least_rows": 0, "most_rows": 200, "blind": True},
}


class FormField(Part):
    """One question. `most_length` and `least_length` count characters; `blind` is cut from an anonymous dossier.

    Experts to avoid are rows of fixed columns that no dossier shows; `most_rows` is how many a call allows. So are the
    lists that go with a budget; of the equipment the rules of budgets say when it is listed.
    """

    id: Identifier
    kind: FieldKind
    label: str = Field(min_length=1, max_length=80)
    hint: str = Field(default="", max_length=300)
    required: bool = True
    least_length: int = Field(default=0, ge=0)
    most_length: int = Field(default=2000, ge=1, le=20000)
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    least_rows: int = Field(default=0, ge=0)
    most_rows: int = Field(default=30, ge=1, le=200)
    extensions: tuple[str, ...] = ("pdf",)
    most_files: int = Field(default=1, ge=1, le=30)
    blind: bool = False

    @model_validator(mode="before")
    @classmethod
    def _fixed_columns(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("kind") not in FIXED:
            return data
        most = {"most_rows": MOST_AVOIDED} if data["kind"] == FieldKind.AVOID else {}
        return {**most, **data, **FIXED[FieldKind(data["kind"])]}

    @model_validator(mode="after")
    def _fits_kind(self) -> FormField:
        if self.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and len(self.choices) < 2:  # noqa: PLR2004 - a choice
            raise ValueError(f"{self.id}: give at least two choices")
        if self.kind is FieldKind.TABLE and not self.columns:
            raise ValueError(f"{self.id}: a table needs columns")
        if self.least_length > self.most_length:
            raise ValueError(f"{self.id}: the shortest length is above the longest")
        return self

    @property
    def kind_label(self) -> str:
        """What the field asks for, in words."""
        return str(KIND_LABELS[self.kind])


class Section(Part):
    """One section: what is saved together and has its own state in the applicant's task list."""

    id: Identifier
    title: str = Field(min_length=1, max_length=40)
    hint: str = Field(default="", max_length=500)
    fields: tuple[FormField, ...] = ()


class Form(Part):
    """The whole form. Identifiers are unique; each kind that the proposal itself keeps occurs at most once."""

    sections: tuple[Section, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Form:
        ids = [section.id for section in self.sections] + [field.id for field in self.all_fields()]
        doubles = {one for one in ids if ids.count(one) > 1}
        if doubles:
            raise ValueError(f"used twice: {', '.join(sorted(doubles))}")
        kinds = [field.kind for field in self.all_fields() if field.kind in ONCE]
        twice = {kind for kind in kinds if kinds.count(kind) > 1}
        if twice:
            raise ValueError(f"asked twice: {', '.join(sorted(twice))}")
        return self

    def all_fields(self) -> list[FormField]:
        """Every field in order."""
        return [field for section in self.sections for field in section.fields]

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises KeyError when there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
