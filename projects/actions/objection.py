"""Objections to what is on public notice: received from anybody with a name, decided by an integrity officer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.actions.step import step
from projects.enums import NoticeState, ObjectionState, ProposalState
from projects.models import Objection, Proposal, PublicNotice
from projects.queries.addresses import objection_url
from projects.rules import is_integrity_officer
from workflows.actions import journal
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused

# Letters that cannot be taken for one another when read out over the telephone.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12


@dataclass(frozen=True)
class Objector:
    """Who objects: real name and contact; an organisation objects under its stamp."""

    name: str
    contact: str
    organisation_name: str = ""
    stamped: bool = False


def file_objection(
    *, notice: PublicNotice, proposal: Proposal, objector: Objector, text: str, evidence: str
) -> Objection:
    """Receive an objection to one item on notice; the proposal is held until it is decided.

    Refused outside of the notice's days and for what is not on it. Nothing of the objector goes into the journal.
    """
    now = timezone.now()
    with unit():
        locked = PublicNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        _check_open(locked, row)
        objection = Objection.objects.create(
            notice=locked,
            proposal=row,
            name=objector.name.strip(),
            contact=objector.contact.strip(),
            organisation_name=objector.organisation_name.strip(),
            stamped=objector.stamped,
            text=text.strip(),
            evidence=evidence.strip(),
            query_code=_code(),
            received_at=now,
        )
        journal.append(
            action="projects.objection.file", subject=objection, by=SYSTEM, data={"notice": locked.pk, "item": row.pk}
        )
        if row.state == ProposalState.ON_NOTICE:
            with step(row, "hold", by=SYSTEM):
                pass
        _tell_officers(objection)
    return objection


def _check_open(notice: PublicNotice, proposal: Proposal) -> None:
    if notice.state != NoticeState.PUBLISHED or not notice.closes_at or notice.closes_at <= timezone.now():
        raise Refused(
            Reason("notice_over", _("The notice is over."), _("Write to the department's integrity office instead."))
        )
    on_it = notice.funding_list.items.filter(proposal=proposal, funded=True).exists()
    if not on_it or proposal.state not in (ProposalState.ON_NOTICE, ProposalState.ON_HOLD):
        raise Refused(Reason("not_on_notice", _("This item is not on the notice."), _("Choose an item of the list.")))


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def _tell_officers(objection: Objection) -> None:
    tell(
        to_users=holders(Role.INTEGRITY_OFFICER),
        key=f"objection:{objection.pk}",
        title=format_lazy(gettext_lazy("An objection was received: {item}"), item=objection.proposal.title),
        url=objection_url(objection),
    )


def uphold(*, objection: Objection, by: User, note: str) -> Objection:
    """The objection is right: the proposal is declined. `note` is the answer the objector reads."""
    return _decide(objection, "uphold", by, note)


def dismiss(*, objection: Objection, by: User, note: str) -> Objection:
    """The objection does not stand: the proposal is released when no other objection to it is open."""
    return _decide(objection, "dismiss", by, note)


def not_accept(*, objection: Objection, by: User, note: str) -> Objection:
    """The objection is not one that can be examined (no name, no facts): as dismissed for the proposal."""
    return _decide(objection, "not_accept", by, note)


def _decide(objection: Objection, name: str, by: User, note: str) -> Objection:
    with unit():
        with perform(objection, name, by=by, note=note) as row:
            row.answer, row.decided_by = note.strip(), by
        proposal = objection.proposal
        proposal.refresh_from_db()
        if proposal.state == ProposalState.ON_HOLD:
            _settle(proposal, upheld=name == "uphold")
    return objection


def _settle(proposal: Proposal, *, upheld: bool) -> None:
    """The answer is the objector's; the applicant learns that an objection was upheld, nothing that names anybody."""
    if upheld:
        with step(proposal, "decline", by=SYSTEM, note=_("An objection to the public notice was upheld.")):
            pass
    elif not proposal.objections.filter(state=ObjectionState.RECEIVED).exists():
        with step(proposal, "release", by=SYSTEM):
            pass


def look_at_objector(*, objection: Objection, by: User) -> Objector:
    """Who objected, for an integrity officer who needs to know; the look is journaled. NotAllowed for others."""
    if not is_integrity_officer(objection, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        journal.append(action="projects.objection.look", subject=objection, by=by)
    return Objector(objection.name, objection.contact, objection.organisation_name, objection.stamped)
