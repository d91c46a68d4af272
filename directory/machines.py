"""The machines of this room: an organisation with its authority, a person with an organisation."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory import conditions as when
from directory import rules as who
from directory.enums import MembershipState, OrganisationState
from workflows.machine import Machine, State, Transition

O, M = OrganisationState, MembershipState  # noqa: E741 - beside M it reads as a table

ORGANISATION = Machine(
    model="directory.Organisation",
    title=_("Organisation"),
    states=(
        State(O.REGISTERED, O.REGISTERED.label, O.REGISTERED.label, "go", _("its authority")),
        State(O.VERIFIED, O.VERIFIED.label, O.VERIFIED.label, "ok"),
        State(O.REFUSED, O.REFUSED.label, O.REFUSED.label, "no", final=True),
        State(O.CLOSED, O.CLOSED.label, O.CLOSED.label, "", final=True),
    ),
    way=(O.REGISTERED, O.VERIFIED),
    transitions=(
        Transition(
            "verify",
            (O.REGISTERED,),
            O.VERIFIED,
            pgettext_lazy("organisation", "Verify"),
            who.verifies,
            (when.credit_code_is_valid,),
            told=_("Your organisation is verified. It can invite people and host proposals now."),
            note="optional",
        ),
        Transition(
            "refuse",
            (O.REGISTERED,),
            O.REFUSED,
            pgettext_lazy("organisation", "Refuse"),
            who.verifies,
            told=_("The registration of your organisation was refused."),
            note="required",
            grave=True,
        ),
        Transition(
            "close",
            (O.VERIFIED,),
            O.CLOSED,
            pgettext_lazy("organisation", "Close"),
            who.is_system_admin,
            told=_("Your organisation was closed."),
            note="required",
            grave=True,
        ),
    ),
)

MEMBERSHIP = Machine(
    model="directory.Membership",
    title=_("Membership"),
    states=(
        State(M.INVITED, M.INVITED.label, M.INVITED.label, "go", _("the person invited")),
        State(M.REQUESTED, M.REQUESTED.label, M.REQUESTED.label, "go", _("the organisation's administrator")),
        State(M.ACTIVE, M.ACTIVE.label, M.ACTIVE.label, "ok"),
        State(M.DECLINED, M.DECLINED.label, M.DECLINED.label, "no", final=True),
        State(M.ENDED, M.ENDED.label, M.ENDED.label, "", final=True),
        State(M.EXPIRED, M.EXPIRED.label, M.EXPIRED.label, "warn", _("the organisation's administrator")),
        State(M.WITHDRAWN, M.WITHDRAWN.label, M.WITHDRAWN.label, "", final=True),
    ),
    way=(M.INVITED, M.ACTIVE),
    transitions=(
        Transition(
            "accept", (M.INVITED,), M.ACTIVE, _("Accept the invitation"), who.is_invited, (when.invitation_is_open,)
        ),
        Transition(
            "decline",
            (M.INVITED,),
            M.DECLINED,
            _("Decline the invitation"),
            who.is_invited,
            note="optional",
            grave=True,
        ),
        Transition("renew", (M.INVITED, M.EXPIRED), M.INVITED, _("Renew the invitation"), who.runs),
        Transition(
            "withdraw",
            (M.INVITED, M.EXPIRED),
            M.WITHDRAWN,
            _("Withdraw the invitation"),
            who.runs,
            note="optional",
            grave=True,
        ),
        Transition("expire", (M.INVITED,), M.EXPIRED, _("Let the invitation expire"), who.by_system, automatic=True),
        Transition(
            "confirm",
            (M.REQUESTED,),
            M.ACTIVE,
            _("Confirm the person"),
            who.runs,
            (when.organisation_is_verified,),
            told=_("The organisation has confirmed you as a member."),
        ),
        Transition(
            "confirm_first",
            (M.REQUESTED,),
            M.ACTIVE,
            _("Confirm with the organisation"),
            who.by_system,
            (when.organisation_is_verified,),
            automatic=True,
        ),
        Transition(
            "turn_down",
            (M.REQUESTED,),
            M.DECLINED,
            _("Turn down"),
            who.runs,
            told=_("The organisation has turned down your request."),
            note="required",
            grave=True,
        ),
        Transition(
            "end",
            (M.ACTIVE,),
            M.ENDED,
            _("End the membership"),
            who.leaves_or_runs,
            (when.an_administrator_remains,),
            told=_("Your membership has ended."),
            note="optional",
            grave=True,
        ),
    ),
)


def bind() -> None:
    """Give each model its transitions."""
    for machine in (ORGANISATION, MEMBERSHIP):
        machine.bind(apps.get_model(machine.model))
