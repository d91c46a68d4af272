"""The demo's projects under way: paid, with own money that arrived."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from portal.demo.answers import scan
from portal.demo.clock import as_of, days
from projects.actions.own_funds import Arrival, record_own_funds
from projects.actions.payment import confirm_arrival, pay_instalment
from projects.enums import FundsSource, ProjectState
from projects.models import Call, Instalment, Project

OWN = Decimal(800_000)


def run_projects(call: Call) -> None:
    """Every project of the call that is under way gets its first instalment and some of its own money."""
    rows = Project.objects.filter(proposal__call=call, state=ProjectState.ACTIVE)
    for project in rows.select_related("investigator__user", "organisation", "contract").order_by("pk"):
        administrator = _fresh(holders(Role.ORGANISATION_ADMIN, project.organisation_id).first())
        _pay(project, administrator)
        _bring_own_money(project, administrator)


def _pay(project: Project, administrator: User) -> None:
    one = Instalment.objects.select_related("project__contract").get(project=project, number=1)
    with as_of(days(-3.5)):
        officer = _fresh(holders(Role.PROGRAMME_OFFICER).first())
        pay_instalment(instalment=one, paid_on=timezone.localdate(), voucher="国库支-2026-1187", by=officer)
    with as_of(days(-2)):
        confirm_arrival(instalment=one, arrived_on=timezone.localdate(), by=administrator)


def _bring_own_money(project: Project, administrator: User) -> None:
    with as_of(days(-1.5)):
        arrival = Arrival(min(OWN, project.own), timezone.localdate(), FundsSource.OWN, uuid.uuid4())
        paper = SimpleUploadedFile("银行回单.pdf", scan("银行回单"), "application/pdf")
        record_own_funds(project=project, arrival=arrival, paper=paper, by=administrator)


def _fresh(user: User | None) -> User:
    """The user with no standing read before."""
    assert user is not None  # noqa: S101 - everybody who acts in the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)
