"""Reminders of this room: drafts not submitted, proposals not endorsed or recommended, contracts not signed.

Each instant is read from the records when it is asked for; how many days before is `settings.REMIND_DAYS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.enums import CallState, ContractState, ProposalState
from projects.models import Contract, Proposal
from projects.notices import writers
from projects.queries.limits import filing_limit, organisation_limit
from projects.queries.signatures import next_signers
from workflows.actions.messages import tell
from workflows.deadlines import Reminder, Upcoming, register_reminder

WITH_APPLICANT = (ProposalState.DRAFT, ProposalState.RETURNED)
UNSIGNED = (ContractState.DRAFT, ContractState.SIGNING)
SHOWN = 20


def register() -> None:
    """Called once when the room is ready."""
    register_reminder(Reminder("filing", unfiled, remind_writers))
    register_reminder(Reminder("endorsement", unendorsed, remind_host))
    register_reminder(Reminder("contract", unsigned, remind_signers))


def unfiled(first: dt.datetime, last: dt.datetime) -> Iterator[Upcoming]:
    """Drafts and returned proposals whose filing limit lies between the instants."""
    own = Q(returned_to_deadline__gt=first, returned_to_deadline__lte=last)
    common = Q(returned_to_deadline=None, call__filing_deadline__gt=first, call__filing_deadline__lte=last)
    rows = Proposal.objects.filter(own | common, state__in=WITH_APPLICANT, call__state=CallState.PUBLISHED)
    for proposal in rows.select_related("call"):
        limit = filing_limit(proposal)
        if limit is not None:
            yield Upcoming(str(proposal.pk), limit, proposal)


def remind_writers(one: Upcoming, key: str) -> None:
    """Tell the applicant, and those of the team who write."""
    proposal: Proposal = one.thing
    tell(
        to_users=writers(proposal),
        key=key,
        title=format_lazy(_("Not submitted yet, filing ends on {when}"), when=_moment(one.at)),
        body=f"{proposal.title or proposal.call.title}\n{proposal.call.title}",
        url=reverse("proposal-write", args=[proposal.uid]),
    )


def unendorsed(first: dt.datetime, last: dt.datetime) -> Iterator[Upcoming]:
    """What waits for a host, one per host, call and limit that the host has set itself between the instants."""
    rows = Proposal.objects.filter(state=ProposalState.SUBMITTED, call__state=CallState.PUBLISHED)
    found = [
        (row.organisation_id, row.call_id, limit, row)
        for row in rows.select_related("call", "organisation").order_by("organisation_id", "call_id", "pk")
        if (limit := organisation_limit(row)) is not None and first < limit <= last
    ]
    found.sort(key=lambda each: each[:3])
    for (host, call, limit), group in groupby(found, key=lambda each: each[:3]):
        yield Upcoming(f"{host}.{call}", limit, [row for *_key, row in group])


def remind_host(one: Upcoming, key: str) -> None:
    """Tell the administrators of the host which proposals wait for them."""
    proposals: list[Proposal] = one.thing
    call = proposals[0].call
    tell(
        to_users=holders(Role.ORGANISATION_ADMIN, proposals[0].organisation_id),
        key=key,
        title=format_lazy(_("Proposals to endorse by {when}: {call}"), when=_moment(one.at), call=call.title),
        body="\n".join(f"{row.number} {row.title}" for row in proposals[:SHOWN]),
        url=f"{reverse('endorsements')}?call={call.code}",
    )


def unsigned(first: dt.datetime, last: dt.datetime) -> Iterator[Upcoming]:
    """Contracts that lapse between the instants."""
    rows = Contract.objects.filter(state__in=UNSIGNED, sign_by__gt=first, sign_by__lte=last)
    for contract in rows.select_related("project"):
        yield Upcoming(str(contract.pk), contract.sign_by, contract)


def remind_signers(one: Upcoming, key: str) -> None:
    """Tell the investigator, and whoever it is the turn of to sign."""
    contract: Contract = one.thing
    project = contract.project
    investigator = User.objects.filter(person=project.investigator_id)
    tell(
        to_users=[*investigator, *next_signers(contract)],
        key=key,
        title=format_lazy(_("The contract lapses unless all have signed it by {when}"), when=_moment(one.at)),
        body=f"{project.number} {project.title}",
        url=reverse("contract", args=[contract.uid]),
    )


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
