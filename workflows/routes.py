"""Kinds of approval routes: who may decide at a step, and what follows. The rooms register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from workflows.enums import RouteState
from workflows.models import Route, RouteStep

Hook = Callable[[Route], object]


@dataclass(frozen=True)
class RouteKind:
    """`may(user, step, subject)` says who has a voice; the hooks run in the unit that closes the route."""

    code: str
    may: Callable[[Any, RouteStep, Any], bool]
    on_approved: Hook
    on_refused: Hook
    on_returned: Hook


KINDS: dict[str, RouteKind] = {}


def register(kind: RouteKind) -> None:
    """Register a kind once; a second one under its code is a fault of the program."""
    if kind.code in KINDS:
        raise ValueError(f"the kind of route {kind.code} is registered twice")
    KINDS[kind.code] = kind


def subject_of(route: Route) -> Any:
    """The object that the route is about."""
    return apps.get_model(route.subject_type)._base_manager.get(pk=route.subject_id)


def open_route(subject: models.Model, kind: str) -> Route | None:
    """The route under way over `subject`, if any."""
    return Route.objects.filter(
        kind=kind, subject_type=subject._meta.label_lower, subject_id=subject.pk, state=RouteState.OPEN
    ).first()


def open_step(route: Route) -> RouteStep | None:
    """The step at which an open route stands; None when the route is closed."""
    if route.state != RouteState.OPEN:
        return None
    return route.steps.filter(passed_at__isnull=True).order_by("order").first()


def open_steps(kind: str) -> models.QuerySet[RouteStep]:
    """The present step of every open route of `kind`, for the inbox source of a room: one query."""
    earlier = RouteStep.objects.filter(
        route=models.OuterRef("route"), order__lt=models.OuterRef("order"), passed_at__isnull=True
    )
    steps = RouteStep.objects.filter(route__kind=kind, route__state=RouteState.OPEN, passed_at__isnull=True)
    return steps.exclude(models.Exists(earlier)).select_related("route").order_by("due_at", "pk")


def without_voice_of(steps: models.QuerySet[RouteStep], user: Any) -> models.QuerySet[RouteStep]:
    """Those of `steps` at which `user` has not decided yet."""
    return steps.exclude(decisions__by=user, decisions__void=False)
