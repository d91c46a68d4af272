"""Cases of the green channel for tests: a budget of one topic and one organisation, changed by category."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from projects.channel.case import Case

APPROVED = {
    "equipment.purchase": 1_000_000,
    "equipment.rental": 200_000,
    "operating.materials": 600_000,
    "operating.travel": 200_000,
    "labour.staff": 400_000,
    "indirect.management": 200_000,
    "indirect.performance": 100_000,
}


def line(category: str, change: Any, topic: str = "one", organisation: str = "host") -> dict[str, Any]:
    """A line as it stands in a case: yuan."""
    approved = APPROVED.get(category, 0)
    return {
        "category": category,
        "topic": topic,
        "organisation": organisation,
        "approved": approved,
        "change": change,
    }


def written(*lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A case as it is written in a file: `lines`, and the whole budget around them unchanged."""
    named = {one["category"] for one in lines}
    rest = [line(category, 0) for category in APPROVED if category not in named]
    return {
        "id": "c",
        "date": "2025-05-01",
        "project_start": "2024-01-01",
        "project_end": "2026-12-31",
        "policy": {"equipment_decrease": "investigator"},
        "earlier_adjustments": 0,
        "lines": [*lines, *rest],
    } | fields


def case(changes: dict[str, int], **policy: Any) -> Case:
    """A case that changes categories by yuan; `policy` beside an investigator free to lower equipment."""
    lines = [line(category, Decimal(change)) for category, change in changes.items()]
    return Case.model_validate(written(*lines, policy={"equipment_decrease": "investigator"} | policy))
