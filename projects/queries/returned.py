"""Why a proposal came back to its applicant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.enums import ProposalState
from projects.models import Proposal
from workflows.machine import machine_of
from workflows.queries.history import history

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Returned:
    """Which hand returned it, as its people are told, with its words."""

    told: str | _StrPromise
    note: str
    at: dt.datetime


def returned(proposal: Proposal) -> Returned | None:
    """The last return of a proposal that is returned now, else None: at most one query."""
    if proposal.state != ProposalState.RETURNED:
        return None
    change = history(proposal).filter(target=ProposalState.RETURNED).first()
    if change is None:
        return None
    return Returned(machine_of(proposal).transition(change.transition).told, change.note, change.at)
