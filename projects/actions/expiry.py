"""What was not passed on in time expires; those who hold it are warned before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.queries.holders import holders
from projects.actions.step import Outcome, each, step
from projects.enums import ProposalState
from projects.models import Call, Proposal
from projects.queries.lateness import due_between, late
from workflows.actions.messages import tell
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def expire_late(*, at: dt.datetime, call: Call | None = None) -> list[Outcome]:
    """Expire what is late at `at`, each proposal in its own unit; a second run finds nothing more to do."""
    return each(late(at, call=call), _expire)


def _expire(proposal: Proposal) -> None:
    with step(proposal, "expire", by=SYSTEM):
        pass


def warn_before_expiry(*, at: dt.datetime) -> int:
    """Warn organisations and authorities of what expires, `settings.REMIND_DAYS["recommendation"]` days before.

    One message per person, call and warning, however often this runs; how many groups were warned.
    """
    warned = 0
    for span in sorted(dt.timedelta(days=days) for days in settings.REMIND_DAYS["recommendation"]):
        groups: dict[tuple[int, Role, int], list[Proposal]] = defaultdict(list)
        for proposal in due_between(at, at + span):
            groups[_group(proposal)].append(proposal)
        with unit():
            for (call_id, role, organisation_id), proposals in groups.items():
                _warn(proposals, role, organisation_id, key=f"late:{call_id}:{role}:{organisation_id}:{span.days}")
        warned += len(groups)
    return warned


def _group(proposal: Proposal) -> tuple[int, Role, int]:
    if proposal.state == ProposalState.SUBMITTED:
        return proposal.call_id, Role.ORGANISATION_ADMIN, proposal.organisation_id
    return proposal.call_id, Role.RECOMMENDING_OFFICER, proposal.organisation.authority_id or 0


def _warn(proposals: Sequence[Proposal], role: Role, organisation_id: int, *, key: str) -> None:
    page = "endorsements" if role == Role.ORGANISATION_ADMIN else "recommendations"
    call = proposals[0].call
    tell(
        to_users=holders(role, organisation_id),
        key=key,
        title=format_lazy(_("Proposals expire soon: {call}"), call=call.title),
        body="\n".join(f"{one.number} {one.title}" for one in proposals[:20]),
        url=f"{reverse(page)}?call={call.code}",
    )
