"""The machines of changes of running projects, and of the supplementary contracts that follow."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import rules as who
from projects.enums import OPEN_CHANGES, ChangeRoute, ChangeState, SupplementState
from workflows.machine import Machine, State, Transition

S, P = ChangeState, SupplementState
WAITS_FOR = {
    S.WITH_ORGANISATION: _("the organisation"),
    S.WITH_NEW_HOST: pgettext_lazy("change", "the new host organisation"),
    S.WITH_AUTHORITY: pgettext_lazy("change", "the recommending authority"),
    S.WITH_DEPARTMENT: _("the department"),
}


def _way(change: Any) -> tuple[str, ...]:
    """The hands that this change goes through, as its open or last route has them."""
    from projects.queries.deciding_changes import states_of

    return (*states_of(change), S.APPLIED) if change.route != ChangeRoute.NOTICE else (S.RECORDED,)


PROJECT_CHANGE = Machine(
    model="projects.ProjectChange",
    title=_("Change of a project"),
    states=(
        State(S.DRAFT, S.DRAFT.label, S.DRAFT.label, ""),
        State(S.RECORDED, S.RECORDED.label, S.RECORDED.label, "ok", final=True),
        *(State(one, one.label, one.label, "go", waits_for) for one, waits_for in WAITS_FOR.items()),
        State(S.APPLIED, S.APPLIED.label, S.APPLIED.label, "ok", final=True),
        State(S.REJECTED, S.REJECTED.label, S.REJECTED.label, "no", final=True),
        State(S.WITHDRAWN, S.WITHDRAWN.label, S.WITHDRAWN.label, "", final=True),
    ),
    way=(*OPEN_CHANGES, S.APPLIED),
    shorter_way=_way,
    transitions=(
        Transition(
            "record", (S.DRAFT,), S.RECORDED, pgettext_lazy("change", "Record at once"), who.by_system, automatic=True
        ),
        *(
            Transition(f"pass_to_{name}", sources, target, label, who.by_system, automatic=True)
            for name, sources, target, label in (
                (
                    "organisation",
                    (S.DRAFT,),
                    S.WITH_ORGANISATION,
                    pgettext_lazy("change", "Send to the organisation"),
                ),
                (
                    "new_host",
                    (S.DRAFT, S.WITH_ORGANISATION),
                    S.WITH_NEW_HOST,
                    pgettext_lazy("change", "Pass on to the new host"),
                ),
                (
                    "authority",
                    (S.DRAFT, S.WITH_ORGANISATION, S.WITH_NEW_HOST),
                    S.WITH_AUTHORITY,
                    pgettext_lazy("change", "Pass on to the authority"),
                ),
                (
                    "department",
                    (S.DRAFT, S.WITH_ORGANISATION, S.WITH_NEW_HOST, S.WITH_AUTHORITY),
                    S.WITH_DEPARTMENT,
                    pgettext_lazy("change", "Pass on to the department"),
                ),
            )
        ),
        Transition(
            "apply", OPEN_CHANGES, S.APPLIED, pgettext_lazy("change", "Put in force"), who.by_system, automatic=True
        ),
        Transition(
            "reject", OPEN_CHANGES, S.REJECTED, pgettext_lazy("change", "Reject"), who.by_system, automatic=True
        ),
        Transition(
            "withdraw", OPEN_CHANGES, S.WITHDRAWN, pgettext_lazy("change", "Withdraw"), who.asked_for_it, grave=True
        ),
    ),
)

SUPPLEMENT = Machine(
    model="projects.Supplement",
    title=_("Supplementary contract"),
    states=(
        State(P.SIGNING, P.SIGNING.label, P.SIGNING.label, "go", _("the next to sign")),
        State(P.SIGNED, P.SIGNED.label, P.SIGNED.label, "ok", final=True),
        State(P.CANCELLED, P.CANCELLED.label, P.CANCELLED.label, "no", final=True),
    ),
    way=(P.SIGNING, P.SIGNED),
    transitions=(
        Transition("finish_signing", (P.SIGNING,), P.SIGNED, _("All have signed"), who.by_system, automatic=True),
        Transition(
            "cancel",
            (P.SIGNING,),
            P.CANCELLED,
            pgettext_lazy("supplementary contract", "Cancel"),
            who.by_system,
            automatic=True,
        ),
    ),
)
