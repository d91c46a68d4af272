"""Submitting a proposal, taking it back, withdrawing it.

Locks are taken in a fixed order: the proposal, then its call (for the number), last the head of the journal.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.queries.holders import holders
from projects.actions.step import step
from projects.models import Call, Proposal, ProposalVersion
from projects.queries.addresses import proposal_url
from projects.queries.content import content, frozen
from projects.queries.receipts import receipt_of
from projects.rules import is_applicant
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import JournalEntry

RECEIPT_GROUPS = 3


def submit_proposal(*, proposal: Proposal, by: Any, key: str, arrived_at: dt.datetime | None = None) -> ProposalVersion:
    """Submit what is written now and return the version with its receipt.

    key        -- random, from the form: sending it again returns the first receipt and changes nothing. So does
                  any other key while the proposal stands submitted.
    arrived_at -- the instant that counts for the deadline (now); the version keeps it.

    Raises NotAllowed; Refused with every problem that blocks, or when it arrived too late.
    """
    arrived_at = arrived_at or timezone.now()
    with unit() as entries:
        locked = lock(proposal)
        if not is_applicant(locked, by):
            raise NotAllowed(Reason("not_allowed", _("Only the applicant submits the proposal.")))
        known = receipt_of(locked, key)
        if known is not None:
            return known
        version = _freeze(locked, by=by, key=key, arrived_at=arrived_at)
        facts = {"content": version.sha256, "number": version.number, "receipt": digest(version.receipt)}
        with perform(locked, "submit", by=by, data=facts) as row:
            _check_arrival(row, arrived_at)
            _count_in(row, version)
        version.entry = entry_of(entries, "projects.proposal.submit")
        version.save(update_fields=["entry"])
        _tell_host(locked, version)
    proposal.refresh_from_db()
    return version


def take_back(*, proposal: Proposal, by: Any, note: str = "") -> Proposal:
    """Make a submitted proposal a draft again, as long as the deadline has not passed; its receipt lapses.

    The team is told: what they saw submitted does not count any more.
    """
    with step(proposal, "take_back", by=by, note=note) as row:
        if row.current_version is not None:
            row.current_version.taken_back_at = timezone.now()
            row.current_version.save(update_fields=["taken_back_at"])
        row.current_version = None
    return proposal


def withdraw_proposal(*, proposal: Proposal, by: Any, note: str = "") -> Proposal:
    """Withdraw the proposal for good; the version that was submitted is kept as a record."""
    with perform(proposal, "withdraw", by=by, note=note):
        pass
    return proposal


def lock(proposal: Proposal) -> Proposal:
    """The locked row of the proposal: submissions of one proposal go one after the other."""
    locked: Proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call", "organisation", "applicant")
        .get(pk=proposal.pk)
    )
    return locked


def next_number(call: Call) -> str:
    """The next proposal number of the call, counted under the lock of the call's row; never given twice."""
    locked = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    locked.last_number += 1
    locked.save(update_fields=["last_number"])
    return f"{locked.code}-{locked.last_number:04d}"


def entry_of(entries: list[JournalEntry], action: str) -> JournalEntry:
    """The last entry of `action` in a unit of work."""
    return next(entry for entry in reversed(entries) if entry.action == action)


def _freeze(proposal: Proposal, *, by: Any, key: str, arrived_at: dt.datetime) -> ProposalVersion:
    kept = frozen(content(proposal))
    return ProposalVersion(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        key=key,
        content=kept,
        sha256=digest(kept),
        receipt=_receipt_code(),
        arrived_at=arrived_at,
        submitted_by=by,
    )


def _receipt_code() -> str:
    return "-".join(secrets.token_hex(2).upper() for _group in range(RECEIPT_GROUPS))


def _check_arrival(proposal: Proposal, arrived_at: dt.datetime) -> None:
    extended = proposal.returned_to_deadline
    in_time = arrived_at < extended if extended else proposal.call.accepts_arrival(arrived_at)
    if not in_time:
        raise Refused(
            Reason(
                "deadline_passed",
                _("The filing deadline has passed; this arrived at %(time)s.")
                % {"time": timezone.localtime(arrived_at).strftime("%Y-%m-%d %H:%M:%S %Z")},
                _("What you have written is kept. A version submitted before the deadline still counts."),
            )
        )


def _count_in(row: Proposal, version: ProposalVersion) -> None:
    version.proposal = row
    version.save()
    row.number = row.number or next_number(row.call)
    row.submitted_at = version.arrived_at
    row.current_version = version


def _tell_host(proposal: Proposal, version: ProposalVersion) -> None:
    """The administrators of the host hear that a proposal waits for their endorsement."""
    tell(
        to_users=holders(Role.ORGANISATION_ADMIN, proposal.organisation_id),
        key=f"submitted:{proposal.pk}:{version.number}",
        title=gettext_lazy("A proposal waits for your endorsement"),
        body=format_lazy("{number} {title}", number=proposal.number, title=proposal.title),
        url=proposal_url(proposal),
    )
