"""The routing table of the national rule as two universities put it into force (domain 1.3), row by row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.channel.case import Case
from projects.channel.decide import decide
from projects.channel.rules import channel_rules
from projects.definitions.budget import budget_rules
from projects.enums import AdjustmentRoute as R
from tests.projects.channel.cases import APPROVED, case, line, written

ORDER = "国办发〔2021〕32号"
REGION = "内政办发〔2022〕37号"
# row of the table, changes in yuan, route where the organisation decides on less equipment (as at NEFU),
# route where the investigator does (as at PKU), rows cited, documents
TABLE = [
    ("1 total up", {"operating.materials": 1000}, R.DEPARTMENT, R.DEPARTMENT, "total_changes", [ORDER]),
    ("1 total down", {"operating.materials": -1000}, R.DEPARTMENT, R.DEPARTMENT, "total_changes", [ORDER]),
    (
        "3 equipment up",
        {"equipment.purchase": 1000, "labour.staff": -1000},
        R.ORGANISATION,
        R.ORGANISATION,
        "equipment_grows",
        [ORDER],
    ),
    (
        "3 another list",
        {"equipment.purchase": 1000, "equipment.rental": -1000},
        R.ORGANISATION,
        R.ORGANISATION,
        "equipment_list_changes",
        [ORDER],
    ),
    (
        "5 operating to labour",
        {"operating.travel": -1000, "labour.staff": 1000},
        R.RECORDED,
        R.RECORDED,
        "direct_lines_move",
        [ORDER],
    ),
    (
        "6 indirect up",
        {"labour.staff": -1000, "indirect.management": 1000},
        R.REFUSED,
        R.REFUSED,
        "indirect_grows",
        [ORDER],
    ),
    (
        "7 indirect to direct",
        {"indirect.management": -1000, "labour.staff": 1000},
        R.ORGANISATION,
        R.ORGANISATION,
        "indirect_to_direct",
        [ORDER],
    ),
    (
        "8 performance up",
        {"indirect.management": -1000, "indirect.performance": 1000},
        R.ORGANISATION,
        R.ORGANISATION,
        "performance_grows",
        [ORDER, REGION],
    ),
    (
        "8 performance down",
        {"indirect.management": 1000, "indirect.performance": -1000},
        R.RECORDED,
        R.RECORDED,
        "performance_falls",
        [ORDER],
    ),
]


@pytest.mark.parametrize(
    ("changes", "kept", "free", "code", "documents"), [one[1:] for one in TABLE], ids=[one[0] for one in TABLE]
)
def test_a_row_of_the_table_under_both_variants(
    changes: dict[str, int], kept: R, free: R, code: str, documents: list[str]
) -> None:
    for policy, route in (("organisation", kept), ("investigator", free)):
        decision = decide(case(changes, equipment_decrease=policy))
        assert (decision.route, decision.rules, list(decision.documents)) == (route, (code,), documents)
        assert decision.because != ""


def test_row_4_less_equipment_is_the_policy_s_choice() -> None:
    changes = {"equipment.purchase": -1000, "labour.staff": 1000}

    kept = decide(case(changes, equipment_decrease="organisation"))
    free = decide(case(changes, equipment_decrease="investigator"))

    assert (kept.route, kept.rules) == (R.ORGANISATION, ("equipment_falls",))
    assert (free.route, free.rules) == (R.RECORDED, ("equipment_falls_freely", "direct_lines_move"))
    assert kept.documents == free.documents == (ORDER, REGION)


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"topic": "two"}, ("between_topics",)),
        ({"organisation": "partner"}, ("between_organisations",)),
        ({"topic": "two", "organisation": "partner"}, ("between_topics", "between_organisations")),
    ],
)
def test_row_2_money_between_topics_or_organisations_goes_to_the_department(
    other: dict[str, str], codes: tuple[str, ...]
) -> None:
    asked = Case.model_validate(written(line("labour.staff", -1000), line("operating.travel", 1000, **other)))

    assert (decide(asked).route, decide(asked).rules) == (R.DEPARTMENT, codes)


def test_a_move_that_balances_in_each_topic_stays_with_the_investigator() -> None:
    asked = Case.model_validate(
        written(
            line("labour.staff", -1000),
            line("operating.travel", 1000),
            line("labour.staff", 500, topic="two"),
            line("operating.travel", -500, topic="two"),
        )
    )

    assert decide(asked).route == R.RECORDED


@pytest.mark.parametrize(
    ("lines", "fields", "code"),
    [
        ([], {}, "nothing_changes"),
        ([line("operating.travel", -200_001), line("labour.staff", 200_001)], {}, "line_below_zero"),
        (
            [line("operating.travel", -1), line("labour.staff", 1)],
            {"policy": {"equipment_decrease": "investigator", "max_adjustments": 2}, "earlier_adjustments": 2},
            "too_many",
        ),
        (
            [line("operating.travel", -1), line("labour.staff", 1)],
            {"policy": {"equipment_decrease": "investigator", "freeze_before_end_days": 90}, "date": "2026-10-03"},
            "frozen_before_end",
        ),
    ],
)
def test_what_is_never_allowed(lines: list[dict[str, object]], fields: dict[str, object], code: str) -> None:
    decision = decide(Case.model_validate(written(*lines, **fields)))

    assert (decision.route, decision.rules[0]) == (R.REFUSED, code)


def test_one_day_and_one_adjustment_before_the_limit_pass() -> None:
    policy = {"equipment_decrease": "investigator", "max_adjustments": 2, "freeze_before_end_days": 90}
    lines = line("operating.travel", -1), line("labour.staff", 1)

    asked = Case.model_validate(written(*lines, policy=policy, earlier_adjustments=1, date="2026-10-02"))

    assert decide(asked).route == R.RECORDED


@pytest.mark.parametrize(
    ("base", "ceiling"),
    [
        (5_000_000, 1_500_000),
        (6_000_000, 1_750_000),
        (10_000_000, 2_750_000),
        (12_000_000, 3_150_000),
    ],
)
def test_the_excess_over_each_slice_of_the_ceiling_may_not_grow(base: int, ceiling: int) -> None:
    def moved(indirect: int) -> R:
        lines = [
            line("operating.materials", -100) | {"approved": base},
            line("equipment.purchase", 100) | {"approved": 0},
            {
                "category": "indirect.management",
                "topic": "one",
                "organisation": "host",
                "approved": indirect,
                "change": 0,
            },
        ]
        asked = written(policy={"equipment_decrease": "investigator"}) | {"lines": lines}
        return decide(Case.model_validate(asked)).route

    after = {5_000_000: 30, 6_000_000: 25, 10_000_000: 25, 12_000_000: 20}[base]
    assert moved(ceiling - after) == R.ORGANISATION
    assert moved(ceiling) == R.REFUSED


def test_an_old_excess_that_does_not_grow_stops_nothing() -> None:
    high = [line("indirect.management", 0) | {"approved": 9_000_000}]

    asked = Case.model_validate(written(line("operating.travel", -1), line("labour.staff", 1), *high))

    assert decide(asked).route == R.RECORDED


def test_the_second_signature_is_asked_above_the_threshold_and_only_of_the_organisation() -> None:
    equipment = {"equipment.purchase": 50_000, "labour.staff": -50_000}
    free = {"operating.travel": 50_000, "labour.staff": -50_000}

    assert decide(case(equipment, second_signature_over=49_999)).second_signature is True
    assert decide(case(equipment, second_signature_over=50_000)).second_signature is False
    assert decide(case(equipment)).second_signature is False
    assert decide(case(free, second_signature_over=0)).second_signature is False


def test_the_strictest_route_wins_and_names_the_milder_rows_after_it() -> None:
    changes = {"equipment.purchase": 1000, "operating.travel": 1000, "indirect.management": -1000}

    decision = decide(case(changes))

    assert decision.route == R.DEPARTMENT
    assert decision.rules == ("total_changes", "equipment_grows", "indirect_to_direct")
    assert decision.because == "预算总额变动 0.10 万元。"


CATEGORIES = budget_rules().schemes[-1].codes
CHANGES = st.lists(
    st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(["one", "two"]), st.integers(-300_000, 300_000)), max_size=8
)


def asked_for(changes: list[tuple[str, str, int]]) -> Case:
    return Case.model_validate(written(*(line(category, change, topic) for category, topic, change in changes)))


@given(CHANGES)
def test_what_is_never_allowed_is_never_allowed(changes: list[tuple[str, str, int]]) -> None:
    decision = decide(asked_for(changes))
    indirect = sum(change for category, _topic, change in changes if category.startswith("indirect."))
    below = any(APPROVED.get(category, 0) + change < 0 for category, _topic, change in changes)

    assert decision.route == R.REFUSED or (indirect <= 0 and not below and any(change for *_, change in changes))


@given(CHANGES)
def test_whoever_records_at_once_leaves_every_sum_of_the_table_alone(changes: list[tuple[str, str, int]]) -> None:
    if decide(asked_for(changes)).route != R.RECORDED:
        return
    for topic in ("one", "two"):
        assert sum(change for _category, one, change in changes if one == topic) == 0
    assert sum(change for category, _topic, change in changes if category.startswith("equipment.")) <= 0
    assert sum(change for category, _topic, change in changes if category == "indirect.performance") <= 0


@given(CHANGES, st.randoms())
def test_the_order_of_the_lines_decides_nothing(changes: list[tuple[str, str, int]], random: object) -> None:
    asked = asked_for(changes)
    shuffled = list(asked.lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    other = decide(asked.model_copy(update={"lines": tuple(shuffled)}))

    assert (other.route, other.rules) == (decide(asked).route, decide(asked).rules)


@given(CHANGES)
def test_amounts_in_fen_are_decided_as_amounts_in_yuan(changes: list[tuple[str, str, int]]) -> None:
    """Scaling every amount and the slices alike changes no route: no rule looks at a sum of its own."""
    asked, rows = asked_for(changes), channel_rules()
    small = [one.model_copy(update={"approved": one.approved / 100, "change": one.change / 100}) for one in asked.lines]
    tiers = tuple(one.model_copy(update={"up_to": one.up_to and one.up_to / Decimal(100)}) for one in rows.tiers)

    other = decide(asked.model_copy(update={"lines": tuple(small)}), rows.model_copy(update={"tiers": tiers}))

    assert (other.route, other.rules) == (decide(asked).route, decide(asked).rules)
