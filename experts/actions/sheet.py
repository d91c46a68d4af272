"""Score sheets: saved as they are typed, submitted once, locked with the ranking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts import sheets
from experts.actions.divergence import consider
from experts.conditions import before_the_deadline, expert_has_no_conflict
from experts.enums import DONE_ASSIGNMENTS, WRITING_ASSIGNMENTS, AssignmentState, Recommendation
from experts.models import Assignment, ExpertProfile, ScoreSheet
from experts.queries.opinions import other_opinions
from experts.rules import is_the_expert
from workflows.actions import journal
from workflows.actions.perform import perform, state_refusals
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale
from workflows.machine import machine_of

LONGEST_OPINION = 5000


@dataclass(frozen=True)
class Answers:
    """What the expert typed: points as text by criterion, vetoes as true or false, recommendation, opinion."""

    scores: Mapping[str, str] = field(default_factory=dict)
    vetoes: Mapping[str, bool] = field(default_factory=dict)
    recommendation: str = ""
    opinion: str = ""


class StaleSheet(Stale):
    """The sheet was saved elsewhere since: `present` is what stands, `typed` what was not saved; show both."""

    def __init__(self, present: ScoreSheet, typed: Answers) -> None:
        super().__init__(
            Reason(
                "stale",
                _("This sheet was saved from another window since you opened it."),
                _("Compare both below; nothing of what you typed is lost."),
            )
        )
        self.present = present
        self.typed = typed


def save_score_sheet(*, assignment: Assignment, answers: Answers, expected_version: int, by: Actor) -> ScoreSheet:
    """Save what is there, however incomplete, and compute the total.

    Raises NotAllowed; StaleSheet when `expected_version` is not the present one; Refused after the deadline, after
    submitting or when a conflict keeps the expert away. The same answers again change nothing.
    """
    with unit():
        row = _lock(assignment, by=by)
        _writable(row)
        sheet = _sheet(row)
        clean = cleaned(schemes.read(row.round.scheme), answers)
        if answers_of(sheet) == clean and sheet.version:
            return sheet
        if sheet.version != expected_version:
            raise StaleSheet(sheet, clean)
        if row.state == AssignmentState.ACCEPTED:
            with perform(row, "begin", by=by):
                pass
        _write(sheet, row, clean)
        facts = {"version": sheet.version, "answers": answers_digest(sheet)}
        journal.append(action="experts.sheet.save", subject=sheet, by=by, data=facts)
    assignment.refresh_from_db()
    return sheet


def submit_score_sheet(
    *,
    assignment: Assignment,
    by: Actor,
    answers: Answers | None = None,
    expected_version: int | None = None,
    meant: Collection[str] = (),
) -> ScoreSheet:
    """Submit the sheet, saving `answers` first when given. Submitting again returns the sheet unchanged.

    meant -- what looks careless and is meant, by the codes of `experts.sheets.asked`; it is journaled.
    Raises Refused with everything that is missing, and with what is asked about and was not said to be meant
    (what was typed is saved by `save_score_sheet` before).
    """
    with unit():
        ExpertProfile.objects.select_for_update(of=("self",)).get(pk=assignment.expert_id)
        row = _lock(assignment, by=by)
        sheet = _sheet(row)
        if row.state in DONE_ASSIGNMENTS:
            return sheet
        if answers is not None:
            version = sheet.version if expected_version is None else expected_version
            sheet = save_score_sheet(assignment=row, answers=answers, expected_version=version, by=by)
        doubts = asked_about(row, sheet)
        facts = {"answers": answers_digest(sheet), "meant": sorted(one.code for one in doubts)}
        with perform(row, "submit", by=by, data=facts) as locked:
            locked.submitted_at = timezone.now()
        if open_doubts := [one for one in doubts if one.code not in meant]:
            raise Refused(*open_doubts)
        consider(assignment=row)
    assignment.refresh_from_db()
    return sheet


def asked_about(assignment: Assignment, sheet: ScoreSheet) -> list[Reason]:
    """What the expert is asked to look at once more before submitting: one query."""
    return sheets.asked(schemes.read(assignment.round.scheme), sheet, other_opinions(assignment))


def cleaned(scheme: schemes.Scheme, answers: Answers) -> Answers:
    """The answers to questions of the scheme only; texts as typed, cut at the longest opinion kept."""
    ids = {one.id for one in scheme.criteria}
    vetoes = {one.id for one in scheme.vetoes}
    advice = answers.recommendation if answers.recommendation in Recommendation.values else ""
    return Answers(
        {key: text.strip()[:12] for key, text in answers.scores.items() if key in ids and text.strip()},
        {key: value for key, value in answers.vetoes.items() if key in vetoes},
        advice if scheme.recommendation else "",
        answers.opinion.replace("\r\n", "\n")[:LONGEST_OPINION],
    )


def answers_of(sheet: ScoreSheet) -> Answers:
    """What a sheet holds, as answers."""
    return Answers(dict(sheet.scores), dict(sheet.vetoes), sheet.recommendation, sheet.opinion)


def answers_digest(sheet: ScoreSheet) -> str:
    """The digest over the answers and the questions they were given to."""
    facts: list[Any] = [sheet.scores, sheet.vetoes, sheet.recommendation, sheet.opinion, sheet.total, sheet.questions]
    return digest(facts)


def _lock(assignment: Assignment, *, by: Actor) -> Assignment:
    row: Assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("round", "dossier", "expert__person")
        .get(pk=assignment.pk)
    )
    if not is_the_expert(row, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    return row


def _writable(row: Assignment) -> None:
    if row.state not in WRITING_ASSIGNMENTS:
        raise Refused(*state_refusals(row, machine_of(row).transition("submit")))
    reasons = before_the_deadline(row) + expert_has_no_conflict(row)
    if reasons:
        raise Refused(*reasons)


def _sheet(row: Assignment) -> ScoreSheet:
    found: ScoreSheet | None = ScoreSheet.objects.filter(assignment=row).first()
    return found or ScoreSheet(assignment=row, questions=row.round.scheme)


def _write(sheet: ScoreSheet, row: Assignment, answers: Answers) -> None:
    sheet.scores, sheet.vetoes = dict(answers.scores), dict(answers.vetoes)
    sheet.recommendation, sheet.opinion = answers.recommendation, answers.opinion
    sheet.total = schemes.read(row.round.scheme).total(sheet.scores)
    sheet.version += 1
    sheet.saved_at = timezone.now()
    sheet.save()
