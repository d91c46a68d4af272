"""The spread of a budget in a contract: the proposal's lists by year and by part, cut to the money granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from directory.models import Organisation
from projects.budget import ZERO
from projects.definitions.budget import Scheme
from projects.shares import code_of, split

Rows = Sequence[Mapping[str, Any]]


def years(rows: Rows, grant: Decimal) -> list[dict[str, Any]]:
    """The years in order with the fiscal money cut to `grant`; own money stays as promised."""
    kept = sorted(rows, key=lambda row: int(row["year"]))
    amounts = split([_yuan(row, "fiscal") for row in kept], grant)
    return [
        {"year": int(row["year"]), "fiscal": str(amount), "own": str(_yuan(row, "own"))}
        for row, amount in zip(kept, amounts, strict=True)
    ]


def shares(rows: Rows, budget: Sequence[Mapping[str, str]], scheme: Scheme) -> list[dict[str, Any]]:
    """The parts with their fiscal money cut, category by category, to what `budget` gives. One query.

    organisation -- its name as written; uid -- of the organisation in the directory, "" where none has that name.
    """
    known = {name: str(uid) for name, uid in _known(rows)}
    given = {line["category"]: Decimal(line["fiscal"]) for line in budget}
    found = []
    for code in dict.fromkeys(code_of(row["category"], scheme) for row in rows):
        parts = [row for row in rows if code_of(row["category"], scheme) == code]
        amounts = split([_yuan(row, "fiscal") for row in parts], given.get(code, ZERO))
        found += [_share(row, code, amount, known) for row, amount in zip(parts, amounts, strict=True)]
    return found


def _share(row: Mapping[str, Any], code: str, amount: Decimal, known: Mapping[str, str]) -> dict[str, Any]:
    name = row["organisation"]
    return {
        "topic": row.get("topic") or "",
        "organisation": name,
        "uid": known.get(name, ""),
        "category": code,
        "fiscal": str(amount),
        "own": str(_yuan(row, "own")),
    }


def _known(rows: Rows) -> list[tuple[str, Any]]:
    names = {row["organisation"] for row in rows}
    return list(Organisation.objects.filter(name__in=names).order_by("-pk").values_list("name", "uid"))


def _yuan(row: Mapping[str, Any], source: str) -> Decimal:
    return Decimal(row.get(source) or 0)
