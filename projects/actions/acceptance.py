"""Acceptance (验收): set as a project begins, filed, confirmed, checked, heard by experts, decided by two people."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from directory.queries.calendar import end_of_working_day
from projects import conditions as when
from projects import rules as who
from projects.actions.acceptance_clock import start, stop
from projects.actions.change_ending import end_project
from projects.budget import ZERO
from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceOutcome, AcceptanceState
from projects.models import Acceptance, Project
from projects.notices_of_acceptance import tell_decided, tell_rectification, tell_returned
from projects.queries.acceptance import due_at, end_of, frozen, later, surplus_of
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale

ENDS = {
    AcceptanceOutcome.PASSED: "pass_acceptance",
    AcceptanceOutcome.CONCLUDED: "conclude",
    AcceptanceOutcome.FAILED: "fail_acceptance",
}


@dataclass(frozen=True)
class Filing:
    """What people write: texts, and for each target {"name", "value", "attainment", "evidence"}."""

    summary: str
    benefit: str
    targets: list[dict[str, str]]


@dataclass(frozen=True)
class Opinion:
    """What the organiser enters of the experts' meeting; `experts` a line each, `finance`: the money is in order."""

    heard_on: dt.date
    experts: str
    task: str
    finance: bool
    suggested: str
    opinion: str


def set_acceptance(*, project: Project) -> Acceptance:
    """The acceptance that a project owes, with its clock. A second call changes nothing."""
    known: Acceptance | None = Acceptance.objects.filter(project=project).first()
    if known is not None:
        return known
    with unit():
        made: Acceptance = Acceptance.objects.create(project=project, due_at=due_at(project))
        start(made, made.due_at)
        data = {"due": made.due_at.isoformat()}
        journal.append(action="projects.acceptance.set", subject=made, by=SYSTEM, data=data)
    return made


def move_acceptance(*, project: Project) -> None:
    """Let the day follow a term that was changed; what is filed already stays."""
    with unit():
        row = Acceptance.objects.select_for_update(of=("self",)).filter(project=project).first()
        if row is None or not row.is_open or row.rectified:
            return
        row.due_at = due_at(project)
        row.version += 1
        row.save()
        start(row, row.due_at)
        data = {"due": row.due_at.isoformat()}
        journal.append(action="projects.acceptance.move", subject=row, by=SYSTEM, data=data)


