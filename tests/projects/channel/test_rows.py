"""Rows of the green channel: amounts from which on they hold, their faults, and what two versions differ in."""

from __future__ import annotations

from typing import Any

import pytest

from projects.channel.conditions import CONDITIONS
from projects.channel.decide import decide
from projects.channel.faults import doubled, faults
from projects.channel.rules import ChannelRules, channel_rules
from projects.channel.words import LABELS, differences
from tests.projects.channel.cases import case


def changed(**parts: Any) -> ChannelRules:
    """The delivered rows with other parts, as plain data."""
    return ChannelRules.model_validate(channel_rules().model_dump(mode="json") | parts)


def rows(*more: dict[str, Any], drop: str = "") -> list[dict[str, Any]]:
    given = [row for row in channel_rules().model_dump(mode="json")["rules"] if row["code"] != drop]
    return [*given, *more]


def row(code: str, route: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "route": route, "documents": ["内科发〔2027〕1号"], "confirmed": True, **more}


def test_every_condition_has_a_name() -> None:
    assert set(LABELS) == set(CONDITIONS)


@pytest.mark.parametrize(("moved", "route"), [(100_000, "organisation"), (100_001, "department")])
def test_a_row_with_an_amount_holds_above_it_only(moved: int, route: str) -> None:
    version = changed(rules=rows(row("equipment_grows", "department", over="100000")))
    decision = decide(case({"equipment.purchase": moved, "operating.materials": -moved}), version)
    assert (decision.route, decision.rules[0]) == (route, "equipment_grows")
    assert decision.rules == ("equipment_grows",)


def test_the_delivered_rows_have_no_fault() -> None:
    assert faults(channel_rules()) == []


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"rules": rows(drop="line_below_zero")}, ["always_line_below_zero"]),
        ({"rules": rows(row("nothing_changes", "recorded"), drop="nothing_changes")}, ["always_nothing_changes"]),
        ({"rules": rows(row("equipment_grows", "organisation", documents=[], over="1"))}, ["no_document"]),
        ({"tiers": []}, ["tiers_end"]),
        ({"tiers": [{"up_to": "10", "percent": "101"}, {"up_to": None, "percent": "1"}]}, ["tiers_percent"]),
        (
            {"tiers": [{"up_to": at, "percent": "1"} for at in ("20", "10", None)]},
            ["tiers_order"],
        ),
        (
            {
                "clocks": [
                    {
                        "route": "organisation",
                        "working_days": 3,
                        "warn_after": 3,
                        "silence": "consent",
                        "confirmed": True,
                    }
                ]
            },
            ["clock_order"],
        ),
    ],
)
def test_each_fault_is_named_with_its_mend(parts: dict[str, Any], codes: list[str]) -> None:
    found = faults(changed(**parts))
    assert [one.code for one in found] == codes
    assert all(str(one.text) and str(one.mend) for one in found)


def test_a_row_written_twice_is_named() -> None:
    keys: list[tuple[str, object]] = [("equipment_grows", None), ("equipment_grows", None), ("equipment_grows", "1")]
    assert [one.code for one in doubled(keys)] == ["row_twice"]


def test_two_versions_differ_in_what_they_say() -> None:
    version = changed(rules=rows(row("equipment_grows", "recorded"), drop="equipment_grows"))
    before, after = differences(channel_rules(), version)[0][1:]
    assert len(differences(channel_rules(), version)) == 1
    assert ("国办发〔2021〕32号" in before, "内科发〔2027〕1号" in after) == (True, True)
