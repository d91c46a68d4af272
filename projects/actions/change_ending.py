"""What waits at a project that ends before its time: nobody decides or signs it any more."""

from __future__ import annotations

from django.utils import timezone

from projects.actions import acceptance_clock, adjustment_clock, change_clock, contract_clock, report_clock
from projects.enums import OPEN_ADJUSTMENTS, OPEN_CHANGES, SupplementState
from projects.models import Acceptance, Adjustment, Project, ProjectChange, Report, Supplement
from projects.queries.deciding_adjustments import KIND as ADJUSTMENT
from projects.queries.deciding_changes import KIND as CHANGE
from workflows.actions.deadlines import lift_deadline
from workflows.actions.perform import perform
from workflows.actions.routes import cancel_route
from workflows.actors import SYSTEM
from workflows.models.stateful import Stateful
from workflows.routes import open_route


def end_project(*, project: Project, why: str, change: ProjectChange | None = None) -> None:
    """Close open changes of budget and project and supplements not signed by all; nothing is due any more.

    why -- goes with what is closed; change -- the one that ends the project and stays as it is.
    """
    for adjustment in Adjustment.objects.filter(project=project, state__in=OPEN_ADJUSTMENTS):
        _reject(adjustment, ADJUSTMENT, why)
        adjustment_clock.stop(adjustment)
    for other in ProjectChange.objects.filter(project=project, state__in=OPEN_CHANGES).exclude(pk=change and change.pk):
        _reject(other, CHANGE, why)
        change_clock.stop(other)
    for report in Report.objects.filter(project=project):
        lift_deadline(subject=report, kind=report_clock.KIND, by=SYSTEM)
    for acceptance in Acceptance.objects.filter(project=project):
        lift_deadline(subject=acceptance, kind=acceptance_clock.KIND, by=SYSTEM)
    for supplement in Supplement.objects.filter(project=project, state=SupplementState.SIGNING):
        _cancel(supplement, supplement.signing)
        with perform(supplement, "cancel", by=SYSTEM, note=why):
            pass
        contract_clock.stop(supplement)


def _reject(record: Adjustment | ProjectChange, kind: str, note: str) -> None:
    _cancel(record, kind)
    with perform(record, "reject", by=SYSTEM, note=note) as row:
        row.decided_at = timezone.now()


def _cancel(record: Stateful, kind: str) -> None:
    route = open_route(record, kind)
    if route is not None:
        cancel_route(route=route, by=SYSTEM)
