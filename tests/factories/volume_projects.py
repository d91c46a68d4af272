"""Projects that have ended, written in bulk: each with a report, a change, an adjustment and an acceptance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from projects.models import (
    Acceptance,
    AcceptanceAppeal,
    Adjustment,
    Contract,
    Project,
    ProjectChange,
    Proposal,
    Report,
)
from tests.factories import way
from tests.factories.projects import days
from workflows.digest import digest


def lives(cast: way.Cast, projects: Sequence[Project]) -> list[list[Any]]:
    """Rows to be written, kind by kind: each needs those before it. Beside each project stands one that has ended."""
    proposals = [_approved(one) for one in projects]
    ended = [_ended(one, proposal) for one, proposal in zip(projects, proposals, strict=True)]
    acceptances = [_acceptance(cast, one) for one in ended]
    return [
        proposals,
        ended,
        [Contract(project=one, state="lapsed", sign_by=days(-300)) for one in ended],
        [_report(one) for one in ended],
        [_change(cast, one) for one in ended],
        [_adjustment(cast, one) for one in ended],
        acceptances,
        [_appeal(cast, one) for one in acceptances[::2]],
    ]


def _approved(project: Project) -> Proposal:
    like = project.proposal
    return Proposal(
        state="approved",
        call=like.call,
        direction=like.direction,
        number=f"E{like.number}",
        title=like.title,
        applicant=like.applicant,
        organisation=like.organisation,
        requested=like.requested,
        submitted_at=like.submitted_at,
        starts_on=like.starts_on,
        ends_on=like.ends_on,
    )


def _ended(project: Project, proposal: Proposal) -> Project:
    return Project(
        state="failed",
        proposal=proposal,
        number=f"E{project.number}",
        title=project.title,
        investigator=project.investigator,
        organisation=project.organisation,
        grant=project.grant,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )


def _report(project: Project) -> Report:
    return Report(project=project, kind="annual", year=way.YEAR, due_at=days(30))


def _change(cast: way.Cast, project: Project) -> ProjectChange:
    return ProjectChange(
        state="rejected",
        project=project,
        number=1,
        kind="extension",
        reason="试验推迟。",
        asked_by=cast.applicant,
        route="department",
        rules_version="2024-01-01",
        decided_at=days(-5),
    )


def _adjustment(cast: way.Cast, project: Project) -> Adjustment:
    return Adjustment(
        state="rejected",
        project=project,
        number=1,
        asked_by=cast.applicant,
        reason="材料价格变动。",
        route="organisation",
        because="设备费增加。",
        rules_from=dt.date(2021, 8, 13),
        moved=Decimal(20_000),
        decided_at=days(-5),
    )


def _acceptance(cast: way.Cast, project: Project) -> Acceptance:
    return Acceptance(
        state="decided",
        project=project,
        due_at=days(30),
        outcome="failed",
        proposed_by=cast.officer,
        decided_by=cast.decision_maker,
        decided_at=days(-1),
        appeal_until=days(5),
        filed_at=days(-20),
        organiser="organisation",
        sha256=digest({}),
    )


def _appeal(cast: way.Cast, acceptance: Acceptance) -> AcceptanceAppeal:
    return AcceptanceAppeal(
        acceptance=acceptance, outcome="failed", reason="请复核。", made_by=cast.applicant, due_at=days(10)
    )
