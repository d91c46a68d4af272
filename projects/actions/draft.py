"""Starting a proposal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from directory.enums import OrganisationState
from directory.models import Organisation, Person
from directory.queries.standing import standing
from projects.definitions.form import FieldKind, Form
from projects.definitions.plan import Plan
from projects.enums import GONE, ParticipantRole, ParticipantState
from projects.models import Call, CallDirection, Participant, Proposal, SectionAnswer
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused


def start_proposal(
    *, call: Call, by: Any, organisation: Organisation, direction: CallDirection | None = None
) -> Proposal:
    """A new draft of the signed-in person, with them as principal investigator.

    Raises NotAllowed without an active membership in the organisation, Refused when the call is not open, the
    organisation is not verified, the direction is another call's, or the person has a proposal already.
    """
    who = standing(by)
    if who.person_id is None or organisation.pk not in who.member_of:
        raise NotAllowed(Reason("not_member", _("You do not belong to this organisation.")))
    with unit():
        person = Person.objects.select_for_update().get(pk=who.person_id)
        _check(call, organisation, direction, person)
        proposal = Proposal.objects.create(call=call, applicant=person, organisation=organisation, direction=direction)
        _name_investigator(proposal, person)
        _answer_direction(proposal)
        journal.append(
            action="projects.proposal.start", subject=proposal, by=by, data={"call": call.pk, "host": organisation.pk}
        )
    return proposal


def _check(call: Call, organisation: Organisation, direction: CallDirection | None, person: Person) -> None:
    reasons = []
    if not call.is_open():
        reasons.append(Reason("call_not_open", _("This call does not take proposals now."), _("Look at its dates.")))
    if organisation.state != OrganisationState.VERIFIED:
        reasons.append(
            Reason(
                "organisation_not_verified",
                _("The organisation is not verified yet."),
                _("Its authority verifies it; ask its administrator."),
            )
        )
    if direction is not None and direction.call_id != call.pk:
        reasons.append(Reason("foreign_direction", _("This call has no such direction."), _("Choose from the list.")))
    under_way = Proposal.objects.filter(call=call, applicant=person).exclude(state__in=GONE).count()
    if under_way >= Plan.model_validate(call.plan).proposals_per_applicant:
        reasons.append(
            Reason(
                "has_proposal",
                _("You have a proposal under this call already."),
                _("Go on with it, or withdraw it first."),
            )
        )
    if reasons:
        raise Refused(*reasons)


def _name_investigator(proposal: Proposal, person: Person) -> None:
    Participant.objects.create(
        proposal=proposal,
        person=person,
        name=person.name,
        email=person.email,
        organisation=proposal.organisation,
        organisation_name=proposal.organisation.name,
        role=ParticipantRole.INVESTIGATOR,
        state=ParticipantState.CONFIRMED,
        may_edit=True,
    )


def _answer_direction(proposal: Proposal) -> None:
    """The direction chosen at the start stands in the form already."""
    form = Form.model_validate(proposal.call.form)
    places = [(part.id, one.id) for part in form.sections for one in part.fields if one.kind is FieldKind.DIRECTION]
    if proposal.direction is not None:
        for section, field in places:
            SectionAnswer.objects.create(proposal=proposal, section=section, data={field: proposal.direction.code})
