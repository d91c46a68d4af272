"""The machine of a proposed change of the site's names and numbers."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from cms import rules as who
from cms.enums import ProfileState
from workflows.machine import Machine, State, Transition

S = ProfileState

PROFILE_CHANGE = Machine(
    model="cms.ProfileChange",
    title=_("Change of the site's names and numbers"),
    states=(
        State(S.PROPOSED, S.PROPOSED.label, S.PROPOSED.label, "go", _("a second person")),
        State(S.APPROVED, S.APPROVED.label, S.APPROVED.label, "ok", final=True),
        State(S.REFUSED, S.REFUSED.label, S.REFUSED.label, "no", final=True),
        State(S.WITHDRAWN, S.WITHDRAWN.label, S.WITHDRAWN.label, "", final=True),
    ),
    way=(S.PROPOSED, S.APPROVED),
    transitions=(
        Transition(
            "approve_profile",
            (S.PROPOSED,),
            S.APPROVED,
            _("Approve and put live"),
            who.is_second_to_profile,
            note="optional",
        ),
        Transition(
            "refuse_profile",
            (S.PROPOSED,),
            S.REFUSED,
            _("Do not approve the change"),
            who.is_second_to_profile,
            note="required",
            grave=True,
        ),
        Transition("withdraw_profile", (S.PROPOSED,), S.WITHDRAWN, _("Withdraw the change"), who.proposed_profile),
    ),
)


def bind() -> None:
    """Give the model its transitions; called once from `AppConfig.ready`."""
    PROFILE_CHANGE.bind(apps.get_model(PROFILE_CHANGE.model))
