"""Saving the sections of a proposal: each on its own, with its own version; problems never block it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.answers import Unreadable, kept, value_or_none
from projects.budget import LABELS, Line, read_lines
from projects.definitions.form import FieldKind, Form, FormField, Section
from projects.enums import WRITABLE
from projects.models import BudgetLine, Presence, Proposal, SectionAnswer
from projects.queries.content import IN_ROWS
from projects.rules import may_write
from projects.slips import still_typed
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale

# One journal entry per person, section and sitting; autosaves in between leave none.
SITTING = dt.timedelta(minutes=30)
# Amounts at or above this are a problem in any budget; the columns of lines keep 0 instead.
ABSURD = Decimal(10) ** 10
ZERO = Decimal(0)


class SectionStale(Stale):
    """Somebody else saved the section meanwhile: `stored` is what they wrote, nothing of it was changed."""

    def __init__(self, stored: SectionAnswer) -> None:
        super().__init__(
            Reason(
                "stale",
                _("Somebody else saved this section since you opened it."),
                _("Compare the two texts and choose."),
            )
        )
        self.stored = stored


@dataclass(frozen=True)
class Opened:
    """The opened page that saves: `page` is random for each time it is opened, `turn` counts its saves.

    A page without script has turn 0 throughout, and no page at all is the empty one: neither ever follows itself.
    """

    page: str = ""
    turn: int = 0

    def follows(self, stored: SectionAnswer) -> bool:
        """Whether what is stored came from an earlier save of this very page."""
        return self.page != "" and self.page == stored.page and self.turn > stored.turn


@dataclass(frozen=True)
class Saved:
    """The stored section, and the answers that were too large to be stored, by field id."""

    answer: SectionAnswer
    left_out: dict[str, Reason] = field(default_factory=dict)


NO_PAGE = Opened()


def save_section(
    *,
    proposal: Proposal,
    section: str,
    data: Mapping[str, Any],
    expected_version: int,
    by: Any,
    opened: Opened = NO_PAGE,
) -> Saved:
    """Store the answers of `data` (by field id, as typed) in a section; fields not in `data` stay.

    Raises NotAllowed, Refused when the proposal cannot be written now, SectionStale when the stored version is
    not `expected_version`, its answers differ from these and it is not `opened`'s own (whose answer got lost on
    the way). What cannot be read is stored as it was typed.
    """
    with unit():
        locked = lock_for_writing(proposal, by)
        part = Form.model_validate(locked.call.form).section(section)
        answers, left_out = _kept(part, data)
        stored = _stored(locked, section)
        merged = {**stored.data, **answers}
        if merged != stored.data or stored.pk is None:
            if stored.version != expected_version and not opened.follows(stored):
                raise SectionStale(stored)
            _journal_sitting(stored, merged, by)
            stored.as_typed = still_typed(stored.as_typed, part, merged)
            _store(stored, merged, by, opened)
            _project(locked, part, merged)
    return Saved(stored, left_out)


def save_budget(*, proposal: Proposal, lines: Mapping[str, Mapping[str, str]], expected_version: int, by: Any) -> Saved:
    """Store the budget (amounts in 万元 as typed, by category). Raises as `save_section`."""
    form = Form.model_validate(proposal.call.form)
    section, money = next((part, one) for part in form.sections for one in part.fields if one.kind is FieldKind.BUDGET)
    return save_section(
        proposal=proposal, section=section.id, data={money.id: lines}, expected_version=expected_version, by=by
    )


def touch_presence(*, proposal: Proposal, section: str, by: Any) -> None:
    """Note that the person has this section open. Not journaled: it says nothing that lasts."""
    if not may_write(proposal, by):
        raise NotAllowed(Reason("not_allowed", _("You may not write in this proposal.")))
    Presence.objects.update_or_create(
        proposal=proposal, user=by, defaults={"section": section, "seen_at": timezone.now()}
    )


def lock_for_writing(proposal: Proposal, by: Any) -> Proposal:
    """The locked row of a proposal that `by` may write in now. Raises NotAllowed or Refused."""
    locked: Proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    if not may_write(locked, by):
        raise NotAllowed(Reason("not_allowed", _("You may not write in this proposal.")))
    if locked.state not in WRITABLE:
        raise Refused(
            Reason(
                "not_writable",
                _("The proposal is submitted and cannot be changed now."),
                _("Take it back first, as long as the deadline has not passed."),
            )
        )
    return locked


def _kept(part: Section, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Reason]]:
    answers, left_out = {}, {}
    for one in part.fields:
        if one.kind in IN_ROWS or one.id not in data:
            continue
        try:
            answers[one.id] = kept(one, data[one.id])
        except Unreadable as fault:
            left_out[one.id] = fault.reason
    return answers, left_out


def _stored(proposal: Proposal, section: str) -> SectionAnswer:
    found = SectionAnswer.objects.select_for_update(of=("self",)).select_related("saved_by__person")
    return found.filter(proposal=proposal, section=section).first() or SectionAnswer(proposal=proposal, section=section)


def _journal_sitting(stored: SectionAnswer, merged: dict[str, Any], by: Any) -> None:
    same = stored.pk is not None and stored.saved_by_id == by.pk and timezone.now() - stored.saved_at < SITTING
    if not same:
        journal.append(
            action="projects.proposal.write",
            subject=stored.proposal,
            by=by,
            data={"section": stored.section, "version": stored.version + 1, "sha256": digest(merged)},
        )


def _store(stored: SectionAnswer, merged: dict[str, Any], by: Any, opened: Opened) -> None:
    stored.data = merged
    stored.version += 1
    stored.saved_at = timezone.now()
    stored.saved_by = by
    stored.page, stored.turn = opened.page, opened.turn
    stored.save()


def _project(proposal: Proposal, part: Section, answers: dict[str, Any]) -> None:
    """Carry what the proposal itself keeps into its columns and budget lines."""
    changed: list[str] = []
    for one in part.fields:
        if one.id not in answers:
            continue
        if one.kind is FieldKind.BUDGET:
            changed += _project_budget(proposal, answers[one.id])
        elif one.kind in PROJECTED:
            changed += PROJECTED[one.kind](proposal, one, answers[one.id])
    if changed:
        proposal.save(update_fields=changed)


def _project_title(proposal: Proposal, _one: FormField, answer: Any) -> list[str]:
    proposal.title = " ".join((answer or "").split())[:120]
    return ["title"]


def _project_direction(proposal: Proposal, _one: FormField, answer: Any) -> list[str]:
    proposal.direction = proposal.call.directions.filter(code=answer or "").first()
    return ["direction"]


def _project_keywords(proposal: Proposal, one: FormField, answer: Any) -> list[str]:
    proposal.keywords = "；".join(value_or_none(one, answer) or [])[:200]
    return ["keywords"]


def _project_term(proposal: Proposal, one: FormField, answer: Any) -> list[str]:
    term = value_or_none(one, answer) or {}
    proposal.starts_on, proposal.ends_on = term.get("from"), term.get("until")
    return ["starts_on", "ends_on"]


PROJECTED = {
    FieldKind.TITLE: _project_title,
    FieldKind.DIRECTION: _project_direction,
    FieldKind.KEYWORDS: _project_keywords,
    FieldKind.TERM: _project_term,
}


def _project_budget(proposal: Proposal, answer: Mapping[str, Mapping[str, str]]) -> list[str]:
    lines, _faults = read_lines({code: typed for code, typed in answer.items() if code in LABELS})
    rows = [_row(proposal, line) for line in lines if line.money.total or line.basis]
    proposal.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(rows)
    proposal.requested = sum((row.fiscal for row in rows), ZERO)
    proposal.own = sum((row.own for row in rows), ZERO)
    return ["requested", "own"]


def _row(proposal: Proposal, line: Line) -> BudgetLine:
    fiscal, own = (amount if amount < ABSURD else ZERO for amount in (line.money.fiscal, line.money.own))
    return BudgetLine(proposal=proposal, category=line.category, fiscal=fiscal, own=own, basis=line.basis[:500])
