"""The machines of the contract and the project that begins with it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import ContractState, ProjectState
from workflows.machine import Machine, State, Transition

CONTRACT = Machine(
    model="projects.Contract",
    title=_("Contract"),
    states=(
        State(ContractState.DRAFT, ContractState.DRAFT.label, ContractState.DRAFT.label, "", _("the investigator")),
        State(
            ContractState.SIGNING,
            ContractState.SIGNING.label,
            ContractState.SIGNING.label,
            "go",
            _("the next to sign"),
        ),
        State(ContractState.SIGNED, ContractState.SIGNED.label, ContractState.SIGNED.label, "ok", final=True),
        State(ContractState.LAPSED, ContractState.LAPSED.label, ContractState.LAPSED.label, "no", final=True),
        State(ContractState.CANCELLED, ContractState.CANCELLED.label, ContractState.CANCELLED.label, "no", final=True),
    ),
    way=(ContractState.DRAFT, ContractState.SIGNING, ContractState.SIGNED),
    transitions=(
        Transition(
            "start_signing",
            (ContractState.DRAFT,),
            ContractState.SIGNING,
            _("Confirm the text and start signing"),
            who.is_investigator,
            (when.contract_is_complete,),
        ),
        Transition(
            "finish_signing",
            (ContractState.SIGNING,),
            ContractState.SIGNED,
            _("All have signed"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "return_contract",
            (ContractState.SIGNING,),
            ContractState.DRAFT,
            _("Return for correction"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "lapse",
            (ContractState.DRAFT, ContractState.SIGNING),
            ContractState.LAPSED,
            pgettext_lazy("contract", "Lapse"),
            who.by_system,
            automatic=True,
        ),
    ),
)


PROJECT = Machine(
    model="projects.Project",
    title=_("Project"),
    states=(
        State(
            ProjectState.CONTRACT, ProjectState.CONTRACT.label, ProjectState.CONTRACT.label, "go", _("those who sign")
        ),
        State(ProjectState.ACTIVE, ProjectState.ACTIVE.label, ProjectState.ACTIVE.label, "ok"),
        State(ProjectState.SUSPENDED, ProjectState.SUSPENDED.label, ProjectState.SUSPENDED.label, "warn"),
        State(ProjectState.LAPSED, ProjectState.LAPSED.label, ProjectState.LAPSED.label, "no", final=True),
        State(ProjectState.TERMINATED, ProjectState.TERMINATED.label, ProjectState.TERMINATED.label, "no", final=True),
        State(ProjectState.REVOKED, ProjectState.REVOKED.label, ProjectState.REVOKED.label, "no", final=True),
        State(ProjectState.PASSED, ProjectState.PASSED.label, ProjectState.PASSED.label, "ok", final=True),
        State(ProjectState.CONCLUDED, ProjectState.CONCLUDED.label, ProjectState.CONCLUDED.label, "", final=True),
        State(ProjectState.FAILED, ProjectState.FAILED.label, ProjectState.FAILED.label, "no", final=True),
    ),
    way=(ProjectState.CONTRACT, ProjectState.ACTIVE, ProjectState.PASSED),
    transitions=(
        Transition("begin", (ProjectState.CONTRACT,), ProjectState.ACTIVE, _("Begin"), who.by_system, automatic=True),
        Transition(
            "lapse_project",
            (ProjectState.CONTRACT,),
            ProjectState.LAPSED,
            pgettext_lazy("project", "Lapse"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "suspend",
            (ProjectState.ACTIVE,),
            ProjectState.SUSPENDED,
            pgettext_lazy("project", "Suspend"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "resume",
            (ProjectState.SUSPENDED,),
            ProjectState.ACTIVE,
            pgettext_lazy("project", "Resume"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "terminate",
            (ProjectState.ACTIVE, ProjectState.SUSPENDED),
            ProjectState.TERMINATED,
            pgettext_lazy("project", "Terminate"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "revoke",
            (ProjectState.ACTIVE, ProjectState.SUSPENDED),
            ProjectState.REVOKED,
            pgettext_lazy("project", "Revoke"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "pass_acceptance",
            (ProjectState.ACTIVE,),
            ProjectState.PASSED,
            pgettext_lazy("project", "Passed at the acceptance"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "conclude",
            (ProjectState.ACTIVE,),
            ProjectState.CONCLUDED,
            pgettext_lazy("project", "Concluded at the acceptance"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "fail_acceptance",
            (ProjectState.ACTIVE,),
            ProjectState.FAILED,
            pgettext_lazy("project", "Failed at the acceptance"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "reopen",
            (ProjectState.PASSED, ProjectState.CONCLUDED, ProjectState.FAILED),
            ProjectState.ACTIVE,
            pgettext_lazy("project", "Reopened after an appeal"),
            who.by_system,
            automatic=True,
        ),
    ),
)
