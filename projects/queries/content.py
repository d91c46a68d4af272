"""All that a proposal contains, read at once: a fixed number of queries, whatever the form asks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from directory.enums import OrganisationKind
from projects.answers import PREFIX, is_empty, value_or_none
from projects.budget import Frame, Line, line_rows, read_lines
from projects.definitions.form import FieldKind, Form, FormField, Section
from projects.enums import BudgetMode
from projects.lump_sum import commitment
from projects.models import Call, CallDirection, Participant, Proposal, SectionAnswer
from projects.queries.kept_rules import budget_day
from projects.slips import Doubt, doubt_of, place_of
from workflows.digest import digest
from workflows.models import StoredFile

IN_ROWS = frozenset({FieldKind.TEAM, FieldKind.FILES})


@dataclass(frozen=True)
class Content:
    """A proposal with its form, answers, team, files and directions, in memory."""

    proposal: Proposal
    form: Form
    sections: dict[str, SectionAnswer]
    participants: list[Participant]
    files: dict[str, list[StoredFile]]
    directions: list[CallDirection]

    @property
    def call(self) -> Call:
        """The call of the proposal."""
        return self.proposal.call

    @property
    def direction(self) -> CallDirection | None:
        """The direction chosen, if any."""
        return next((one for one in self.directions if one.pk == self.proposal.direction_id), None)

    def answer(self, section: Section, field: FormField) -> Any:
        """What stands in the field as typed; None when the section was never saved."""
        stored = self.sections.get(section.id)
        return stored.data.get(field.id) if stored else None

    def version(self, section: Section) -> int:
        """How often the section was saved."""
        stored = self.sections.get(section.id)
        return stored.version if stored else 0

    def find(self, kind: FieldKind) -> tuple[Section, FormField] | None:
        """The section and field of a kind that occurs once (title, budget, team …), None when not asked."""
        for section in self.form.sections:
            for field in section.fields:
                if field.kind is kind:
                    return section, field
        return None

    def budget_answer(self) -> dict[str, dict[str, str]]:
        """The budget as typed."""
        place = self.find(FieldKind.BUDGET)
        return (self.answer(*place) if place else None) or {}

    def lines(self) -> list[Line]:
        """The lines of the budget that can be read."""
        return read_lines(self.budget_answer())[0]

    def list_of(self, kind: FieldKind) -> list[dict[str, str]]:
        """The filled rows of the list of a kind that is asked for once, as typed."""
        return [row for _at, row in self.placed_rows(kind)]

    def placed_rows(self, kind: FieldKind) -> list[tuple[int, dict[str, str]]]:
        """The same, each with its place among all rows, the empty ones too."""
        place = self.find(kind)
        rows = (self.answer(*place) if place else None) or []
        return [(at, row) for at, row in enumerate(rows) if not is_empty(row)]

    def doubt(
        self, field: FormField, amount: Decimal, most: Decimal | None, *, part: str = "", of: str = ""
    ) -> Doubt | None:
        """The question whether an amount of a field was typed in yuan; None where there is none or it is settled.

        amount, most -- in yuan, the most that is expected; part -- which input of the field,
        of -- what it is, wherever its row stands.
        """
        name = "-".join(one for one in (f"{PREFIX}{field.id}", part) if one)
        found = doubt_of(amount, most, name=name, place=place_of(field.id, of))
        return found if found and found.token not in self._settled(field) else None

    def _settled(self, field: FormField) -> list[str]:
        section = next(part for part in self.form.sections if any(one is field for one in part.fields))
        stored = self.sections.get(section.id)
        return stored.as_typed if stored else []

    def frame(self) -> Frame:
        """What the budget is measured against. The rules of the day on which the call opened count."""
        direction = self.direction
        enterprise = self.proposal.organisation.kind == OrganisationKind.ENTERPRISE
        return Frame(
            on=budget_day(self.call),
            lump_sum=self.call.budget_mode == BudgetMode.LUMP_SUM,
            most_amount=direction.most_amount if direction else None,
            own_ratio=direction.own_ratio if direction and enterprise else Decimal(0),
        )


def content(proposal: Proposal) -> Content:
    """Read everything: at most seven queries."""
    return Content(
        proposal=proposal,
        form=Form.model_validate(proposal.call.form),
        sections={one.section: one for one in SectionAnswer.objects.filter(proposal=proposal)},
        participants=list(proposal.participants.select_related("person__user", "organisation__parent")),
        files=_files(proposal),
        directions=list(proposal.call.directions.all()),
    )


def _files(proposal: Proposal) -> dict[str, list[StoredFile]]:
    found: dict[str, list[StoredFile]] = {}
    rows = StoredFile.objects.filter(subject_type=proposal._meta.label_lower, subject_id=proposal.pk)
    for one in rows.filter(removed_at__isnull=True):
        found.setdefault(one.purpose, []).append(one)
    return found


def frozen(found: Content) -> dict[str, Any]:
    """What a submitted version keeps: plain data, money in yuan as text, dates as ISO text, files by digest."""
    proposal = found.proposal
    return {
        "call": found.call.code,
        "form_sha256": digest(found.call.form),
        "title": proposal.title,
        "direction": found.direction.code if found.direction else "",
        "keywords": proposal.keywords,
        "starts_on": _text(proposal.starts_on),
        "ends_on": _text(proposal.ends_on),
        "applicant": str(proposal.applicant.uid),
        "organisation": str(proposal.organisation.uid),
        "organisation_name": proposal.organisation.name,
        "answers": {
            section.id: {
                field.id: plain(value_or_none(field, found.answer(section, field)))
                for field in section.fields
                if field.kind not in IN_ROWS and field.kind is not FieldKind.BUDGET
            }
            for section in found.form.sections
        },
        "budget": line_rows(found.lines()),
        **commitment(found.budget_answer(), found.frame()),
        "requested": str(proposal.requested),
        "own": str(proposal.own),
        "team": [_member(one) for one in found.participants],
        "files": [
            {"field": field, "uid": str(one.uid), "name": one.name, "sha256": one.sha256, "size": one.size}
            for field, files in sorted(found.files.items())
            for one in files
        ],
    }


def _member(one: Participant) -> dict[str, str]:
    return {
        "name": one.name,
        "person": str(one.person.uid) if one.person else "",
        "organisation": one.organisation_name,
        "role": one.role,
        "months_per_year": str(one.months_per_year),
        "task": one.task,
        "state": one.state,
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it: decimals and dates as text, lists and rows likewise."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
