"""Asking for a change of a running project: in force at once as a notice, or sent to those who decide."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.models import User
from projects.actions import change_clock as clock
from projects.actions.change_effects import put_in_force
from projects.actions.change_route import pass_on
from projects.definitions.contract import ChangeRow
from projects.enums import ChangeKind
from projects.models import Project, ProjectChange
from projects.notices_of_changes import tell_in_force
from projects.queries.change_offers import before_asking, standing, starter_of
from projects.queries.change_words import rows_of
from projects.queries.contract_versions import present_content
from projects.queries.deciding_changes import KIND, Place, places
from projects.queries.kept_rules import contract_rules_of
from workflows.actions import journal
from workflows.actions.files import receive_file
from workflows.actions.perform import perform
from workflows.actions.routes import StepPlan, cancel_route, start_route
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused
from workflows.routes import open_route

PAPERS = ("pdf", "docx", "png", "jpg", "jpeg")


@dataclass(frozen=True)
class ChangeWish:
    """What somebody asks for.

    payload -- what changes, by kind, as JSON: see `projects.forms.change`; key -- of the form, so that pressing twice
    asks once; paper -- a document that proves the need, where there is one.
    """

    kind: ChangeKind
    payload: Mapping[str, Any]
    reason: str
    key: uuid.UUID
    paper: File[Any] | None = None


def ask_change(*, project: Project, wish: ChangeWish, by: User) -> ProjectChange:
    """Ask for a change: by the row of the rules that the project keeps it is in force at once, or goes to who decides.

    NotAllowed for whom the row does not let ask; Refused with all that stands against it, and what the gate says
    about the paper.
    """
    with unit():
        row = locked_project(project.pk)
        rules = contract_rules_of(row).change_of(wish.kind)
        starter = starter_of(row, by, rules)
        if starter is None:
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        known: ProjectChange | None = ProjectChange.objects.filter(project=row, key=wish.key).first()
        if known is not None:
            return known
        _check(row, rules, wish)
        change = _make(row, rules, wish, by)
        if wish.paper is not None:
            receive_file(subject=change, purpose="paper", upload=wish.paper, by=by, allowed=PAPERS)
        _follow(change, places(row, change, starter), by)
    return change


def withdraw_change(*, projectchange: ProjectChange, by: User, note: str = "") -> ProjectChange:
    """Take back what was not decided yet."""
    with unit():
        locked_project(projectchange.project_id)
        with perform(projectchange, "withdraw", by=by, note=note) as row:
            row.decided_at = timezone.now()
        route = open_route(projectchange, KIND)
        if route is not None:
            cancel_route(route=route, by=by)
        clock.stop(projectchange)
    return projectchange


def locked_project(pk: int) -> Project:
    """The project under its lock, which every step of a change takes first. Only inside a unit of work."""
    rows = Project.objects.select_for_update(of=("self",))
    found: Project = rows.select_related("organisation__authority", "investigator", "contract").get(pk=pk)
    return found


def _check(project: Project, rules: ChangeRow, wish: ChangeWish) -> None:
    reasons = [*before_asking(project, rules), *_of_the_words(wish)]
    codes = {one.code for one in reasons}
    reasons += [one for one in standing(project, wish.kind, wish.payload) if one.code not in codes]
    if reasons:
        raise Refused(*reasons)


def _of_the_words(wish: ChangeWish) -> Iterator[Reason]:
    if not wish.reason.strip():
        yield Reason("no_reason", _("A reason is required."), _("Say why the project needs it."))


def _make(project: Project, rules: ChangeRow, wish: ChangeWish, by: User) -> ProjectChange:
    last = ProjectChange.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    with translation.override(settings.LANGUAGE_CODE):  # what is kept in words is in the site's language
        rows = rows_of(project, present_content(project.contract), wish.kind, wish.payload)
    made: ProjectChange = ProjectChange.objects.create(
        project=project,
        number=last + 1,
        key=wish.key,
        kind=wish.kind,
        payload=dict(wish.payload),
        rows=rows,
        reason=wish.reason.strip(),
        asked_by=by,
        route=rules.route,
        supplement_follows=rules.supplement,
        rules_version=contract_rules_of(project).name,
        source=rules.source,
    )
    data = {"project": project.pk, "kind": made.kind, "route": made.route, "rows": rows}
    journal.append(action="projects.projectchange.ask", subject=made, by=by, data=data)
    return made


def _follow(change: ProjectChange, steps: list[Place], by: User) -> None:
    if not steps:
        with perform(change, "record", by=SYSTEM) as row:
            row.decided_at = timezone.now()
        put_in_force(change)
        tell_in_force(change, "record")
        return
    plans = [StepPlan(role=role, label=str(role.label), scope=scope) for role, scope in steps]
    start_route(subject=change, kind=KIND, steps=plans, by=by)
    pass_on(change)
