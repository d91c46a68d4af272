"""Which changes of a project somebody may ask for, and what stands against one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organisation
from experts.conflicts.blocks import blocks_of
from projects import rules as who
from projects.budget import in_wan
from projects.definitions.contract import ChangeRow
from projects.enums import (
    IN_FORCE_CHANGES,
    OPEN_ADJUSTMENTS,
    OPEN_CHANGES,
    ChangeKind,
    ChangeRoute,
    ChangeStarter,
    MilestoneState,
    ProjectState,
)
from projects.models import Milestone, Project, ProjectChange
from projects.queries.change_words import day_in_words
from projects.queries.kept_rules import contract_rules_of
from projects.queries.payments import paid_of
from workflows.errors import Reason

Payload = Mapping[str, Any]
RUNS = (ProjectState.ACTIVE,)
STATES = {
    ChangeKind.RESUMPTION: (ProjectState.SUSPENDED,),
    ChangeKind.TERMINATION: (ProjectState.ACTIVE, ProjectState.SUSPENDED),
    ChangeKind.REVOCATION: (ProjectState.ACTIVE, ProjectState.SUSPENDED),
}
MAY = {
    ChangeStarter.INVESTIGATOR: who.leads,
    ChangeStarter.ORGANISATION: who.hosts,
    ChangeStarter.INTEGRITY: who.is_integrity_officer,
}
DECEMBER = 12


@dataclass(frozen=True)
class Offer:
    """A change that somebody may ask for by its row of the rules, and what stands against it before it is typed."""

    row: ChangeRow
    refusals: tuple[Reason, ...]

    @property
    def kind(self) -> ChangeKind:
        """What it changes."""
        return self.row.kind

    @property
    def route(self) -> ChangeRoute:
        """Who decides."""
        return self.row.route


def starter_of(project: Project, user: Any, row: ChangeRow) -> ChangeStarter | None:
    """As whom `user` may ask for a change of this row; None for who may not."""
    return next((one for one in row.starts if MAY[one](project, user)), None)


def may_ask(project: Project, user: Any) -> bool:
    """Whether `user` may ask for any change of the project as it stands. No query."""
    rows = (row for row in contract_rules_of(project).changes if project.state in STATES.get(row.kind, RUNS))
    return any(starter_of(project, user, row) for row in rows)


def offers(project: Project, user: Any) -> list[Offer]:
    """The changes that fit the state of the project and that `user` may ask for, in the order of the rows."""
    rows = [row for row in contract_rules_of(project).changes if project.state in STATES.get(row.kind, RUNS)]
    mine = [row for row in rows if starter_of(project, user, row)]
    return [Offer(row, tuple(before_asking(project, row))) for row in mine]


def before_asking(project: Project, row: ChangeRow) -> Iterator[Reason]:
    """What stands against a change of a kind whatever is typed: the state, the time, another one that waits."""
    yield from _state(project, row.kind)
    last = project.ends_on - dt.timedelta(days=row.before_end_days)
    if row.before_end_days and timezone.localdate() > last:
        text = _("It had to be asked for by %(day)s, %(count)d days before the end.")
        yield Reason(
            "too_late", text % {"day": day_in_words(last), "count": row.before_end_days}, _("Talk to the department.")
        )
    if ProjectChange.objects.filter(project=project, kind=row.kind, state__in=OPEN_CHANGES).exists():
        yield Reason("one_waits", _("Another change of this kind waits for a decision."), _("Withdraw that one first."))
    if row.kind == ChangeKind.EXTENSION:
        yield from _extended(project)


def standing(project: Project, kind: ChangeKind, payload: Payload) -> Iterator[Reason]:
    """What stands against putting a change in force now: asked when it is sent, and again when it is approved."""
    yield from _state(project, kind)
    check = CHECKS.get(kind)
    if check is not None:
        yield from check(project, payload)


def _state(project: Project, kind: ChangeKind) -> Iterator[Reason]:
    if project.state not in STATES.get(kind, RUNS):
        text = _("The project is “%(state)s”: this cannot be changed now.") % {"state": project.get_state_display()}
        yield Reason("not_now", text, _("Look at its record."))


def _extended(project: Project) -> Iterator[Reason]:
    most = contract_rules_of(project).extension.times
    done = ProjectChange.objects.filter(project=project, kind=ChangeKind.EXTENSION, state__in=IN_FORCE_CHANGES)
    if done.count() >= most:
        yield Reason("extended", _("The term was extended already."), _("It can be extended once only."))


def last_day(project: Project) -> dt.date:
    """The last day to which the term can be extended."""
    months = contract_rules_of(project).extension.months
    years, month = divmod(project.ends_on.month - 1 + months, DECEMBER)
    first = dt.date(project.ends_on.year + years, month + 1, 1)
    after = dt.date(first.year + (first.month == DECEMBER), first.month % DECEMBER + 1, 1)
    return min(first + dt.timedelta(days=project.ends_on.day - 1), after - dt.timedelta(days=1))


def _extension(project: Project, payload: Payload) -> Iterator[Reason]:
    yield from _extended(project)
    wanted, most = dt.date.fromisoformat(payload["ends_on"]), last_day(project)
    if not project.ends_on < wanted <= most:
        text = _("The new end has to lie after %(old)s and not after %(most)s.")
        days = {"old": day_in_words(project.ends_on), "most": day_in_words(most)}
        yield Reason("not_a_year", text % days, _("Choose another day."))


def milestones_ahead(project: Project) -> list[Milestone]:
    """The milestones that nobody has said to be reached, in order: what they ask for can still be changed."""
    return list(Milestone.objects.filter(project=project, state=MilestoneState.AHEAD).order_by("number"))


def _goals(project: Project, payload: Payload) -> Iterator[Reason]:
    asked = {int(number) for number in payload.get("milestones", {})}
    for number in sorted(asked - {one.number for one in milestones_ahead(project)} if asked else ()):
        yield not_ahead(number)


def not_ahead(number: int) -> Reason:
    """Why the text of a milestone cannot be changed any more."""
    text = _("Milestone %(number)d is no longer ahead: somebody has said that it is reached.")
    return Reason("not_ahead", text % {"number": number}, _("Leave it as it is."))


def _title(project: Project, payload: Payload) -> Iterator[Reason]:
    if payload["title"] == project.title:
        yield _nothing()


def _investigator(project: Project, payload: Payload) -> Iterator[Reason]:
    if payload["person"] == project.investigator_id:
        yield _nothing()
    for block in blocks_of([payload["person"]], timezone.localdate()).get(payload["person"], []):
        yield Reason("integrity_block", block.evidence, _("Choose somebody else."))


def _organisation(project: Project, payload: Payload) -> Iterator[Reason]:
    if payload["organisation"] == project.organisation_id:
        yield _nothing()
    if project.adjustments.filter(state__in=OPEN_ADJUSTMENTS).exists():
        text = _("A change of the budget waits for the present organisation.")
        yield Reason("budget_waits", text, _("Have it decided or withdraw it first."))
    if not Organisation.objects.filter(pk=payload["organisation"], state="verified").exists():
        yield Reason("not_verified", _("The new organisation is not verified."), _("Choose a verified one."))


def _participants(_project: Project, payload: Payload) -> Iterator[Reason]:
    if not payload["leave"] and not payload["join"]:
        yield _nothing()


def _settlement(project: Project, payload: Payload) -> Iterator[Reason]:
    paid, returned = paid_of(project), Decimal(payload["returned"])
    spent = Decimal(payload.get("spent", paid - returned))
    if min(spent, returned) < 0 or spent + returned != paid:
        text = _("What is spent and what is returned have to add up to the %(paid)s 万元 paid out.")
        yield Reason("settlement", text % {"paid": in_wan(paid)}, _("Change the amounts."))


def _nothing() -> Reason:
    return Reason("nothing_changes", _("Nothing would change."), _("Type what is to change."))


CHECKS = {
    ChangeKind.GOALS: _goals,
    ChangeKind.EXTENSION: _extension,
    ChangeKind.TITLE: _title,
    ChangeKind.INVESTIGATOR: _investigator,
    ChangeKind.ORGANISATION: _organisation,
    ChangeKind.PARTICIPANTS: _participants,
    ChangeKind.TERMINATION: _settlement,
    ChangeKind.REVOCATION: _settlement,
}
