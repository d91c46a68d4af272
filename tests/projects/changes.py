"""Wishes to change a project under way, and the hands that decide on them."""

from __future__ import annotations

import uuid
from typing import Any

from directory.models import User
from projects.actions.change import ChangeWish, ask_change
from projects.actions.change_decision import decide_change
from projects.enums import ChangeKind
from projects.models import Project, ProjectChange
from tests.factories import way
from tests.projects.budgets import again
from workflows.enums import Verdict

REASON = "研究工作需要。"
GOALS = {"goals": "形成修复技术两套。", "targets": [{"name": "技术规程", "value": "3项", "check": "文本"}]}


def wish(kind: str, **payload: Any) -> ChangeWish:
    """A wish of a kind."""
    return ChangeWish(ChangeKind(kind), payload, REASON, uuid.uuid4())


def asked(project: Project, by: User, kind: str, **payload: Any) -> ProjectChange:
    """A change that was asked for."""
    return ask_change(project=project, wish=wish(kind, **payload), by=again(by))


def approve(change: ProjectChange, *users: User) -> ProjectChange:
    """Let each approve in turn."""
    for user in users:
        decide_change(change=change, verdict=Verdict.APPROVE, by=again(user))
    return change


def all_hands(cast: way.Cast) -> tuple[User, User, User]:
    """Who decides on what an investigator asks of the department."""
    return cast.admin, cast.recommender, cast.decision_maker
