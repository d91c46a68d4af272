"""Taking over projects that began before this system: each keeps the rules of its own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.enums import MembershipState, OrganisationState
from directory.models import Membership, Organisation, Person, User
from projects import rules as who
from projects.actions.acceptance import set_acceptance
from projects.actions.contract_version import keep_version
from projects.actions.ledger import open_ledger
from projects.actions.reports import set_reports
from projects.actions.running import set_milestones
from projects.budget import ZERO, Line, line_rows
from projects.enums import (
    CallState,
    ContractState,
    ContractText,
    InstalmentState,
    PaymentCondition,
    ProjectState,
    ProposalState,
)
from projects.importing.projects import ProjectRow, demand_columns, read_project
from projects.importing.reading import RefusedRowError, Source
from projects.importing.report import Report
from projects.models import BudgetLine, Call, Contract, Instalment, Project, Proposal
from projects.queries.kept_rules import rules_in_force
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest

MORNING = dt.time(9)
STEP = 100
Progress = Callable[[int, int], None]


def import_projects(*, source: Source, by: Actor, progress: Progress | None = None) -> Report:
    """Take the rows as running projects, all in one transaction; a number that is there already is left as it is.

    What began elsewhere has no proposal text, no score and no funding list here: its proposal bears an
    `imported_key`. Reports that were due before today are not asked for. Raises BrokenFileError for columns.
    """
    demand_columns(source)
    report = Report()
    with unit(), translation.override(settings.LANGUAGE_CODE):
        known = set(Project.objects.values_list("number", flat=True))
        known |= set(Proposal.objects.exclude(number="").values_list("number", flat=True))
        for line, row in enumerate(source.rows, start=2):
            if row["项目编号"] in known:
                report.merged.append((line, f"{row['项目编号']} is there already"))
                continue
            try:
                _take(read_project(row), by=by, file={"sha256": source.sha256, "line": line})
            except RefusedRowError as refusal:
                report.refused.append((line, str(refusal)))
                continue
            known.add(row["项目编号"])
            report.taken += 1
            if progress and report.taken % STEP == 0:
                progress(line - 1, len(source.rows))
    return report


def _take(row: ProjectRow, *, by: Actor, file: dict[str, Any]) -> None:
    """Raises RefusedRowError before anything of the row is written."""
    host, person, officer = _host(row), _investigator(row), _officer(row)
    project = _project(row, host=host, person=person, officer=officer)
    _sign(project, row)
    _run(project, row)
    data = {**file, "grant": str(project.grant), "rules": project.rules}
    journal.append(action="projects.project.take_over", subject=project, by=by, data=data)


def _host(row: ProjectRow) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(
        credit_code=row.credit_code, state=OrganisationState.VERIFIED
    ).first()
    if found is None:
        raise RefusedRowError(f"no verified organisation has the credit code {row.credit_code}: let it register first")
    if row.ends_on < timezone.localdate():
        raise RefusedRowError("the term is over: only running projects are taken over")
    return found


def _investigator(row: ProjectRow) -> Person:
    members = Membership.objects.filter(
        organisation__credit_code=row.credit_code, state=MembershipState.ACTIVE, person__user__email__iexact=row.email
    )
    found = members.select_related("person").first()
    person: Person | None = found.person if found else None
    if person is None:
        raise RefusedRowError(f"no member of the organisation has the address {row.email}: let them join first")
    if person.name != row.investigator:
        raise RefusedRowError(f"{row.email} is {person.name}, not {row.investigator}")
    return person


def _officer(row: ProjectRow) -> User | None:
    if not row.officer:
        return None
    found: User | None = User.objects.filter(email__iexact=row.officer, is_active=True).first()
    if found is None or not who.is_officer(None, found):
        raise RefusedRowError(f"{row.officer} is no programme officer")
    return found


def _call(row: ProjectRow) -> Call:
    """The concluded call that stands for the one of then; one for each programme and day."""
    key = digest(["taken over", row.programme, row.called_on])
    title = _("%(programme)s, call of %(day)s, before this system")
    published = _morning(row.called_on)
    found, _made = Call.objects.get_or_create(
        imported_key=key,
        defaults={
            "state": CallState.CONCLUDED,
            "code": f"T-{key[:20]}",
            "title": title % {"programme": row.programme, "day": row.called_on.isoformat()},
            "programme": row.programme,
            "published_at": published,
            "opens_at": published,
        },
    )
    return found


def _project(row: ProjectRow, *, host: Organisation, person: Person, officer: User | None) -> Project:
    call, whole = _call(row), row.money
    term = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    proposal = Proposal.objects.create(
        state=ProposalState.APPROVED,
        call=call,
        number=row.number,
        title=row.title,
        applicant=person,
        organisation=host,
        requested=whole.fiscal,
        own=whole.own,
        submitted_at=call.published_at,
        imported_key=digest(["taken over", row.number]),
        **term,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(proposal=proposal, category=code, fiscal=money.fiscal, own=money.own) for code, money in row.budget
    )
    return Project.objects.create(
        state=ProjectState.ACTIVE,
        proposal=proposal,
        number=row.number,
        title=row.title,
        investigator=person,
        organisation=host,
        officer=officer,
        grant=whole.fiscal,
        own=whole.own,
        rules=rules_in_force(call),
        **term,
    )


def _sign(project: Project, row: ProjectRow) -> None:
    """The contract as it was signed then: its text is what the row says."""
    content = _content(project, row)
    contract = Contract.objects.create(
        project=project,
        state=ContractState.SIGNED,
        content=content,
        sha256=digest(content),
        signed_at=_morning(row.signed_on),
    )
    keep_version(contract=contract, kind=ContractText.FOR_SIGNATURE, content=content)


def _content(project: Project, row: ProjectRow) -> dict[str, Any]:
    return {
        "number": project.number,
        "title": project.title,
        "investigator": project.investigator.name,
        "organisation": project.organisation.name,
        "grant": str(project.grant),
        "own": str(project.own),
        "rules": project.rules,
        "version_sha256": "",
        "goals": row.goals,
        "targets": [],
        "milestones": [{"year": year, "text": text} for year, text in row.stages],
        "budget": line_rows(Line(code, money) for code, money in row.budget),
        "team": [],
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }


def _run(project: Project, row: ProjectRow) -> None:
    """The books as they stand: what was paid has arrived, the rest is planned for the end until an officer plans it."""
    open_ledger(project=project)
    set_milestones(project=project)
    Instalment.objects.bulk_create(_instalments(project, row))
    set_reports(project=project, after=timezone.now())
    set_acceptance(project=project)


def _instalments(project: Project, row: ProjectRow) -> list[Instalment]:
    paid = Instalment(
        project=project,
        state=InstalmentState.ARRIVED,
        amount=row.paid,
        condition=PaymentCondition.SIGNATURE,
        due_on=row.signed_on,
        paid_on=row.signed_on,
        arrived_on=row.signed_on,
        voucher=row.number,
    )
    rest = Instalment(
        project=project, amount=project.grant - row.paid, condition=PaymentCondition.DATE, due_on=row.ends_on
    )
    found = [one for one in (paid, rest) if one.amount > ZERO]
    for number, one in enumerate(found, start=1):
        one.number = number
    return found


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MORNING))