def save_acceptance(*, acceptance: Acceptance, filing: Filing, expected_version: int, by: User) -> Acceptance:
    """Keep what was written so far. NotAllowed for others than the investigator; Refused once it is filed.

    Stale where it was saved in another place since it was opened.
    """
    if not who.is_investigator(acceptance, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Acceptance.objects.select_for_update(of=("self",)).get(pk=acceptance.pk)
        if not row.is_open:
            raise Refused(Reason("wrong_state", _("The acceptance is filed already."), _("Look at the record.")))
        if row.version != expected_version:
            text = _("The acceptance was saved in another place since you opened it.")
            raise Stale(Reason("stale", text, _("Copy your text, open it again and save.")))
        row.summary, row.benefit, row.targets = filing.summary, filing.benefit, filing.targets
        row.version += 1
        row.save()
        data = {"sha256": digest(asdict(filing)), "version": row.version}
        journal.append(action="projects.acceptance.save", subject=row, by=by, data=data)
    acceptance.refresh_from_db()
    return acceptance


def file_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """File it with the figures as they stand now; who organises it follows from the grant."""
    with unit():
        content = frozen(acceptance)
        with perform(acceptance, "file", by=by, note=note, data={"sha256": digest(content)}) as row:
            row.content, row.sha256 = content, digest(content)
            row.filed_at = row.filed_at or timezone.now()
            row.organiser = acceptance_rules().organiser(acceptance.project.grant)
        stop(acceptance)
    return acceptance


def confirm_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """The host stands behind it."""
    with perform(acceptance, "confirm", by=by, note=note):
        pass
    return acceptance


def check_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """The department finds the papers whole; the organiser hears the experts next."""
    with perform(acceptance, "check", by=by, note=note):
        pass
    return acceptance


def return_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """The host sends it back with a reason."""
    return _send_back(acceptance, "return_by_organisation", by, note)


def return_checked_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """The department sends it back with what is missing."""
    return _send_back(acceptance, "return_by_department", by, note)


def _send_back(acceptance: Acceptance, name: str, by: User, note: str) -> Acceptance:
    with unit():
        until = end_of_working_day(timezone.now(), acceptance_rules().after_return_working_days)
        with perform(acceptance, name, by=by, note=note) as row:
            row.due_at = max(row.due_at, until)
        start(acceptance, acceptance.due_at)
        tell_returned(acceptance, note=note)
    return acceptance


def enter_opinion(*, acceptance: Acceptance, opinion: Opinion, by: User) -> Acceptance:
    """The organiser enters what the experts found. Refused with too few experts, or where it contradicts itself.

    Refused too while experts of a review round are at it: the one or the other, never both.
    """
    if acceptance.state == AcceptanceState.IN_REVIEW and who.organises(acceptance, by):
        text = _("The acceptance is with the experts of a review round; what they find is taken over.")
        raise Refused(Reason("in_review", text, _("Wait until the round is closed, or cancel it.")))
    with perform(acceptance, "opine", by=by, data={"sha256": digest(_plain(opinion))}) as row:
        for name, value in asdict(opinion).items():
            setattr(row, name, value)
        _refuse(when.opinion_is_whole(row))
    return acceptance


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(*reasons)


def _plain(opinion: Opinion) -> dict[str, Any]:
    return asdict(opinion) | {"heard_on": opinion.heard_on.isoformat()}


def propose_outcome(*, acceptance: Acceptance, outcome: str, reason: str, by: User) -> Acceptance:
    """An officer proposes how it ends, or that it be rectified; a departure from the experts has a reason."""
    with perform(acceptance, "propose", by=by, data={"outcome": outcome}) as row:
        row.outcome, row.reason, row.proposed_by_id = outcome, reason.strip(), by.pk
        _refuse(when.outcome_is_explained(row))
    return acceptance


def send_back_proposal(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """A decision maker asks for another proposal."""
    with perform(acceptance, "send_back", by=by, note=note) as row:
        row.outcome, row.proposed_by = "", None
    return acceptance


def approve_acceptance(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """Another person approves the outcome: the project ends with it, and the fiscal money left is computed."""
    with unit():
        project = Project.objects.select_for_update(of=("self",)).get(pk=acceptance.project_id)
        with perform(acceptance, "approve", by=by, note=note, data={"outcome": acceptance.outcome}) as row:
            row.decided_by_id, row.decided_at = by.pk, timezone.now()
            row.surplus = surplus_of(acceptance.project)
            row.appeal_until = end_of_working_day(timezone.now(), acceptance_rules().appeal_working_days)
        with perform(
            project, ENDS[AcceptanceOutcome(acceptance.outcome)], by=SYSTEM, data={"acceptance": acceptance.pk}
        ) as over:
            kept = getattr(acceptance_rules().surplus, acceptance.outcome) == "kept"
            over.to_return = ZERO if kept else acceptance.surplus
        end_project(project=project, why=str(acceptance))
        tell_decided(acceptance)
    acceptance.project.refresh_from_db(fields=["state", "version"])
    return acceptance


def ask_rectification(*, acceptance: Acceptance, by: User, note: str = "") -> Acceptance:
    """Another person approves that what is wrong be put right, once, within the months of the rules."""
    with unit():
        until = end_of(later(timezone.localdate(), acceptance_rules().rectify_months))
        with perform(acceptance, "ask_rectification", by=by, note=note) as row:
            row.rectified, row.due_at = True, until
            row.outcome, row.proposed_by = "", None
        start(acceptance, until)
        tell_rectification(acceptance)
    return acceptance
