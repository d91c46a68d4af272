"""Which officer looks after a project: whose inbox it fills, who is told, and the projects of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.enums import OVER
from projects.models import Handover, Project


def officers_of(project: Project) -> list[User]:
    """Whom the department's share in a project is told: the officer in charge, all officers where that one is none."""
    found = list(holders(Role.PROGRAMME_OFFICER))
    own = [user for user in found if user.pk == project.officer_id]
    return own or found


def cared_for(user: Any, prefix: str = "project__") -> Q:
    """The condition that records of projects (reached over `prefix`) wait for `user` as an officer.

    What nobody is in charge of, or somebody who is no officer any more, waits for all of them.
    """
    others = holders(Role.PROGRAMME_OFFICER).exclude(pk=user.pk).order_by()
    own, free = Q(**{f"{prefix}officer": user.pk}), Q(**{f"{prefix}officer": None})
    return own | free | ~Q(**{f"{prefix}officer__in": others.values("pk")})


def in_care(user: User) -> QuerySet[Project]:
    """The projects that `user` is in charge of and that are not over, the newest first."""
    found: QuerySet[Project] = Project.objects.filter(officer=user.pk).exclude(state__in=OVER)
    return found.order_by("-pk")


def involved(user: Any) -> Q:
    """The condition of the hand-overs that `user` gives, receives or made."""
    return Q(giver=user.pk) | Q(receiver=user.pk) | Q(made_by=user.pk)


def shown_projects(handover: Handover) -> QuerySet[Project]:
    """The projects of a hand-over with what a list of them shows."""
    found: QuerySet[Project] = handover.projects.select_related("organisation", "investigator", "officer__person")
    return found.order_by("number")
