"""A project begins with the decision to fund; its contract is drafted in the same unit."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.queries.calendar import end_of_working_day
from projects import notices
from projects.actions.contract_version import keep_version
from projects.definitions.plan import Plan
from projects.enums import ContractText
from projects.models import Contract, FundingItem, Project, Proposal
from projects.queries.contract_draft import draft_content
from projects.queries.kept_rules import rules_in_force
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM

DEFAULT_YEARS = 3


def begin_project(*, item: FundingItem) -> Project:
    """Make the project of an approved item with its contract in draft; the present one when it exists."""
    proposal = item.proposal
    present: Project | None = Project.objects.filter(proposal=proposal).first()
    if present is not None:
        return present
    plan = Plan.model_validate(proposal.call.plan)
    starts_on, ends_on = _term(proposal, plan.programme_year)
    with unit():
        project = Project.objects.create(
            proposal=proposal,
            number=f"{proposal.number}-P",
            title=proposal.title,
            investigator_id=proposal.applicant_id,
            organisation_id=proposal.organisation_id,
            officer_id=proposal.call.officer_id,
            grant=item.amount,
            own=proposal.own,
            starts_on=starts_on,
            ends_on=ends_on,
            rules=rules_in_force(proposal.call),
        )
        contract = Contract.objects.create(
            project=project,
            content=draft_content(project),
            sign_by=end_of_working_day(timezone.now(), plan.contract_working_days),
        )
        keep_version(contract=contract, kind=ContractText.GENERATED, content=contract.content)
        notices.tell_investigator(contract, "begin")
        journal.append(
            action="projects.project.make",
            subject=project,
            by=SYSTEM,
            data={
                "proposal": proposal.pk,
                "contract": contract.pk,
                "grant": str(project.grant),
                "rules": project.rules,
            },
        )
    return project


def _term(proposal: Proposal, year: int) -> tuple[dt.date, dt.date]:
    starts_on = proposal.starts_on or dt.date(year, 1, 1)
    ends_on = proposal.ends_on or dt.date(starts_on.year + DEFAULT_YEARS - 1, 12, 31)
    return starts_on, ends_on
