"""What experts of one dossier do together while a phase allows it: remarks, and changing the own score."""

from __future__ import annotations

from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts.actions.sheet import Answers, StaleSheet, answers_digest, answers_of, cleaned
from experts.conditions import expert_has_no_conflict, round_is_running
from experts.enums import Switch
from experts.models import Assignment, EarlierSheet, Remark, ScoreSheet
from experts.queries.phases import open_to
from experts.rules import is_the_expert
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused

LONGEST_REMARK = 2000


def say(*, assignment: Assignment, text: str, by: Actor) -> Remark:
    """Say something to the other experts of the dossier.

    Raises NotAllowed; Refused when the phase has no discussion, a conflict stands, or there is nothing said.
    """
    with unit():
        row = Assignment.objects.select_for_update(of=("self",)).select_related("round").get(pk=assignment.pk)
        if not is_the_expert(row, by):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        reasons = _closed(row, Switch.DISCUSSION) + expert_has_no_conflict(row)
        said = text.replace("\r\n", "\n").strip()
        if not said or len(said) > LONGEST_REMARK:
            mend = _("Write 1 to %(most)d characters.") % {"most": LONGEST_REMARK}
            reasons.append(Reason("remark_length", _("This remark cannot be kept."), mend))
        if reasons:
            raise Refused(*reasons)
        remark: Remark = Remark.objects.create(assignment=row, text=said)
        facts = {"assignment": row.pk, "text": digest(said)}
        journal.append(action="experts.remark.say", subject=remark, by=by, data=facts)
    return remark


def change_score_sheet(*, assignment: Assignment, answers: Answers, expected_version: int, by: Actor) -> ScoreSheet:
    """Change a submitted sheet in a phase that allows it; what it said before is kept.

    Raises NotAllowed; StaleSheet; Refused with everything that is missing, or when the phase does not allow it.
    """
    with unit(), perform(assignment, "change", by=by) as row:
        sheet = ScoreSheet.objects.get(assignment=row)
        scheme = schemes.read(sheet.questions)
        clean = cleaned(scheme, answers)
        if sheet.version != expected_version:
            raise StaleSheet(sheet, clean)
        before = answers_of(sheet)
        kept = {"scores": before.scores, "vetoes": before.vetoes, "opinion": before.opinion}
        EarlierSheet.objects.create(
            assignment=row, version=sheet.version, answers={**kept, "recommendation": before.recommendation}
        )
        sheet.scores, sheet.vetoes = dict(clean.scores), dict(clean.vetoes)
        sheet.recommendation, sheet.opinion = clean.recommendation, clean.opinion
        sheet.total = scheme.total(sheet.scores)
        sheet.version += 1
        sheet.save()
        facts = {"version": sheet.version, "answers": answers_digest(sheet)}
        journal.append(action="experts.sheet.change", subject=sheet, by=by, data=facts)
    return sheet


def _closed(row: Assignment, what: Switch) -> list[Reason]:
    stopped = round_is_running(row)
    if stopped is not None:
        return [stopped]
    if open_to(row, what):
        return []
    return [Reason("not_yet", _("This phase of the round does not allow it: %(what)s.") % {"what": what.label})]
