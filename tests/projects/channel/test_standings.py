"""Pilots and credit grades widen or narrow what the rows say, never what they refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest

from projects.channel.batch import Malformed, routes
from projects.channel.faults import faults
from projects.channel.rules import ChannelRules, channel_rules
from projects.channel.words import differences, labels
from tests.projects.channel.cases import line, written

EQUIPMENT = (line("equipment.purchase", 100_000), line("operating.materials", -100_000))
MUCH = (line("equipment.rental", 500_001), line("operating.materials", -500_001))
FREE = (line("operating.travel", -1), line("labour.staff", 1))
TOTAL = (line("operating.travel", -1),)
NEVER = (line("indirect.management", 1), line("labour.staff", -1))


def answer(*lines: dict[str, Any], **more: Any) -> Any:
    return next(routes([json.dumps(written(*lines, **more))]))


@pytest.mark.parametrize(
    ("lines", "standing", "route", "first"),
    [
        (EQUIPMENT, {"pilot": True, "grade": "A"}, "recorded", "pilot_grade_A_B_organisation_recorded"),
        (MUCH, {"pilot": True, "grade": "A"}, "organisation", "equipment_grows"),
        (EQUIPMENT, {"pilot": True}, "organisation", "equipment_grows"),
        (EQUIPMENT, {"pilot": True, "grade": "C"}, "organisation", "equipment_grows"),
        (EQUIPMENT, {"grade": "A"}, "organisation", "equipment_grows"),
        (EQUIPMENT, {"pilot": True, "grade": "D"}, "department", "grade_D_organisation_department"),
        (FREE, {"grade": "D"}, "organisation", "grade_D_recorded_organisation"),
        (FREE, {"pilot": True, "grade": "A"}, "recorded", "direct_lines_move"),
        (TOTAL, {"pilot": True, "grade": "A"}, "department", "total_changes"),
        (TOTAL, {"grade": "D"}, "department", "total_changes"),
        (NEVER, {"pilot": True, "grade": "A"}, "refused", "indirect_grows"),
    ],
)
def test_the_organisation_widens_or_narrows(
    lines: tuple[dict[str, Any], ...], standing: dict[str, Any], route: str, first: str
) -> None:
    found = answer(*lines, standing=standing)
    assert (found["route"], found["rules"][0]) == (route, first)


def test_what_nothing_is_known_of_is_as_before() -> None:
    for lines in (EQUIPMENT, MUCH, FREE, TOTAL, NEVER):
        assert answer(*lines) == answer(*lines, standing={}) == answer(*lines, standing=None)


def test_it_says_so_and_cites_the_document_and_a_second_signature_follows_the_route() -> None:
    found = answer(*EQUIPMENT, standing={"pilot": True, "grade": "B"})
    assert found["because"].endswith("本单位为试点单位，信用等级B；由“单位审批”改为“即时备案”。")
    assert found["documents"] == ["国发〔2018〕25号", "国办发〔2021〕32号"]
    policy = {"equipment_decrease": "investigator", "second_signature_over": 1}
    asked = [answer(*FREE, policy=policy, standing=given)["second_signature"] for given in (None, {"grade": "D"})]
    assert asked == [False, False]
    policy["second_signature_over"] = 0
    asked = [answer(*FREE, policy=policy, standing=given)["second_signature"] for given in (None, {"grade": "D"})]
    assert asked == [False, True]


@pytest.mark.parametrize("standing", [{"grade": "E"}, {"pilot": "yes"}, {"level": "A"}, "A"])
def test_what_is_not_a_standing_is_named(standing: Any) -> None:
    found = answer(*FREE, standing=standing)
    assert isinstance(found, Malformed)
    assert found.faults[0].startswith("standing")


def row(**changes: Any) -> dict[str, Any]:
    return {
        "pilot": True,
        "grades": [],
        "route": "organisation",
        "becomes": "recorded",
        "documents": ["x"],
        "confirmed": True,
    } | changes


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([row()], []),
        ([row(pilot=False)], ["standing_whom"]),
        ([row(becomes="organisation"), row(route="refused"), row(becomes="refused")], ["standing_route"] * 3),
        ([row(documents=[])], ["no_document"]),
        ([row(), row()], ["standing_twice"]),
    ],
)
def test_rows_about_organisations_have_faults_of_their_own(rows: list[dict[str, Any]], codes: list[str]) -> None:
    version = ChannelRules.model_validate(channel_rules().model_dump(mode="json") | {"standings": rows})
    assert [one.code for one in faults(version)] == codes
    assert len(differences(channel_rules(), version)) >= 3
    assert set(labels(version)) > {one.code for one in version.standings}
