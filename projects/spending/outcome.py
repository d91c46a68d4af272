"""What a list of spending would change: each row as new, there already, or refused, before anything is written.

A row is known by its voucher: the number, the number of the entry where there is one, and the month, because
vouchers are numbered anew each month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from projects.budget import LABELS
from projects.definitions.budget import budget_rules
from projects.definitions.spending import spending_rules
from projects.models import Project, Spending
from projects.queries.kept_rules import scheme_of
from projects.queries.spending import countable
from projects.slips import doubt_in_yuan
from projects.spending.parsing import Fault, Parsed, parse
from projects.spending.reading import Line

NEW, SAME, REFUSED = "new", "same", "refused"
COMPARED = ("spent_on", "amount", "category", "source")
Key = tuple[str, str, str]


@dataclass
class Outcome:
    """One row and what becomes of it. `doubts`: what is asked about, which refuses nothing."""

    row: Parsed
    outcome: str = NEW
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What tells the entry from others of the project."""
        return key_of(self.row.facts)

    def kept(self) -> dict[str, Any]:
        """As plain data, for the preview and for taking it later."""
        facts = self.row.facts
        plain = {name: str(facts[name]) for name in FACTS if name in facts}
        return {
            "line": self.row.number,
            "outcome": self.outcome,
            **plain,
            "faults": [asdict(fault) for fault in self.faults],
            "doubts": [asdict(doubt) for doubt in self.doubts],
        }


FACTS = ("voucher", "entry", "spent_on", "amount", "category", "purpose", "source")


def key_of(facts: dict[str, Any]) -> Key:
    """Month, voucher, entry."""
    return f"{facts['spent_on']:%Y-%m}", facts["voucher"], facts["entry"]


def outcomes(project: Project, lines: Iterable[Line]) -> list[Outcome]:
    """What would become of each row: two queries, nothing is written."""
    rows = [parse(line) for line in lines]
    known = known_entries(project)
    seen: dict[Key, int] = {}
    return [_outcome(row, project, known, seen) for row in rows]


def known_entries(project: Project) -> dict[Key, Spending]:
    """The entries that count, by what tells them apart."""
    rows = Spending.objects.filter(project=project, struck_at=None)
    return {(one.period, one.voucher, one.entry): one for one in rows}


def facts_of(kept: dict[str, Any]) -> dict[str, Any]:
    """The facts of a row that was kept as plain data."""
    facts = {name: kept[name] for name in FACTS}
    return {
        **facts,
        "spent_on": dt.date.fromisoformat(kept["spent_on"]),
        "amount": Decimal(kept["amount"]),
    }


def differs(one: Spending, facts: dict[str, Any]) -> bool:
    """Whether an entry that is there says something else."""
    return any(getattr(one, name) != facts[name] for name in COMPARED)


def _outcome(row: Parsed, project: Project, known: dict[Key, Spending], seen: dict[Key, int]) -> Outcome:
    found = Outcome(row, faults=list(row.faults))
    if "spent_on" in row.facts:
        _in_term(found, project)
    if row.facts.get("category"):
        _in_scheme(found, project)
    if row.facts.get("project") not in ("", None, project.number):
        words = {"number": str(row.facts["project"])[:40]}
        _against(found, "project", _("The row is of another project (%(number)s).") % words, _("Take it out."))
    if not found.faults:
        _against_others(found, known, seen)
    if found.faults:
        found.outcome = REFUSED
    if found.outcome == NEW:
        _ask_about(found, project.grant + project.own)
    return found


def _ask_about(found: Outcome, whole: Decimal) -> None:
    doubt = doubt_in_yuan(found.row.facts["amount"], whole)
    if doubt:
        mend = _("If so, write %(right)s in the file and hand it in again.") % {"right": doubt.typed}
        found.doubts.append(Fault(spending_rules().heads["amount"][0], str(doubt.text), mend))


def _in_term(found: Outcome, project: Project) -> None:
    first, last = countable(project)
    if not first <= found.row.facts["spent_on"] <= last:
        text = _("The day lies outside of %(first)s – %(last)s.") % {"first": first, "last": last}
        _against(found, "spent_on", text, _("Only what was spent within the term counts."))


def _in_scheme(found: Outcome, project: Project) -> None:
    """A category of another scheme is taken for the one that holds it; what none holds is refused."""
    scheme, given = scheme_of(project), found.row.facts["category"]
    code = budget_rules().in_scheme(given, scheme)
    found.row.facts["category"] = code or given
    if not code:
        text = _("The budget of this project has no “%(category)s”.") % {"category": LABELS[given]}
        names = "、".join(str(LABELS[one]) for one in scheme.codes)
        _against(found, "category", text, _("It has: %(names)s.") % {"names": names})


def _against_others(found: Outcome, known: dict[Key, Spending], seen: dict[Key, int]) -> None:
    first = seen.setdefault(found.key, found.row.number)
    if first != found.row.number:
        text = _("The voucher stands in row %(line)d too.") % {"line": first}
        _against(found, "voucher", text, _("Export the number of the entry (分录号) as well, or take one row out."))
        return
    one = known.get(found.key)
    if one is None:
        return
    found.outcome = SAME
    if differs(one, found.row.facts):
        text = _("The voucher is there already with other facts (%(day)s, %(amount)s yuan).")
        words = {"day": one.spent_on.isoformat(), "amount": one.amount}
        _against(found, "voucher", text % words, _("Strike out the entry that is there, or correct the row."))


def _against(found: Outcome, key: str, text: str, mend: str) -> None:
    found.faults.append(Fault(spending_rules().heads[key][0], text, mend))


def counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many rows have each outcome."""
    return {name: sum(row["outcome"] == name for row in rows) for name in (NEW, SAME, REFUSED)}


def asked_about(rows: Iterable[dict[str, Any]]) -> int:
    """How many rows have an amount that is asked about before the list is taken."""
    return sum(bool(row.get("doubts")) for row in rows)
