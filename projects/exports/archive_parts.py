"""What goes into the archive package of a project: records as JSON, money as CSV, contracts as PDF, papers as they are.

Only what everybody who sees the project may see: no names of experts, no unfinished acceptance.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, Model, Q

from projects.exports.contract_pdf import contract_pdf
from projects.models import Acceptance, Project
from projects.queries.acceptance_review import opinion_for_others
from workflows.enums import FileState
from workflows.gate.names import safe_name
from workflows.models import JournalEntry, StoredFile

OF_PROJECT = ("number", "title", "state", "grant", "own", "starts_on", "ends_on", "investigator", "organisation")
OF_TEXT = ("number", "kind", "content", "sha256", "note", "made_at")
OF_CHANGE = ("number", "kind", "rows", "reason", "asked_by", "asked_at", "route", "state", "decided_at")
OF_ADJUSTMENT = ("number", "reason", "asked_by", "asked_at", "route", "documents", "because", "moved", "state")
OF_RESULT = ("kind", "title", "number", "dated_on", "acknowledgement", "count", "amount", "struck_at", "struck_why")
OF_REPORT = ("kind", "year", "state", "submitted_at", "content", "sha256")
OF_ACCEPTANCE = ("filed_at", "content", "sha256", "task", "finance", "outcome", "reason", "decided_at")
OF_INSTALMENT = ("number", "amount", "due_on", "state", "paid_on", "voucher", "arrived_on")
OF_FUNDS = ("arrived_on", "amount", "source", "by", "struck_at", "struck_why")
OF_SPENDING = ("spent_on", "voucher", "entry", "amount", "category", "source", "purpose", "struck_at")
OF_LEDGER = ("category", "topic", "organisation", "opening", "approved")


@dataclass(frozen=True)
class Part:
    """One entry of the package: its path, and what gives its bytes when it is written (a file for a paper)."""

    path: str
    make: Callable[[], bytes] | None = None
    file: StoredFile | None = None


def parts_of(project: Project) -> list[Part]:
    """All parts in the order of their paths."""
    found = [*_records(project), *_contracts(project), *_money(project), *_papers(project)]
    return sorted(found, key=lambda part: part.path)


def last_seq(project: Project) -> int:
    """The place in the journal of the last thing that happened to the project; 0 where nothing did."""
    rows = JournalEntry.objects.filter(_subjects(project)).aggregate(last=Max("link__seq"))
    return int(rows["last"] or 0)


def _records(project: Project) -> Iterator[Part]:
    yield _json("proposal.json", lambda: _proposal(project))
    yield _json("project.json", lambda: _plain(project, OF_PROJECT))
    yield _json("milestones.json", lambda: _rows(project.milestones, ("number", "due_on", "text", "state")))
    yield _json("changes.json", lambda: _rows(project.changes, OF_CHANGE))
    yield _json("adjustments.json", lambda: _adjustments(project))
    yield _json("reports.json", lambda: _rows(project.reports, OF_REPORT))
    yield _json("results.json", lambda: _rows(project.results, OF_RESULT))
    accepted = getattr(project, "acceptance", None)
    if accepted is not None and accepted.decided_at:
        yield _json("acceptance.json", lambda: _accepted(accepted))
    yield Part("journal.csv", lambda: _table(("seq", "at", "action", "subject", "hash"), _journal(project)))


def _proposal(project: Project) -> dict[str, Any]:
    version = project.proposal.current_version
    frozen = {"number": version.number, "sha256": version.sha256, "content": version.content} if version else {}
    return {"number": project.proposal.number, "call": project.proposal.call.title, "version": frozen}


def _accepted(acceptance: Acceptance) -> dict[str, Any]:
    return {**_plain(acceptance, OF_ACCEPTANCE), "opinion": opinion_for_others(acceptance)}


def _adjustments(project: Project) -> list[dict[str, Any]]:
    rows = project.adjustments.prefetch_related("lines__line").order_by("number")
    lines = ("before", "change")
    return [
        {
            **_plain(row, OF_ADJUSTMENT),
            "lines": [{"category": one.line.category, **_plain(one, lines)} for one in row.lines.all()],
        }
        for row in rows
    ]


def _contracts(project: Project) -> Iterator[Part]:
    for version in project.contract.versions.order_by("number"):
        name = f"contract/{version.number:02}"
        yield _json(f"{name}.json", partial(_plain, version, OF_TEXT))
        yield Part(f"{name}.pdf", partial(contract_pdf, version))


def _money(project: Project) -> Iterator[Part]:
    for path, rows, names in (
        ("money/ledger.csv", project.ledger.order_by("pk"), OF_LEDGER),
        ("money/instalments.csv", project.instalments.order_by("number"), OF_INSTALMENT),
        ("money/own-funds.csv", project.own_funds.order_by("pk"), OF_FUNDS),
        ("money/spending.csv", project.spending.order_by("spent_on", "pk"), OF_SPENDING),
    ):
        yield Part(path, partial(_cells, rows, names))


def _cells(rows: Any, names: Sequence[str]) -> bytes:
    return _table(names, ([getattr(row, name) for name in names] for row in rows))


def _papers(project: Project) -> Iterator[Part]:
    rows = StoredFile.objects.filter(_kept(project), state=FileState.CLEAN, removed_at=None, bytes_gone_at=None)
    for row in rows.order_by("pk"):
        yield Part(f"papers/{row.pk}-{safe_name(row.name)}", file=row)


def _owned(project: Project) -> dict[str, Iterable[int]]:
    """The records whose papers and journal belong to the project: label and primary keys."""
    related = (project.changes, project.own_funds, project.results)
    found: dict[str, Iterable[int]] = {one.model._meta.label_lower: one.values_list("pk", flat=True) for one in related}
    return {"projects.proposal": [project.proposal_id], **found}


def _kept(project: Project) -> Q:
    asked = Q(pk__in=[])
    for label, keys in _owned(project).items():
        asked |= Q(subject_type=label, subject_id__in=list(keys))
    return asked


def _subjects(project: Project) -> Q:
    own = {"projects.project": [project.pk], "projects.contract": [project.contract.pk], **_owned(project)}
    more = (project.milestones, project.adjustments, project.reports, project.instalments, project.supplements)
    own |= {one.model._meta.label_lower: one.values_list("pk", flat=True) for one in more}
    accepted = getattr(project, "acceptance", None)
    if accepted is not None:
        own["projects.acceptance"] = [accepted.pk]
    asked = Q(pk__in=[])
    for label, keys in own.items():
        asked |= Q(subject_type=label, subject_id__in=[str(key) for key in keys])
    return asked


def _journal(project: Project) -> Iterator[Sequence[Any]]:
    rows = JournalEntry.objects.filter(_subjects(project), link__isnull=False).select_related("link")
    for one in rows.order_by("link__seq"):
        yield one.link.seq, one.at.isoformat(), one.action, f"{one.subject_type}:{one.subject_id}", one.link.hash


def _rows(rows: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    return [_plain(row, names) for row in rows.order_by("pk")]


def _plain(row: Model, names: Sequence[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: str(value) if isinstance(value, Model) else value for name, value in values.items()}


def _json(path: str, make: Callable[[], Any]) -> Part:
    def written() -> bytes:
        return json.dumps(make(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()

    return Part(path, written)


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(heads)
    written.writerows([["" if cell is None else str(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")
