"""Two submitted versions of a proposal, answer by answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from projects.budget import LABELS, in_wan
from projects.definitions.form import Form, FormField
from projects.models import ProposalVersion
from projects.queries.content_pages import Answer, answer_of


@dataclass(frozen=True)
class Pair:
    """One answer in both versions, as text."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether they differ."""
        return self.old != self.new


@dataclass(frozen=True)
class Compared:
    """One section of the comparison."""

    title: str
    pairs: list[Pair]

    @property
    def changes(self) -> int:
        """How many answers differ."""
        return sum(pair.changed for pair in self.pairs)


def compare(old: ProposalVersion, new: ProposalVersion) -> list[Compared]:
    """The sections of the form with each answer in both versions, then budget, team and files."""
    form = Form.model_validate(new.proposal.call.form)
    found = [
        Compared(section.title, [_pair(old, new, section.id, field) for field in section.fields])
        for section in form.sections
    ]
    return [
        *(Compared(one.title, [pair for pair in one.pairs if pair.old or pair.new]) for one in found),
        Compared(_("Budget, team and files"), [_rows(old, new, *row) for row in ROWS]),
    ]


def _pair(old: ProposalVersion, new: ProposalVersion, section: str, field: FormField) -> Pair:
    texts = (_text(answer_of(field, one.content["answers"].get(section, {}))) for one in (old, new))
    return Pair(field.label, *texts)


def _text(answer: Answer) -> str:
    rows = ("  ".join(cell for cell in row if cell) for row in answer.rows)
    return "\n".join(rows) if answer.heads else answer.text


def _rows(old: ProposalVersion, new: ProposalVersion, key: str, label: Any, line: Any) -> Pair:
    texts = ("\n".join(line(row) for row in one.content.get(key, [])) for one in (old, new))
    return Pair(str(label()), *texts)


def _budget_line(row: dict[str, str]) -> str:
    name = LABELS.get(row["category"], row["category"])
    return f"{name}: {in_wan(Decimal(row['fiscal']))} + {in_wan(Decimal(row['own']))} {row['basis']}".strip()


def _member(row: dict[str, str]) -> str:
    return f"{row['name']} {row['organisation']} {row['months_per_year']} {row['task']}".strip()


def _file(row: dict[str, Any]) -> str:
    return f"{row['name']} {row['sha256'][:12]}"


ROWS = (
    ("budget", lambda: _("Budget"), _budget_line),
    ("team", lambda: _("Team"), _member),
    ("files", lambda: _("Files"), _file),
)
