"""A project under way with its ledger, and wishes to change it."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import time_machine
from django.utils import timezone

from directory.models import User
from projects.actions.adjustment import Wish
from projects.actions.contract import sign_contract, start_signing
from projects.actions.funding import confirm_list
from projects.models import Call, Contract, LedgerLine, Project
from projects.queries.ledger import fingerprint, ledger
from tests.factories import way
from tests.projects.actions.test_funding import on_notice

GRANT = Decimal(400_000)
REASON = "材料价格低于预算，需补充测试。"


def running_project(cast: way.Cast, opened: dt.date | None = None) -> Project:
    """A project whose contract all have signed: 100,000 yuan of equipment, 300,000 of materials.

    opened -- the day of the budget's rules: that on which its call opened, when it was another than today.
    """
    funding_list = on_notice(cast, 90)
    if opened is not None:
        moment = dt.datetime.combine(opened, dt.time(9), timezone.get_default_timezone())
        Call.objects.filter(pk=funding_list.call_id).update(opens_at=moment, published_at=moment)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
        contract = Contract.objects.select_related("project").get(project__proposal__call=funding_list.call)
        start_signing(contract=contract, by=cast.applicant)
        for user in (cast.applicant, cast.admin, cast.recommender, cast.decision_maker):
            sign_contract(contract=contract, by=user, sha256=contract.sha256)
    found: Project = Project.objects.select_related("organisation", "investigator").get(pk=contract.project_id)
    return found


def wish(project: Project, **changes: int) -> Wish:
    """A wish over the ledger as it stands: yuan by category, with "__" for the dot of its code."""
    lines = list(ledger(project))
    by_code = {line.category: line.pk for line in lines}
    return Wish(
        changes={by_code[code.replace("__", ".")]: Decimal(change) for code, change in changes.items()},
        reason=REASON,
        seen=fingerprint(lines),
        key=uuid.uuid4(),
        promised=True,
    )


def amounts(project: Project) -> dict[str, Decimal]:
    """What the lines hold now, those that hold something."""
    rows = LedgerLine.objects.filter(project=project, approved__gt=0)
    return dict(rows.values_list("category", "approved"))


def again(user: User) -> User:
    """The user with no standing read before."""
    return User.objects.select_related("person").get(pk=user.pk)
