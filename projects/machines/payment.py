"""The machines of milestones and of the instalments that may hang on them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import InstalmentState, MilestoneState, RepaymentState
from workflows.machine import Machine, State, Transition

R = RepaymentState
M, I = MilestoneState, InstalmentState  # noqa: E741 - the table is read by these

MILESTONE = Machine(
    model="projects.Milestone",
    title=_("Milestone"),
    states=(
        State(M.AHEAD, M.AHEAD.label, M.AHEAD.label, "", _("the investigator")),
        State(M.CLAIMED, M.CLAIMED.label, M.CLAIMED.label, "go", _("the programme officer")),
        State(M.REACHED, M.REACHED.label, M.REACHED.label, "ok", final=True),
    ),
    way=(M.AHEAD, M.CLAIMED, M.REACHED),
    transitions=(
        Transition(
            "claim",
            (M.AHEAD,),
            M.CLAIMED,
            pgettext_lazy("milestone", "Say that it is reached"),
            who.is_investigator,
            (when.project_runs,),
            note="required",
        ),
        Transition("reach", (M.CLAIMED,), M.REACHED, pgettext_lazy("milestone", "Confirm"), who.is_officer),
        Transition(
            "send_back",
            (M.CLAIMED,),
            M.AHEAD,
            pgettext_lazy("milestone", "Send back"),
            who.is_officer,
            note="required",
        ),
    ),
)

REPAYMENT = Machine(
    model="projects.Repayment",
    title=_("Repayment"),
    states=(
        State(R.TOLD, R.TOLD.label, R.TOLD.label, "go", _("the programme officer")),
        State(R.CONFIRMED, R.CONFIRMED.label, R.CONFIRMED.label, "ok", final=True),
        State(R.REJECTED, R.REJECTED.label, R.REJECTED.label, "no", final=True),
    ),
    way=(R.TOLD, R.CONFIRMED),
    transitions=(
        Transition("confirm", (R.TOLD,), R.CONFIRMED, pgettext_lazy("repayment", "Confirm"), who.is_officer),
        Transition(
            "reject", (R.TOLD,), R.REJECTED, pgettext_lazy("repayment", "Not received"), who.is_officer, note="required"
        ),
    ),
)

INSTALMENT = Machine(
    model="projects.Instalment",
    title=_("Instalment"),
    states=(
        State(I.PLANNED, I.PLANNED.label, I.PLANNED.label, "", _("the programme officer")),
        State(I.PAID, I.PAID.label, I.PAID.label, "go", _("the organisation")),
        State(I.ARRIVED, I.ARRIVED.label, I.ARRIVED.label, "ok", final=True),
        State(I.CANCELLED, I.CANCELLED.label, I.CANCELLED.label, "no", final=True),
    ),
    way=(I.PLANNED, I.PAID, I.ARRIVED),
    transitions=(
        Transition(
            "pay",
            (I.PLANNED,),
            I.PAID,
            pgettext_lazy("instalment", "Record the payment"),
            who.is_officer,
            (when.project_runs, when.condition_is_met, when.within_the_budget),
        ),
        Transition(
            "take_back",
            (I.PAID,),
            I.PLANNED,
            pgettext_lazy("instalment", "The payment came back"),
            who.is_officer,
            note="required",
            grave=True,
        ),
        Transition("arrive", (I.PAID,), I.ARRIVED, pgettext_lazy("instalment", "Confirm the arrival"), who.administers),
        Transition(
            "cancel",
            (I.PLANNED,),
            I.CANCELLED,
            pgettext_lazy("instalment", "Cancel"),
            who.by_system,
            automatic=True,
        ),
    ),
)
