"""Who decides on a change of a project, whose turn it is, and through which hands it goes."""

from __future__ import annotations

from typing import Any

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from directory.queries.standing import standing as standing_of
from projects.enums import ChangeKind, ChangeRoute, ChangeStarter, ChangeState
from projects.models import Project, ProjectChange
from projects.queries.change_offers import standing
from workflows.errors import Reason
from workflows.models import Route, RouteStep
from workflows.routes import open_route, open_step

KIND = "change"
Place = tuple[Role, str]
CLOCKS = {
    ChangeState.WITH_ORGANISATION: "organisation",
    ChangeState.WITH_NEW_HOST: "new_host",
    ChangeState.WITH_AUTHORITY: "authority",
    ChangeState.WITH_DEPARTMENT: "department",
}


def places(project: Project, change: ProjectChange, starter: ChangeStarter) -> list[Place]:
    """Who decides, in order: (role, scope). Nobody for a notice; an organisation that asks has said its word."""
    if change.route == ChangeRoute.NOTICE:
        return []
    own = starter == ChangeStarter.INVESTIGATOR
    found = [(Role.ORGANISATION_ADMIN, str(project.organisation_id))] if own else []
    if change.route == ChangeRoute.ORGANISATION:
        return found
    if change.kind == ChangeKind.ORGANISATION:
        found.append((Role.ORGANISATION_ADMIN, str(change.payload["organisation"])))
    authority = project.organisation.authority
    if starter != ChangeStarter.INTEGRITY and authority is not None and not authority.is_department:
        found.append((Role.RECOMMENDING_OFFICER, str(authority.pk)))
    return [*found, (Role.DECISION_MAKER, "")]


def state_at(change: ProjectChange, step: RouteStep) -> ChangeState:
    """The state of a change whose route stands at `step`."""
    if step.role == Role.ORGANISATION_ADMIN:
        new = change.kind == ChangeKind.ORGANISATION and step.scope == str(change.payload["organisation"])
        return ChangeState.WITH_NEW_HOST if new else ChangeState.WITH_ORGANISATION
    return ChangeState.WITH_AUTHORITY if step.role == Role.RECOMMENDING_OFFICER else ChangeState.WITH_DEPARTMENT


def routes_of(change: ProjectChange) -> list[Route]:
    """The approvals with steps and what was said: three queries."""
    rows = Route.objects.filter(kind=KIND, subject_type=change._meta.label_lower, subject_id=change.pk)
    return list(rows.prefetch_related("steps__decisions__by__person").order_by("-pk"))


def states_of(change: ProjectChange) -> list[ChangeState]:
    """The states that the change goes through, by the steps of its route."""
    steps = RouteStep.objects.filter(
        route__kind=KIND, route__subject_type=change._meta.label_lower, route__subject_id=change.pk
    )
    return [state_at(change, step) for step in steps.order_by("order")]


def may_decide(user: Any, step: RouteStep, change: ProjectChange) -> bool:
    """Whether `user` is who the step asks for: never who asked, who leads the project or who is to lead it."""
    who = standing_of(user)
    led = (change.project.investigator_id, change.payload.get("person"))
    if who.person_id is None or who.person_id in led or user.pk == change.asked_by_id:
        return False
    if step.role == Role.ORGANISATION_ADMIN:
        return step.scope in {str(pk) for pk in who.admin_of}
    if step.role == Role.RECOMMENDING_OFFICER:
        return step.scope in {str(pk) for pk in who.recommends_for}
    return who.has(Role.DECISION_MAKER)


def step_for(change: ProjectChange, user: Any) -> RouteStep | None:
    """The step at which `user` can decide now; None for who cannot."""
    route = open_route(change, KIND)
    step = open_step(route) if route else None
    return step if step is not None and may_decide(user, step, change) else None


def deciders(change: ProjectChange) -> list[User]:
    """The accounts that can decide now."""
    route = open_route(change, KIND)
    step = open_step(route) if route else None
    if step is None:
        return []
    found = holders(Role(step.role), int(step.scope) if step.scope else None)
    return [user for user in found.select_related("person") if may_decide(user, step, change)]


def against(change: ProjectChange) -> list[Reason]:
    """Why the change cannot be put in force as things stand now."""
    return list(standing(change.project, ChangeKind(change.kind), change.payload))
