"""Writing down what a project spends: typed one by one, or taken from a list that was looked through."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects import rules as who
from projects.budget import ZERO
from projects.enums import ProjectState
from projects.models import Project, Spending, SpendingFile
from projects.queries.delegations import behalf
from projects.queries.kept_rules import scheme_of
from projects.queries.spending import countable
from projects.spending.outcome import (
    NEW,
    REFUSED,
    asked_about,
    counts,
    differs,
    facts_of,
    key_of,
    known_entries,
    outcomes,
)
from projects.spending.parsing import FEN, MOST
from projects.spending.reading import BrokenSpendingError, read_spending
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused
from workflows.gate.child import inspect
from workflows.gate.names import extension_of, safe_name
from workflows.gate.reasons import reason

KINDS = ("xlsx", "csv")
MOST_BYTES = 10 * 1024 * 1024
BATCH = 1000


@dataclass(frozen=True)
class Entry:
    """An entry as it is typed; yuan, a reversal negative."""

    voucher: str
    spent_on: dt.date
    amount: Decimal
    category: str
    source: str = "fiscal"
    purpose: str = ""
    entry: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """As a row of a list says it."""
        return {**vars(self), "voucher": self.voucher.strip(), "entry": self.entry.strip()}


def record_spending(*, project: Project, entry: Entry, by: User) -> Spending:
    """Write down one entry; the same entry a second time changes nothing.

    NotAllowed for others than the investigator and the host's administrators; Refused for a project that does not
    run, a day outside of the term, an amount of nothing, and a voucher that is there with other facts.
    """
    _may(project, by)
    with unit():
        row = _running(project)
        facts = entry.facts
        _check(row, facts)
        known: Spending | None = known_entries(row).get(key_of(facts))
        if known is not None:
            _same(known, facts)
            return known
        made = _made(row, facts, by)
        made.save()
        _note("record", row, by, [made])
    return made


def strike_spending(*, spending: Spending, by: User, why: str) -> Spending:
    """Strike out what was written down wrongly: it stays to be read and counts no more. Twice changes nothing more."""
    _may(spending.project, by)
    if not why.strip():
        raise Refused(Reason("note_required", _("A reason is required."), _("Say what was wrong.")))
    with unit():
        row = Spending.objects.select_for_update(of=("self",)).select_related("project").get(pk=spending.pk)
        if row.struck_at is None:
            row.struck_at, row.struck_why = timezone.now(), why.strip()[:200]
            row.save(update_fields=["struck_at", "struck_why"])
            _note("strike", row.project, by, [row])
    spending.refresh_from_db()
    return spending


def hand_in_spending(*, project: Project, upload: File[Any], by: User) -> SpendingFile:
    """Read a list of the finance system and keep what would become of each row. Writes no spending.

    NotAllowed as for an entry; Refused for what is no such list: then nothing is kept.
    """
    _may(project, by)
    name = safe_name(upload.name or "")
    sha256, found = _read(project, upload, extension_of(name))
    with unit():
        row = SpendingFile.objects.create(
            project=_running(project), name=name[:200], sha256=sha256, rows=[one.kept() for one in found], by=by
        )
        data = {"project": project.pk, "sha256": sha256, **counts(row.rows)}
        on_behalf = behalf(project, by)
        journal.append(action="projects.spending.hand_in", subject=row, by=by, on_behalf=on_behalf, data=data)
    return row


def take_spending(*, file: SpendingFile, by: User, as_typed: bool = False) -> SpendingFile:
    """Write the new rows of a list that was looked through, all of them or none; taken twice it changes nothing more.

    as_typed -- whether `by` said that the amounts asked about are right as they stand; the journal keeps it.
    NotAllowed as for an entry; Refused while a row of it is refused or asked about, or when what is there has changed.
    """
    _may(file.project, by)
    with unit():
        project = _running(file.project)
        row = SpendingFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if row.taken_at is None:
            _take(project, row, by, as_typed=as_typed)
    file.refresh_from_db()
    return file


def _take(project: Project, row: SpendingFile, by: User, *, as_typed: bool) -> None:
    if counts(row.rows)[REFUSED]:
        text = _("Rows of the list are refused.")
        raise Refused(Reason("refused_rows", text, _("Correct them in the file and hand it in again.")))
    asked = asked_about(row.rows)
    if asked and not as_typed:
        text = _("Amounts of the list are above all the money of the project.")
        raise Refused(Reason("asked_about", text, _("Correct them in the file, or say that they are right.")))
    known, fresh = known_entries(project), []
    for kept in row.rows:
        facts = facts_of(kept)
        one = known.get(key_of(facts))
        if (one is None) != (kept["outcome"] == NEW) or (one is not None and differs(one, facts)):
            text = _("What is written down has changed since the list was read.")
            raise Refused(Reason("stale", text, _("Hand the file in again and look through it once more.")))
        if one is None:
            fresh.append(_made(project, facts, by, row))
    Spending.objects.bulk_create(fresh, batch_size=BATCH)
    row.taken_at = timezone.now()
    row.save(update_fields=["taken_at"])
    _note("take", project, by, fresh, file=row.sha256, **({"as_typed": str(asked)} if asked else {}))


def _read(project: Project, upload: File[Any], extension: str) -> tuple[str, list[Any]]:
    """The SHA-256 of the file and the outcome of each row. Raises Refused."""
    if extension not in KINDS:
        raise Refused(Reason("extension", _("This is no XLSX and no CSV file."), _("Export the list as XLSX or CSV.")))
    if not upload.size or upload.size > MOST_BYTES:
        raise Refused(reason("size" if upload.size else "empty"))
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(prefix="tala-spending-") as copy:
        for chunk in upload.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        refusal = inspect(Path(copy.name), extension) if extension == "xlsx" else ""
        if refusal:
            raise Refused(reason(refusal))
        try:
            return digest.hexdigest(), outcomes(project, read_spending(Path(copy.name), extension))
        except BrokenSpendingError as broken:
            raise Refused(Reason("broken", str(broken))) from None


def _may(project: Project, by: User) -> None:
    if not who.keeps_accounts(project, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))


def _running(project: Project) -> Project:
    """The project under its lock, if it is under way: two lists of one project are taken one after the other."""
    row: Project = Project.objects.select_for_update(of=("self",)).select_related("contract").get(pk=project.pk)
    if row.state != ProjectState.ACTIVE:
        raise Refused(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    return row


def _check(project: Project, facts: dict[str, Any]) -> None:
    first, last = countable(project)
    reasons = []
    if not facts["voucher"]:
        reasons.append(Reason("no_voucher", _("The number of the voucher is missing."), _("Type it.")))
    if not first <= facts["spent_on"] <= last:
        text = _("The day lies outside of %(first)s – %(last)s.") % {"first": first, "last": last}
        reasons.append(Reason("outside_term", text, _("Only what was spent within the term counts.")))
    if facts["category"] not in scheme_of(project).codes:
        text = _("The budget of this project has no such category.")
        reasons.append(Reason("category", text, _("Choose one of those it has.")))
    amount = facts["amount"]
    if not amount or abs(amount) >= MOST or amount != amount.quantize(FEN):
        text = _("The amount is nothing, or larger than any budget.")
        reasons.append(Reason("amount", text, _("Type it in yuan with at most two decimals.")))
    if reasons:
        raise Refused(*reasons)


def _same(known: Spending, facts: dict[str, Any]) -> None:
    if differs(known, facts):
        text = _("The voucher is there already with other facts (%(day)s, %(amount)s yuan).")
        words = {"day": known.spent_on.isoformat(), "amount": known.amount}
        raise Refused(Reason("other_facts", text % words, _("Strike out the entry that is there first.")))


def _made(project: Project, facts: dict[str, Any], by: User, file: SpendingFile | None = None) -> Spending:
    return Spending(project=project, period=key_of(facts)[0], file=file, by=by, **facts)


def _note(what: str, project: Project, by: User, rows: list[Spending], **more: str) -> None:
    total = sum((one.amount for one in rows), ZERO)
    known = {"voucher": rows[0].voucher} if len(rows) == 1 else {}
    data = {"count": len(rows), "amount": str(total), **known, **more}
    on_behalf = behalf(project, by)
    journal.append(action=f"projects.spending.{what}", subject=project, by=by, on_behalf=on_behalf, data=data)
