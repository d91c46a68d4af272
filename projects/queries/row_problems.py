"""Problems of what is kept in rows of its own: team, files, budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from projects.budget import COMMITMENT, LABELS, Line, read_lines, violations
from projects.definitions.form import FieldKind, FormField
from projects.enums import ParticipantRole, ParticipantState
from projects.models import Participant
from projects.queries.budget_lists import equipment, shares, years
from projects.queries.content import Content
from projects.queries.field_problems import Found, missing
from workflows.enums import FileState
from workflows.errors import Reason

MONTHS_OF_A_YEAR = Decimal(12)


def reasons(found: Content, field: FormField) -> Found:
    """The problems of a team, files or budget field as (reason, blocks)."""
    return CHECKS[field.kind](found, field)


def _team(found: Content, field: FormField) -> Found:
    people = found.participants
    out: Found = []
    if not max(field.least_rows, 1) <= len(people) <= field.most_rows:
        bounds = {"count": len(people), "least": max(field.least_rows, 1), "most": field.most_rows}
        text = _("%(count)d people; the call asks for %(least)d to %(most)d.") % bounds
        out.append((Reason("team_size", text, _("Add or remove people.")), True))
    if not any(one.role == ParticipantRole.INVESTIGATOR for one in people):
        out.append((Reason("no_investigator", _("The team has no principal investigator."), ""), True))
    return out + [problem for one in people for problem in _member(one)]


def _member(one: Participant) -> Found:
    name = {"name": one.name}
    if one.state == ParticipantState.DECLINED:
        return [
            (Reason("declined", _("%(name)s has declined.") % name, _("Remove them or invite somebody else.")), True)
        ]
    out: Found = []
    if not 0 < one.months_per_year <= MONTHS_OF_A_YEAR:
        text = _("%(name)s: the share must be more than 0 and at most 12 months per year.") % name
        out.append((Reason("months", text, _("Correct the months.")), True))
    if one.state == ParticipantState.INVITED:
        text = _("%(name)s has not answered the invitation yet.") % name
        needed = one.role == ParticipantRole.KEY_MEMBER
        out.append((Reason("unanswered", text, _("Remind them, or remove them.")), needed))
    return out


def _files(found: Content, field: FormField) -> Found:
    files = found.files.get(field.id, [])
    if not files:
        return [(missing(field), True)] if field.required else []
    out: Found = []
    if len(files) > field.most_files:
        text = _("%(count)d files, at most %(most)d are asked for.") % {"count": len(files), "most": field.most_files}
        out.append((Reason("file_count", text, _("Remove some.")), True))
    refused = [one for one in files if one.state == FileState.REFUSED]
    for one in refused:
        out.append((Reason("file_refused", _("“%(name)s” was refused.") % {"name": one.name}, one.refusal), True))
    return out


def _budget(found: Content, field: FormField) -> Found:
    answer, frame = found.budget_answer(), found.frame()
    lines, faults = read_lines(answer)
    out: Found = [(_placed(code, reason), True) for code, _source, reason in faults]
    out += _doubts(found, field, lines, "fiscal", frame.most_amount)
    if frame.lump_sum and answer.get(COMMITMENT, {}).get("basis") != "yes":
        text = _("The commitment to the lump sum is missing.")
        out.append((Reason("no_commitment", text, _("Read it and tick the box.")), True))
    out += _doubts(found, field, lines, "own", _most_own(frame.most_amount))
    return out + [(one, True) for one in violations(lines, frame)]


def _most_own(most: Decimal | None) -> Decimal | None:
    """Own money may be several times the grant: ten times is taken for the most."""
    return None if most is None else most * 10


def _doubts(found: Content, field: FormField, lines: list[Line], source: str, most: Decimal | None) -> Found:
    def asked(one: Line) -> Reason | None:
        part, of = f"{one.category}-{source}", f"{one.category}.{source}"
        return found.doubt(field, one.money.of(source), most, part=part, of=of)

    return [(_placed(one.category, doubt), True) for one in lines if (doubt := asked(one))]


def _placed(category: str, reason: Reason) -> Reason:
    text = _("%(category)s: %(text)s") % {"category": LABELS.get(category, category), "text": reason.text}
    return replace(reason, text=text)


CHECKS: dict[FieldKind, Callable[[Content, FormField], Found]] = {
    FieldKind.TEAM: _team,
    FieldKind.FILES: _files,
    FieldKind.BUDGET: _budget,
    FieldKind.EQUIPMENT: equipment,
    FieldKind.YEARS: years,
    FieldKind.SHARES: shares,
}
