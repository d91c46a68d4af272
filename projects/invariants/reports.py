"""What is true of reports at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from projects.enums import ReportState
from projects.models import Report
from workflows.digest import digest
from workflows.invariants import invariant


@invariant("report.frozen", "what was submitted is what its digest says, and says when it was submitted")
def frozen() -> Iterator[str]:
    for one in Report.objects.exclude(state=ReportState.DRAFT).iterator():
        if one.submitted_at is None or one.sha256 != digest(one.content):
            yield str(one.pk)
