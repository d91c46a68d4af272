"""The problems of a proposal: one list for task list, section pages, submitting and the later checks.

A problem never keeps anything from being saved; a blocking one keeps the proposal from being submitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy

from projects.definitions.form import FieldKind
from projects.definitions.rules import Subject
from projects.enums import FindingLevel
from projects.queries import field_problems, row_problems
from projects.queries.content import Content, content
from projects.queries.eligibility import check_proposal
from projects.queries.name_problems import NameProblems
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Proposal

# Rules over money that the budget explains itself, by the code of its own reason; a row with a limit of its own that
# the budget does not know of is explained by the rule.
OF_BUDGET = {Subject.OWN_RATIO: "own_missing", Subject.MOST_AMOUNT: "above_most"}
OF_TEAM = frozenset({Subject.TEAM_SIZE, Subject.MEMBER_TOTAL})


@dataclass(frozen=True)
class Problem:
    """One problem: where it stands, what is wrong, what mends it, whether it blocks submitting.

    section -- its id, "" for what concerns the whole proposal; field -- its id, "" for the whole section.
    """

    section: str
    field: str
    reason: Reason
    blocking: bool = True

    @property
    def code(self) -> str:
        """The stable code of the reason."""
        return self.reason.code


def problems(proposal: Proposal, found: Content | None = None) -> list[Problem]:
    """All problems in the order of the form; `found` spares the queries when the content was read already."""
    found = found or content(proposal)
    own = list(_of_fields(found))
    return [*own, *_of_rules(found, {one.code for one in own})]


def by_section(found: list[Problem]) -> dict[str, list[Problem]]:
    """The same, by section id."""
    sections: dict[str, list[Problem]] = {}
    for one in found:
        sections.setdefault(one.section, []).append(one)
    return sections


def blocking_reasons(proposal: Proposal) -> list[Reason]:
    """One Reason per problem that blocks submitting; empty when the proposal is ready."""
    found = content(proposal)
    return [_named(found, one) for one in problems(proposal, found) if one.blocking]


def _named(found: Content, problem: Problem) -> Reason:
    """The reason with the names of section and field in front, so that it can stand alone."""
    if not problem.section:
        return problem.reason
    section = found.form.section(problem.section)
    labels = [section.title, *(field.label for field in section.fields if field.id == problem.field)]
    return Reason(
        problem.code,
        format_lazy("{place}: {text}", place=" › ".join(labels), text=problem.reason.text),
        problem.reason.mend,
    )


def _of_fields(found: Content) -> Iterator[Problem]:
    names = NameProblems(found)
    for section in found.form.sections:
        for field in section.fields:
            rows = field.kind in row_problems.CHECKS
            reasons = row_problems.reasons(found, field) if rows else field_problems.reasons(found, section, field)
            yield from (Problem(section.id, field.id, one, blocks) for one, blocks in reasons)
            yield from (Problem(section.id, field.id, one, blocks) for one, blocks in names.reasons(section, field))


def _of_rules(found: Content, said: set[str]) -> Iterator[Problem]:
    """The eligibility rules of the call that do not hold and that no reason in `said` explains already."""
    for result in check_proposal(found.proposal):
        subject = Subject(result.params["code"])
        if result.level == FindingLevel.FAILED and OF_BUDGET.get(subject) not in said:
            section, field = _place(found, subject)
            reason = Reason(f"rule_{result.check_code}", result.text, result.explanation)
            yield Problem(section, field, reason)


def _place(found: Content, subject: Subject) -> tuple[str, str]:
    kind = FieldKind.BUDGET if subject in OF_BUDGET else FieldKind.TEAM
    place = found.find(kind) if subject in OF_TEAM or subject in OF_BUDGET else None
    return (place[0].id, place[1].id) if place else ("", "")
