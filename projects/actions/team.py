"""The team of a proposal: who takes part, who was asked by e-mail, who may write."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory.queries.standing import standing
from projects.actions.section import lock_for_writing
from projects.enums import ParticipantRole, ParticipantState
from projects.models import Participant, Proposal
from projects.rules import is_applicant
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused

EDITABLE = ("name", "organisation_name", "role", "months_per_year", "task")


def add_participant(*, proposal: Proposal, values: Mapping[str, Any], by: Any) -> Participant:
    """Name somebody as a member (fields of EDITABLE and `email`). Nobody is told before they are invited."""
    with unit():
        locked = lock_for_writing(proposal, by)
        _one_investigator(values)
        order = locked.participants.count()
        fields = {name: values[name] for name in (*EDITABLE, "email") if name in values}
        participant: Participant = Participant.objects.create(proposal=locked, order=order, **fields)
        _note("add", participant, by)
    return participant


def change_participant(*, participant: Participant, values: Mapping[str, Any], by: Any) -> Participant:
    """Change role, share, task and, of somebody who has not confirmed, name and organisation."""
    with unit():
        lock_for_writing(participant.proposal, by)
        row: Participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        _keep_investigator(row, values)
        for name in EDITABLE:
            if name in values and not (row.person_id and name in ("name", "organisation_name")):
                setattr(row, name, values[name])
        row.save()
        _note("change", row, by)
    return row


def remove_participant(*, participant: Participant, by: Any) -> None:
    """Take somebody out of the team; an open invitation lapses. The applicant cannot be removed."""
    with unit():
        lock_for_writing(participant.proposal, by)
        if participant.role == ParticipantRole.INVESTIGATOR:
            raise Refused(Reason("investigator", _("The principal investigator cannot be removed.")))
        _note("remove", participant, by)
        participant.delete()


def order_participants(*, proposal: Proposal, ids: Sequence[int], by: Any) -> None:
    """Put the members in the order of `ids`; whoever is not named keeps their place behind."""
    with unit():
        locked = lock_for_writing(proposal, by)
        rows = {row.pk: row for row in locked.participants.all()}
        known = [rows.pop(pk) for pk in dict.fromkeys(ids) if pk in rows]
        for order, row in enumerate([*known, *rows.values()]):
            row.order = order
            row.save(update_fields=["order"])
        journal.append(action="projects.team.order", subject=locked, by=by, data={"ids": [row.pk for row in known]})


def invite_participant(*, participant: Participant, email: str, by: Any) -> Participant:
    """Ask somebody by e-mail to confirm their part; asking again makes the earlier link useless."""
    with unit():
        locked = lock_for_writing(participant.proposal, by)
        _applicant_only(locked, by)
        row: Participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        if row.state == ParticipantState.CONFIRMED:
            raise Refused(Reason("confirmed", _("This person has confirmed already.")))
        row.email, row.state, row.token = email, ParticipantState.INVITED, secrets.token_urlsafe(24)
        row.save()
        queue(
            kind="projects.team_invitation",
            key=f"team-invitation:{row.pk}:{row.token[:8]}",
            payload={"participant": row.pk},
        )
        _note("invite", row, by)
    return row


def let_write(*, participant: Participant, may_edit: bool, by: Any) -> Participant:
    """Give or take the right to write in the proposal; the applicant's decision alone."""
    with unit():
        locked = lock_for_writing(participant.proposal, by)
        _applicant_only(locked, by)
        row: Participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        if row.role == ParticipantRole.INVESTIGATOR:
            raise Refused(Reason("investigator", _("The applicant can always write.")))
        row.may_edit = may_edit
        row.save(update_fields=["may_edit"])
        _note("let_write" if may_edit else "stop_writing", row, by)
    return row


def confirm_participation(*, participant: Participant, by: Any) -> Participant:
    """The invited person, signed in, takes part: the row becomes theirs. Raises NotAllowed, Refused."""
    person = _answering_person(by)
    with unit():
        row = _invited(participant)
        if row.proposal.participants.filter(person_id=person.pk).exclude(pk=row.pk).exists():
            raise Refused(Reason("in_team", _("You are in this team already.")))
        row.person, row.name, row.state, row.token = person, person.name, ParticipantState.CONFIRMED, ""
        row.save()
        _note("confirm", row, by)
    return row


def decline_participation(*, participant: Participant, by: Any) -> Participant:
    """The invited person does not take part; the applicant sees it as a problem of the team."""
    _answering_person(by)
    with unit():
        row = _invited(participant)
        row.state, row.token, row.may_edit = ParticipantState.DECLINED, "", False
        row.save()
        _note("decline", row, by)
    return row


def _answering_person(by: Any) -> Any:
    if standing(by).person_id is None:
        raise NotAllowed(Reason("no_person", _("Fill in your personal data first.")))
    return by.person


def _invited(participant: Participant) -> Participant:
    """The locked row, still open for an answer."""
    row: Participant = (
        Participant.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=participant.pk)
    )
    if row.state != ParticipantState.INVITED or row.token != participant.token:
        raise Refused(Reason("not_invited", _("This invitation was answered or replaced by another one.")))
    return row


def _one_investigator(values: Mapping[str, Any]) -> None:
    if values.get("role") == ParticipantRole.INVESTIGATOR:
        raise Refused(
            Reason("investigator", _("The applicant is the principal investigator."), _("Choose another role."))
        )


def _keep_investigator(row: Participant, values: Mapping[str, Any]) -> None:
    if row.role != ParticipantRole.INVESTIGATOR:
        _one_investigator(values)
    elif values.get("role", row.role) != ParticipantRole.INVESTIGATOR:
        raise Refused(Reason("investigator", _("The applicant remains the principal investigator.")))


def _applicant_only(proposal: Proposal, by: Any) -> None:
    if not is_applicant(proposal, by):
        raise NotAllowed(Reason("not_allowed", _("Only the applicant decides this.")))


def _note(verb: str, row: Participant, by: Any) -> None:
    journal.append(
        action=f"projects.team.{verb}",
        subject=row.proposal,
        by=by,
        data={"participant": row.pk, "person": row.person_id, "role": row.role, "state": row.state},
    )
