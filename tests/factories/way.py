"""Proposals somewhere on their way, with everybody whose hands they go through.

States are set as they would be after their transitions; nothing is journaled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from directory.models import Organisation, User
from projects.models import Call, Finding, Proposal, ProposalVersion
from tests.factories import directory
from tests.factories.projects import CallFactory, ProposalFactory
from workflows.digest import digest

YEAR = 2027


@dataclass
class Cast:
    """One host under one authority under the department, with a person in each role, and a stranger in each."""

    authority: Organisation = field(default_factory=directory.AuthorityFactory.create)
    host: Organisation = field(init=False)
    applicant: User = field(init=False)
    admin: User = field(init=False)
    recommender: User = field(init=False)
    officer: User = field(default_factory=directory.officer)
    decision_maker: User = field(default_factory=directory.decision_maker)
    integrity: User = field(default_factory=directory.integrity_officer)
    auditor: User = field(default_factory=directory.auditor)
    stranger: User = field(default_factory=directory.applicant)
    other_admin: User = field(init=False)
    other_recommender: User = field(init=False)

    def __post_init__(self) -> None:
        """The people who need the organisations."""
        self.host = directory.OrganisationFactory.create(authority=self.authority)
        self.applicant = directory.applicant(self.host)
        self.admin = directory.organisation_admin(self.host)
        self.recommender = directory.recommending_officer(self.authority)
        self.other_admin = directory.organisation_admin(directory.OrganisationFactory.create())
        self.other_recommender = directory.recommending_officer(directory.AuthorityFactory.create())

    def everybody(self) -> dict[str, User]:
        """All of them by their part."""
        names = (
            "applicant",
            "admin",
            "recommender",
            "officer",
            "decision_maker",
            "integrity",
            "auditor",
            "stranger",
            "other_admin",
            "other_recommender",
        )
        return {name: getattr(self, name) for name in names}


def proposal(cast: Cast, call: Call, *, state: str = "submitted", **more: Any) -> Proposal:
    """A filed proposal of the cast's applicant in `state`, with its frozen version."""
    fields: dict[str, Any] = {
        "applicant": cast.applicant.person,
        "organisation": cast.host,
        "requested": Decimal(400_000),
        "own": Decimal(100_000),
        "starts_on": dt.date(YEAR, 1, 1),
        "ends_on": dt.date(YEAR + 1, 12, 31),
        **more,
    }
    row: Proposal = ProposalFactory.create(call=call, submitted=True, state=state, **fields)
    Proposal.objects.filter(pk=row.pk).update(current_version=version(row, cast.applicant))
    row.refresh_from_db()
    return row


def version(row: Proposal, by: User) -> ProposalVersion:
    """The frozen version of `row`, as submitting makes it."""
    content = {
        "call": row.call.code,
        "title": row.title,
        "keywords": row.keywords,
        "direction": row.direction.code if row.direction else "",
        "starts_on": f"{row.starts_on}",
        "ends_on": f"{row.ends_on}",
        "organisation_name": row.organisation.name,
        "answers": {
            "basic": {"abstract": f"由{row.applicant.name}牵头，{row.organisation.name}承担。"},
            "content": {
                "contents": "围绕退化草原开展研究。",
                "goals": "形成可推广的修复技术一套。",
                "targets": [{"name": "技术规程", "value": "2项", "check": "文本"}],
            },
            "route": {
                "methods": "野外试验与室内分析相结合。",
                "schedule": [
                    {"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31", "work": "完成野外调查"},
                    {"from": f"{YEAR + 1}-01-01", "to": f"{YEAR + 1}-12-31", "work": "完成示范推广"},
                ],
            },
            "foundation": {"record": "团队前期承担国家项目3项。"},
        },
        "budget": [
            {"category": "equipment.purchase", "fiscal": "100000.00", "own": "100000.00", "basis": "监测设备"},
            {"category": "operating.materials", "fiscal": "300000.00", "own": "0.00", "basis": "试验材料"},
        ],
        "requested": f"{row.requested}",
        "own": f"{row.own}",
        "team": [
            {
                "name": row.applicant.name,
                "person": f"{row.applicant.uid}",
                "organisation": row.organisation.name,
                "role": "investigator",
                "months_per_year": "6.0",
                "task": "总体设计",
                "state": "confirmed",
            }
        ],
        "files": [],
    }
    return ProposalVersion.objects.create(
        proposal=row,
        number=1,
        key=f"key-{row.pk}",
        content=content,
        sha256=digest(content),
        receipt=f"{row.pk:08X}",
        arrived_at=row.submitted_at or timezone.now(),
        submitted_by=by,
    )


def reviewed(cast: Cast, call: Call, score: int | str, **more: Any) -> Proposal:
    """A reviewed proposal with its score."""
    return proposal(cast, call, state="reviewed", score=Decimal(score), **more)


def finding(row: Proposal, level: str = "failed", **more: Any) -> Finding:
    """A finding on the age of the applicant that waits for a decision."""
    params = {"code": "applicant.age", "comparison": "at_most", "value": 63, "limit": 60, "on": "2027-06-30"}
    fields: dict[str, Any] = {"check_code": "age", "level": level, "params": params, **more}
    return Finding.objects.create(proposal=row, **fields)


def call(*, recommendation: bool = True, **more: Any) -> Call:
    """A published call whose deadlines lie ahead."""
    made: Call = CallFactory.create(published=True, **more)
    if not recommendation:
        made.plan = {**made.plan, "recommendation": False}
        made.save(update_fields=["plan"])
    return made


def with_plan(made: Call, **plan: Any) -> Call:
    """The same call under another plan."""
    made.plan = {**made.plan, **plan}
    made.save(update_fields=["plan"])
    return made
