"""What is true of calls at every moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F

from projects.actions.call import frozen_digest
from projects.enums import CallState
from projects.models import Call, Proposal
from projects.queries.call_gaps import WHOLE
from workflows.invariants import invariant


@invariant("projects.call.frozen", "form, rules, scheme and plan of a published call are as they were published")
def changed_after_publishing() -> Iterator[str]:
    """Published calls whose digest does not fit."""
    for call in Call.objects.exclude(frozen_sha256=""):
        if call.frozen_sha256 != frozen_digest(call):
            yield f"call {call.pk} differs from what was frozen"


@invariant("projects.call.second_person", "nobody approved a call they drafted")
def approved_by_drafter() -> Iterable[str]:
    """Calls approved by the officer who drafted them."""
    return (f"call {pk}" for pk in Call.objects.filter(approved_by=F("officer")).values_list("pk", flat=True))


@invariant("projects.call.weights", "the weights of a frozen scheme add to 100")
def frozen_weights() -> Iterator[str]:
    """Frozen schemes with another sum."""
    for pk, scoring in Call.objects.exclude(frozen_sha256="").values_list("pk", "scoring"):
        total = sum(float(one["weight"]) for one in scoring.get("criteria", ()))
        if total != WHOLE:
            yield f"call {pk}: weights add to {total}"


@invariant("projects.call.direction", "a proposal's direction belongs to its call")
def foreign_directions() -> Iterable[str]:
    """Proposals whose direction is another call's."""
    rows = Proposal.objects.filter(direction__isnull=False).exclude(direction__call=F("call"))
    return (f"proposal {pk}" for pk in rows.values_list("pk", flat=True))


@invariant("projects.call.imported", "an imported call is concluded")
def imported_open() -> Iterable[str]:
    """Imported calls in another state."""
    rows = Call.objects.exclude(imported_key="").exclude(state=CallState.CONCLUDED)
    return (f"call {pk}" for pk in rows.values_list("pk", flat=True))
