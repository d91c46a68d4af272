"""What is true of acceptances at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from projects.enums import ACCEPTED, OPEN_ACCEPTANCES, AcceptanceState, ProjectState
from projects.models import Acceptance, Project
from workflows.digest import digest
from workflows.invariants import invariant


@invariant("acceptance.frozen", "what was filed is what its digest says, and says when it was filed and who organises")
def frozen() -> Iterator[str]:
    for one in Acceptance.objects.exclude(state__in=OPEN_ACCEPTANCES).iterator():
        if one.filed_at is None or not one.organiser or one.sha256 != digest(one.content):
            yield str(one.pk)


@invariant("acceptance.outcome", "a project ends as its acceptance was decided, and by no other way")
def outcome() -> Iterator[str]:
    decided = Acceptance.objects.filter(state=AcceptanceState.DECIDED)
    yield from (f"acceptance {pk}" for pk in decided.exclude(project__state=F("outcome")).values_list("pk", flat=True))
    ended = Project.objects.filter(state__in=ACCEPTED).exclude(acceptance__state=AcceptanceState.DECIDED)
    yield from (f"project {pk}" for pk in ended.values_list("pk", flat=True))


@invariant("acceptance.owed", "every running project that owes reports owes one acceptance")
def owed() -> Iterator[str]:
    begun = Project.objects.filter(state=ProjectState.ACTIVE, acceptance=None, reports__isnull=False).distinct()
    yield from (str(pk) for pk in begun.values_list("pk", flat=True))
