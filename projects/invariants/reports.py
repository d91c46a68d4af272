"""What is true of reports and results at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from projects.enums import ReportState, ResultKind
from projects.models import Report, Result
from projects.queries.results import number_of
from workflows.digest import digest
from workflows.invariants import invariant


@invariant("result.number", "a result that counts has the number of its kind in its plain form")
def numbers() -> Iterator[str]:
    for one in Result.objects.filter(struck_at=None).exclude(kind=ResultKind.PEOPLE).iterator():
        if number_of(one.kind, one.number) != one.number:
            yield str(one.pk)


@invariant("report.frozen", "what was submitted is what its digest says, and says when it was submitted")
def frozen() -> Iterator[str]:
    for one in Report.objects.exclude(state=ReportState.DRAFT).iterator():
        if one.submitted_at is None or one.sha256 != digest(one.content):
            yield str(one.pk)
