"""The machine of an acceptance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import OPEN_ACCEPTANCES
from projects.enums import AcceptanceState as S
from projects.enums import AppealState as A
from workflows.machine import Machine, State, Transition

ACCEPTANCE = Machine(
    model="projects.Acceptance",
    title=_("Acceptance"),
    states=(
        State(S.DRAFT, S.DRAFT.label, S.DRAFT.label, "", _("the investigator")),
        State(S.RETURNED, S.RETURNED.label, S.RETURNED.label, "warn", _("the investigator")),
        State(S.FILED, S.FILED.label, S.FILED.label, "go", _("the organisation")),
        State(S.CONFIRMED, S.CONFIRMED.label, S.CONFIRMED.label, "go", _("the programme officer")),
        State(S.CHECKED, S.CHECKED.label, S.CHECKED.label, "go", _("the organiser")),
        State(S.IN_REVIEW, S.IN_REVIEW.label, S.CHECKED.label, "go", _("the experts")),
        State(S.OPINED, S.OPINED.label, S.CHECKED.label, "go", _("the programme officer")),
        State(S.PROPOSED, S.PROPOSED.label, S.CHECKED.label, "go", _("a decision maker")),
        State(S.RECTIFYING, S.RECTIFYING.label, S.RECTIFYING.label, "warn", _("the investigator")),
        State(S.DECIDED, S.DECIDED.label, S.DECIDED.label, "ok", final=True),
    ),
    way=(S.DRAFT, S.FILED, S.CONFIRMED, S.CHECKED, S.OPINED, S.PROPOSED, S.DECIDED),
    transitions=(
        Transition(
            "file",
            OPEN_ACCEPTANCES,
            S.FILED,
            pgettext_lazy("acceptance", "File for acceptance"),
            who.is_investigator,
            (when.project_runs, when.acceptance_is_written),
        ),
        Transition("confirm", (S.FILED,), S.CONFIRMED, pgettext_lazy("acceptance", "Confirm"), who.administers),
        Transition(
            "return_by_organisation",
            (S.FILED,),
            S.RETURNED,
            pgettext_lazy("acceptance", "Return for correction"),
            who.administers,
            note="required",
        ),
        Transition("check", (S.CONFIRMED,), S.CHECKED, pgettext_lazy("acceptance", "Papers are whole"), who.is_officer),
        Transition(
            "return_by_department",
            (S.CONFIRMED,),
            S.RETURNED,
            pgettext_lazy("acceptance", "Return for correction"),
            who.is_officer,
            note="required",
        ),
        Transition(
            "opine",
            (S.CHECKED,),
            S.OPINED,
            pgettext_lazy("acceptance", "Enter the experts' opinion"),
            who.organises,
        ),
        Transition(
            "send_to_experts",
            (S.CHECKED,),
            S.IN_REVIEW,
            pgettext_lazy("acceptance", "Send to the review service"),
            who.sends_acceptance_to_experts,
        ),
        Transition(
            "finish_review",
            (S.IN_REVIEW,),
            S.OPINED,
            pgettext_lazy("acceptance", "Take over what the experts found"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "leave_review",
            (S.IN_REVIEW,),
            S.CHECKED,
            pgettext_lazy("acceptance", "Leave the cancelled review"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "propose",
            (S.OPINED,),
            S.PROPOSED,
            pgettext_lazy("acceptance", "Propose the outcome"),
            who.is_officer,
        ),
        Transition(
            "send_back",
            (S.PROPOSED,),
            S.OPINED,
            pgettext_lazy("acceptance", "Send the proposal back"),
            who.is_decision_maker,
            note="required",
        ),
        Transition(
            "approve",
            (S.PROPOSED,),
            S.DECIDED,
            pgettext_lazy("acceptance", "Approve the outcome"),
            who.ends_acceptance,
            (when.project_runs,),
            grave=True,
        ),
        Transition(
            "ask_rectification",
            (S.PROPOSED,),
            S.RECTIFYING,
            pgettext_lazy("acceptance", "Ask for rectification"),
            who.asks_rectification,
            (when.project_runs,),
        ),
        Transition(
            "reopen",
            (S.DECIDED,),
            S.OPINED,
            pgettext_lazy("acceptance", "Decide again after an appeal"),
            who.by_system,
            automatic=True,
        ),
    ),
)

ACCEPTANCE_APPEAL = Machine(
    model="projects.AcceptanceAppeal",
    title=pgettext_lazy("acceptance", "Appeal"),
    states=(
        State(A.MADE, A.MADE.label, A.MADE.label, "warn", _("an integrity officer")),
        State(A.UPHELD, A.UPHELD.label, A.UPHELD.label, "", final=True),
        State(A.GRANTED, A.GRANTED.label, A.GRANTED.label, "ok", final=True),
    ),
    way=(A.MADE, A.UPHELD),
    transitions=(
        Transition(
            "uphold",
            (A.MADE,),
            A.UPHELD,
            pgettext_lazy("appeal", "The outcome stands"),
            who.answers_appeal,
            note="required",
            grave=True,
        ),
        Transition(
            "grant",
            (A.MADE,),
            A.GRANTED,
            pgettext_lazy("appeal", "Grant it: decide again"),
            who.answers_appeal,
            note="required",
            grave=True,
        ),
    ),
)
