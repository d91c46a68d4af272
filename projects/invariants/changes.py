"""What is true of changes of projects and of supplementary contracts at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from projects.enums import IN_FORCE_CHANGES, OPEN_CHANGES, ChangeKind, ProjectState, SupplementState
from projects.models import Project, ProjectChange, Supplement
from projects.queries.contract_versions import present_content
from projects.queries.deciding_changes import KIND
from workflows.enums import RouteState
from workflows.invariants import invariant
from workflows.models import Route

ENDS = {ChangeKind.TERMINATION: ProjectState.TERMINATED, ChangeKind.REVOCATION: ProjectState.REVOKED}


@invariant("change.deciding", "a change that waits for a decision has an open route and a date, a decided one has none")
def deciding() -> Iterator[str]:
    running = Route.objects.filter(kind=KIND, state=RouteState.OPEN).values("subject_id")
    waiting = ProjectChange.objects.filter(state__in=OPEN_CHANGES)
    yield from (str(row.pk) for row in waiting.exclude(pk__in=running))
    yield from (str(row.pk) for row in waiting.filter(due_at=None))
    yield from (str(row.pk) for row in ProjectChange.objects.filter(pk__in=running).exclude(state__in=OPEN_CHANGES))


@invariant("change.supplement", "a major change in force has its supplementary contract, no other change has one")
def supplement() -> Iterator[str]:
    major = ProjectChange.objects.filter(state__in=IN_FORCE_CHANGES, supplement_follows=True)
    yield from (str(row.pk) for row in major.filter(supplement=None))
    yield from (str(row.pk) for row in Supplement.objects.exclude(change__in=major))
    yield from (str(row.pk) for row in Supplement.objects.exclude(project=F("change__project")))


@invariant("change.signing", "a supplementary contract is being signed exactly while its route is open")
def signing() -> Iterator[str]:
    running = Route.objects.filter(kind=Supplement.signing, state=RouteState.OPEN).values("subject_id")
    waiting = Supplement.objects.filter(state=SupplementState.SIGNING)
    yield from (str(row.pk) for row in waiting.exclude(pk__in=running))
    yield from (str(row.pk) for row in Supplement.objects.filter(pk__in=running).exclude(state=SupplementState.SIGNING))


@invariant("change.ended", "a project is terminated or revoked exactly by a change of that kind in force")
def ended() -> Iterator[str]:
    for kind, state in ENDS.items():
        by_change = ProjectChange.objects.filter(kind=kind, state__in=IN_FORCE_CHANGES).values("project")
        yield from (str(row.pk) for row in Project.objects.filter(state=state).exclude(pk__in=by_change))
        yield from (str(row.pk) for row in Project.objects.filter(pk__in=by_change).exclude(state=state))


@invariant("change.text", "title, sides and term of a changed project are those of its present text", cheap=False)
def text() -> Iterator[str]:
    changed = Project.objects.filter(changes__state__in=IN_FORCE_CHANGES).distinct()
    for row in changed.select_related("contract", "investigator", "organisation"):
        content = present_content(row.contract)
        found = [content.get(key) for key in ("title", "investigator", "organisation", "ends_on")]
        if found != [row.title, row.investigator.name, row.organisation.name, row.ends_on.isoformat()]:
            yield f"{row.pk}: {found}"
