"""Changes of a budget (预算调剂): asked for by the investigator, recorded at once or decided, as the rules say."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import User
from projects import rules as who
from projects.actions import adjustment_clock as clock
from projects.actions.ledger import apply_changes, locked_ledger
from projects.actions.payment_plan import keep_in_step
from projects.channel.decide import Decision
from projects.enums import AdjustmentRoute, ProjectState
from projects.models import Adjustment, AdjustmentLine, LedgerLine, PreparedAdjustment, Project
from projects.notices_of_adjustments import tell_recorded
from projects.queries.deciding_adjustments import KIND
from projects.queries.kept_rules import channel_rules_of
from projects.queries.ledger import Changes, decision_on, fingerprint
from projects.queries.payments import below_paid
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.routes import StepPlan, cancel_route, start_route
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused
from workflows.routes import open_route


@dataclass(frozen=True)
class Wish:
    """What an investigator asks for.

    changes -- yuan by the key of the ledger's line, lines that stay left out; seen -- the `fingerprint` of the
    ledger that was looked at; key -- of the form, so that pressing twice asks once; promised -- that the change
    serves the research and is true (the promise of the form in domain 1.3).
    """

    changes: Changes
    reason: str
    seen: str
    key: uuid.UUID
    promised: bool


def ask_adjustment(*, project: Project, wish: Wish, by: User) -> Adjustment:
    """Ask for a change: recorded and applied at once where the rules say so, else sent to who decides.

    NotAllowed for everybody but the investigator; Refused with every rule that forbids it, without a promise or a
    reason, for a project that does not run, and when the budget has changed since it was looked at.
    """
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not who.leads(row, by):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        known: Adjustment | None = Adjustment.objects.filter(project=row, key=wish.key).first()
        if known is not None:
            return known
        lines = locked_ledger(project_id=row.pk)
        _check(row, lines, wish)
        with translation.override(settings.LANGUAGE_CODE):  # what is kept of the answer is in the site's language
            decision = decision_on(row, lines, wish.changes)
        adjustment = _make(row, lines, wish, decision, by)
        PreparedAdjustment.objects.filter(project=row).delete()
        _follow(adjustment, by)
    return adjustment


def withdraw_adjustment(*, adjustment: Adjustment, by: User, note: str = "") -> Adjustment:
    """Take back what was not decided yet."""
    with unit():
        with perform(adjustment, "withdraw", by=by, note=note) as row:
            row.decided_at = timezone.now()
        route = open_route(adjustment, KIND)
        if route is not None:
            cancel_route(route=route, by=by)
        clock.stop(adjustment)
    return adjustment


def _check(project: Project, lines: list[LedgerLine], wish: Wish) -> None:
    reasons = [*_of_the_project(project, lines), *_of_the_words(wish)]
    if lines:
        reasons += _of_the_amounts(project, lines, wish)
    if reasons:
        raise Refused(*reasons)


def _of_the_project(project: Project, lines: list[LedgerLine]) -> Iterator[Reason]:
    if project.state != ProjectState.ACTIVE:
        yield Reason("not_active", _("The project is not under way."), _("Look at its contract."))
    if not lines:
        yield Reason("no_ledger", _("This project has no itemised budget."), _("Nothing has to be asked."))


def _of_the_words(wish: Wish) -> Iterator[Reason]:
    if not wish.reason.strip():
        yield Reason("no_reason", _("A reason is required."), _("Say what in the research demands it."))
    if not wish.promised:
        yield Reason("no_promise", _("The promise is missing."), _("Read it and tick it."))


def _of_the_amounts(project: Project, lines: list[LedgerLine], wish: Wish) -> Iterator[Reason]:
    if fingerprint(lines) != wish.seen:
        yield Reason(
            "stale", _("The budget has changed since you opened it."), _("Look at the new amounts, then send.")
        )
    if set(wish.changes) - {line.pk for line in lines}:
        yield Reason("foreign_line", _("A line is not of this budget."), _("Open the page again."))
    else:
        yield from refusals(decision_on(project, lines, wish.changes)) or below_paid(project, lines, wish.changes)


def refusals(decision: Decision) -> list[Reason]:
    """The refusal in a decision, if it is one."""
    if decision.route != AdjustmentRoute.REFUSED:
        return []
    return [Reason(decision.rules[0], decision.because, _("Change the amounts; the answer changes with them."))]


def _make(project: Project, lines: list[LedgerLine], wish: Wish, decision: Decision, by: User) -> Adjustment:
    last = Adjustment.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    made = Adjustment.objects.create(
        project=project,
        number=last + 1,
        key=wish.key,
        asked_by=by,
        reason=wish.reason.strip(),
        route=decision.route,
        second_signature=decision.second_signature,
        rules=list(decision.rules),
        documents=list(decision.documents),
        because=decision.because,
        rules_from=channel_rules_of(project).valid_from,
        moved=_moved(wish.changes),
    )
    AdjustmentLine.objects.bulk_create(
        AdjustmentLine(adjustment=made, line=line, before=line.approved, change=wish.changes[line.pk])
        for line in lines
        if wish.changes.get(line.pk)
    )
    data = {"route": made.route, "rules": made.rules, "project": project.pk, "changes": changes_of(made)}
    journal.append(action="projects.adjustment.ask", subject=made, by=by, data=data)
    return made


def _moved(changes: Changes) -> Decimal:
    """The larger of what is added and what is taken away: for most changes both are the same."""
    added = sum((change for change in changes.values() if change > 0), Decimal(0))
    return max(added, added - sum(changes.values()))


def _follow(adjustment: Adjustment, by: User) -> None:
    """Record it, or hand it to the organisation, which every other route begins with."""
    if adjustment.route == AdjustmentRoute.RECORDED:
        with perform(adjustment, "record", by=by, data={"changes": changes_of(adjustment)}) as row:
            row.decided_at = timezone.now()
            apply_changes(adjustment=row)
            keep_in_step(project=row.project)
        tell_recorded(adjustment)
        return
    with perform(adjustment, "send", by=by):
        pass
    start_route(subject=adjustment, kind=KIND, steps=_steps(adjustment), by=by)
    clock.start(adjustment)


def _steps(adjustment: Adjustment) -> list[StepPlan]:
    organisation = StepPlan(
        role=Role.ORGANISATION_ADMIN,
        label=str(Role.ORGANISATION_ADMIN.label),
        scope=str(adjustment.project.organisation_id),
        quorum=2 if adjustment.second_signature else 1,
    )
    if adjustment.route == AdjustmentRoute.ORGANISATION:
        return [organisation]
    return [organisation, StepPlan(role=Role.DECISION_MAKER, label=str(Role.DECISION_MAKER.label))]


def changes_of(adjustment: Adjustment) -> dict[str, str]:
    """The changes as the journal keeps them: yuan as text by the key of the line."""
    return {str(line): str(change) for line, change in adjustment.lines.values_list("line_id", "change")}
