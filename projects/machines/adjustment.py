"""The machine of a change of a budget."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import OPEN_ADJUSTMENTS, AdjustmentRoute, AdjustmentState
from workflows.machine import Machine, State, Transition

S = AdjustmentState


def _way(adjustment: Any) -> tuple[str, ...]:
    """The department is a step only where the rules ask for its word."""
    if adjustment.route == AdjustmentRoute.ORGANISATION:
        return (S.WITH_ORGANISATION, S.APPLIED)
    return (S.WITH_ORGANISATION, S.WITH_DEPARTMENT, S.APPLIED)


ADJUSTMENT = Machine(
    model="projects.Adjustment",
    title=_("Budget adjustment"),
    states=(
        State(S.DRAFT, S.DRAFT.label, S.DRAFT.label, ""),
        State(S.RECORDED, S.RECORDED.label, S.RECORDED.label, "ok", final=True),
        State(S.WITH_ORGANISATION, S.WITH_ORGANISATION.label, S.WITH_ORGANISATION.label, "go", _("the organisation")),
        State(S.WITH_DEPARTMENT, S.WITH_DEPARTMENT.label, S.WITH_DEPARTMENT.label, "go", _("the department")),
        State(S.APPLIED, S.APPLIED.label, S.APPLIED.label, "ok", final=True),
        State(S.REJECTED, S.REJECTED.label, S.REJECTED.label, "no", final=True),
        State(S.WITHDRAWN, S.WITHDRAWN.label, S.WITHDRAWN.label, "", final=True),
    ),
    way=(S.WITH_ORGANISATION, S.WITH_DEPARTMENT, S.APPLIED),
    shorter_way=_way,
    transitions=(
        Transition(
            "record",
            (S.DRAFT,),
            S.RECORDED,
            _("Record at once"),
            who.is_investigator,
            (when.rules_ask_nobody,),
        ),
        Transition(
            "send",
            (S.DRAFT,),
            S.WITH_ORGANISATION,
            _("Send to the organisation"),
            who.is_investigator,
            (when.rules_ask_somebody,),
        ),
        Transition(
            "pass_on",
            (S.WITH_ORGANISATION,),
            S.WITH_DEPARTMENT,
            _("Pass on to the department"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "apply", OPEN_ADJUSTMENTS, S.APPLIED, pgettext_lazy("adjustment", "Apply"), who.by_system, automatic=True
        ),
        Transition(
            "reject", OPEN_ADJUSTMENTS, S.REJECTED, pgettext_lazy("adjustment", "Reject"), who.by_system, automatic=True
        ),
        Transition(
            "withdraw",
            OPEN_ADJUSTMENTS,
            S.WITHDRAWN,
            pgettext_lazy("adjustment", "Withdraw"),
            who.is_investigator,
            grave=True,
        ),
    ),
)
