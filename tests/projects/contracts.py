"""Contracts in draft."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.utils import timezone

from projects.actions.funding import confirm_list
from projects.models import Contract
from tests.factories import way
from tests.projects.actions.test_funding import on_notice


def drafted(cast: way.Cast) -> Contract:
    """The contract of a project of the cast's applicant, as it is generated: of 2027 and 2028."""
    funding_list = on_notice(cast, 90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
    found: Contract = Contract.objects.select_related("project").get()
    return found
