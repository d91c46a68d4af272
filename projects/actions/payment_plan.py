"""The plan of payments: made by the rules as the contract is signed, changed by officers, in step with the budget.

The instalments that are not cancelled add up to the approved budget at every moment (invariant `payment.plan`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects import rules as who
from projects.actions.ledger import locked_ledger
from projects.budget import ZERO, in_wan
from projects.definitions.payment import WHOLE, payment_rules
from projects.enums import InstalmentState, PaymentCondition, ProjectState
from projects.models import Instalment, Milestone, Project
from projects.queries.payments import live_instalments, paid_of, total_of
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

FEN = Decimal("0.01")


@dataclass(frozen=True)
class PlanRow:
    """One instalment as it shall be: yuan, by when, and the number of the milestone it waits for (0 for none)."""

    amount: Decimal
    due_on: dt.date
    milestone: int = 0


def plan_payments(*, project: Project) -> list[Instalment]:
    """The instalments as the rules cut the grant. A second call changes nothing."""
    if Instalment.objects.filter(project=project).exists():
        return []
    with unit():
        made = Instalment.objects.bulk_create(_by_rules(project))
        _note(project, SYSTEM)
    return made


def change_plan(*, project: Project, rows: Sequence[PlanRow], seen: str, by: User) -> None:
    """Put `rows` in the place of what is planned and not paid yet.

    seen -- the `plan_seen` that was looked at. NotAllowed for others than officers; Refused when the project does
    not run, the plan has changed since, or the instalments would not add up to the approved budget.
    """
    if not who.is_officer(project, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        lock_money(project=project)
        planned = list(live_instalments(project).filter(state=InstalmentState.PLANNED))
        _check(project, rows, seen)
        _replace(project, planned, rows)
        _note(project, by)


def plan_seen(project: Project) -> str:
    """Names the plan as it stands: whoever changes it says which one they have seen."""
    return " ".join(f"{one.number}:{one.amount}:{one.due_on}:{one.state}" for one in live_instalments(project))


def keep_in_step(*, project: Project) -> None:
    """After a change of the budget's total: the last planned instalments carry the difference.

    The caller holds the locks on project and ledger and has seen that no less is left than is paid.
    """
    live = list(live_instalments(project))
    difference = total_of(project) - sum((one.amount for one in live), ZERO)
    if not live or not difference:
        return
    planned = [one for one in live if one.state == InstalmentState.PLANNED]
    if difference < 0:
        _cut(planned, -difference)
    elif planned:
        _set(planned[-1], planned[-1].amount + difference)
    else:
        _add(project, PlanRow(difference, timezone.localdate()))
    _note(project, SYSTEM)


def lock_money(*, project: Project) -> None:
    """Take the locks under which money is paid: project, then the lines of its ledger. Only inside a unit."""
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    locked_ledger(project_id=project.pk)


def _by_rules(project: Project) -> list[Instalment]:
    rules, total = payment_rules(), total_of(project)
    milestones = list(Milestone.objects.filter(project=project).order_by("number"))
    shares = rules.plan_for(max(len(milestones), 1)).shares
    amounts = [(total * share / WHOLE).quantize(FEN, ROUND_DOWN) for share in shares]
    amounts[0] += total - sum(amounts, ZERO)
    first = timezone.localdate() + dt.timedelta(days=rules.first_within_days)
    found = [_instalment(project, 1, PlanRow(amounts[0], first), PaymentCondition.SIGNATURE)]
    later = dt.timedelta(days=rules.after_milestone_days)
    for number, (amount, milestone) in enumerate(zip(amounts[1:], milestones, strict=False), start=2):
        row = PlanRow(amount, milestone.due_on + later, milestone.number)
        found.append(_instalment(project, number, row, PaymentCondition.MILESTONE, milestone))
    return found


def _instalment(
    project: Project, number: int, row: PlanRow, condition: PaymentCondition, milestone: Milestone | None = None
) -> Instalment:
    return Instalment(
        project=project,
        number=number,
        amount=row.amount,
        condition=condition,
        milestone=milestone,
        due_on=row.due_on,
    )


def _check(project: Project, rows: Sequence[PlanRow], seen: str) -> None:
    reasons = []
    if Project.objects.get(pk=project.pk).state != ProjectState.ACTIVE:
        reasons.append(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    if plan_seen(project) != seen:
        text = _("The plan of payments has changed since you opened it.")
        reasons.append(Reason("stale", text, _("Look at the present plan, then change it.")))
    left = total_of(project) - paid_of(project)
    planned = sum((row.amount for row in rows), ZERO)
    if planned != left:
        text = _("The instalments add up to %(planned)s 万元; %(left)s 万元 are left to pay.")
        words = {"planned": in_wan(planned), "left": in_wan(left)}
        reasons.append(Reason("not_the_rest", text % words, _("Change the amounts until they add up.")))
    known = set(Milestone.objects.filter(project=project).values_list("number", flat=True))
    if {row.milestone for row in rows} - known - {0}:
        reasons.append(Reason("no_milestone", _("There is no such milestone."), _("Choose one from the list.")))
    if reasons:
        raise Refused(*reasons)


def _replace(project: Project, planned: list[Instalment], rows: Sequence[PlanRow]) -> None:
    milestones = {one.number: one for one in Milestone.objects.filter(project=project)}
    for one, row in zip(planned, rows, strict=False):
        one.amount, one.due_on = row.amount, row.due_on
        one.milestone = milestones.get(row.milestone)
        if one.milestone or one.condition == PaymentCondition.MILESTONE:
            one.condition = PaymentCondition.MILESTONE if one.milestone else PaymentCondition.DATE
        one.save(update_fields=["amount", "due_on", "milestone", "condition"])
    for row in rows[len(planned) :]:
        _add(project, row, milestones.get(row.milestone))
    for one in planned[len(rows) :]:
        _cancel(one)


def _add(project: Project, row: PlanRow, milestone: Milestone | None = None) -> None:
    last = Instalment.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    condition = PaymentCondition.MILESTONE if milestone else PaymentCondition.DATE
    _instalment(project, last + 1, row, condition, milestone).save()


def _cut(planned: list[Instalment], less: Decimal) -> None:
    """Take `less` yuan from the last planned instalments; what holds nothing then is cancelled."""
    for one in reversed(planned):
        taken = min(less, one.amount)
        less -= taken
        if taken == one.amount:
            _cancel(one)
        elif taken:
            _set(one, one.amount - taken)


def _set(instalment: Instalment, amount: Decimal) -> None:
    instalment.amount = amount
    instalment.save(update_fields=["amount"])


def _cancel(instalment: Instalment) -> None:
    with perform(instalment, "cancel", by=SYSTEM):
        pass


def _note(project: Project, by: Actor) -> None:
    amounts = {str(one.number): f"{one.amount} {one.due_on}" for one in live_instalments(project)}
    journal.append(action="projects.payments.plan", subject=project, by=by, data={"instalments": amounts})
