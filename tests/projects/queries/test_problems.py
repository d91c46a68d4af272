from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.actions.section import save_budget, save_section
from projects.definitions.budget import budget_rules
from projects.definitions.form import Form
from projects.models import Call, Proposal
from projects.queries.content import content, frozen
from projects.queries.problems import by_section, problems
from tests.factories.projects import CallFactory
from tests.projects.writing import draft, filled

pytestmark = pytest.mark.django_db


def codes(proposal: Proposal, section: str, field: str) -> list[str]:
    return [one.code for one in by_section(problems(proposal)).get(section, []) if one.field == field]


def test_a_filled_proposal_has_no_problem() -> None:
    proposal, _user = filled()
    assert problems(proposal) == []


@pytest.mark.parametrize(
    ("section", "field", "typed", "expected"),
    [
        ("basic", "title", "", ["missing"]),
        ("basic", "title", "长" * 41, ["too_long"]),
        ("basic", "title", "xx项目", ["placeholder"]),
        ("basic", "direction", "9999", ["not_offered"]),
        ("basic", "keywords", "草原", ["keyword_count"]),
        ("basic", "term", {"from": "2029-01-01", "until": "2027-01-01"}, ["term_order"]),
        ("basic", "term", {"from": "2027-02-30", "until": "2029-01-01"}, ["no_date"]),
        ("rationale", "need", "短", ["too_short"]),
        ("content", "targets", [{"name": "论文", "value": "", "check": "检索"}], ["row_count", "cell_missing"]),
        ("route", "schedule", [{"from": "今年", "to": "2027-01-01", "work": "甲"}], ["no_date"]),
        ("basic", "nature", "别的", ["not_offered"]),
        ("avoidance", "avoid", [{"reason": "争议"}, {"person": "甲", "reason": ""}], ["cell_missing", "avoids_nobody"]),
        ("avoidance", "avoid", [{"person": "甲", "reason": "争议"}] * 4, ["row_count"]),
    ],
)
def test_each_fault_is_named_by_its_code(section: str, field: str, typed: Any, expected: list[str]) -> None:
    proposal, user = filled()
    save_section(proposal=proposal, section=section, data={field: typed}, expected_version=1, by=user)
    proposal.refresh_from_db()
    assert codes(proposal, section, field) == expected


def test_naming_the_organisation_in_a_text_that_experts_read_warns_and_does_not_block() -> None:
    proposal, user = filled()
    text = f"依托{proposal.organisation.name}前期中试线，" + "开展研究" * 40
    save_section(proposal=proposal, section="content", data={"contents": text}, expected_version=1, by=user)
    found = problems(proposal)
    assert [(one.code, one.blocking) for one in found] == [("names_applicant", False)]
    proposal.call.plan["names_block"] = True
    assert [one.blocking for one in problems(proposal)] == [True]
    proposal.call.plan["blind"] = False
    assert problems(proposal) == []


@pytest.mark.parametrize(
    ("fiscal", "indirect", "expected"),
    [
        ("20", "6", []),
        ("20", "6.01", ["indirect_fiscal"]),
        ("60", "0", ["above_most"]),
        ("300000", "0", ["perhaps_yuan", "above_most"]),
        ("20元", "0", ["no_number", "nothing_asked"]),
    ],
)
def test_budget_rules_are_explained(fiscal: str, indirect: str, expected: list[str]) -> None:
    proposal, user = filled()
    lines = {
        "operating.materials": {"fiscal": fiscal, "own": "", "basis": ""},
        "indirect.performance": {"fiscal": indirect, "own": "", "basis": ""},
    }
    save_budget(proposal=proposal, lines=lines, expected_version=1, by=user)
    assert codes(proposal, "budget", "money") == expected


def test_an_enterprise_puts_in_its_own_money() -> None:
    proposal, user = filled()
    organisation = proposal.organisation
    organisation.kind = "enterprise"
    organisation.save()
    lines = {"operating.materials": {"fiscal": "20", "own": "10", "basis": ""}}
    save_budget(proposal=proposal, lines=lines, expected_version=1, by=user)
    proposal = Proposal.objects.get()
    assert codes(proposal, "budget", "money") == ["own_missing"]


def test_a_lump_sum_asks_for_the_amount_and_the_commitment_to_the_negative_list(client: Client) -> None:
    proposal, user = draft(CallFactory.create(published=True, budget_mode="lump_sum"))
    save_budget(proposal=proposal, lines={"lump_sum": {"fiscal": "30", "own": "0"}}, expected_version=0, by=user)
    assert codes(proposal, "budget", "money") == ["no_commitment"]
    assert "commitment" not in frozen(content(proposal))
    lines = {"lump_sum": {"fiscal": "30", "own": "0"}, "commitment": {"basis": "yes"}}
    save_budget(proposal=proposal, lines=lines, expected_version=1, by=user)
    assert codes(proposal, "budget", "money") == []
    agreed = frozen(content(proposal))["commitment"]
    rule = budget_rules().negative_list_on(content(proposal).frame().on)
    assert (agreed["document"], agreed["items"]) == (rule.document, list(rule.items))
    assert agreed["text"].startswith("本人承诺")
    client.force_login(user)
    page = client.get(reverse("proposal-section", args=[proposal.uid, "budget"])).content.decode()
    assert [item for item in rule.items if item not in page] == []


def test_the_number_of_queries_does_not_grow_with_the_form(django_assert_num_queries: Any) -> None:
    short: Call = CallFactory.create(published=True)
    short.form = Form(sections=Form.model_validate(short.form).sections[:1]).model_dump(mode="json")
    short.save()
    for call in (short, CallFactory.create(published=True)):
        proposal = Proposal.objects.select_related("call", "organisation").get(pk=draft(call)[0].pk)
        with django_assert_num_queries(11):
            problems(proposal)


PIECE = {"name": "液相色谱仪", "model": "LC-20", "price": "30", "quantity": "2", "use": "检测", "sharing": "开放"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["equipment_not_listed"]),
        ([PIECE], []),
        ([{**PIECE, "quantity": "3"}], ["equipment_above_line"]),
        ([{**PIECE, "quantity": "0", "price": "三十", "use": ""}], ["no_number", "missing", "quantity"]),
        ([{**PIECE, "price": "300000"}], ["perhaps_yuan"]),
    ],
)
def test_equipment_from_half_a_million_on_is_listed_piece_by_piece(
    rows: list[dict[str, str]], expected: list[str]
) -> None:
    proposal, user = filled()
    lines = {"equipment.purchase": {"fiscal": "40", "own": "20", "basis": ""}}
    data = {"money": lines, "equipment": rows}
    save_section(proposal=proposal, section="budget", data=data, expected_version=1, by=user)
    assert codes(proposal, "budget", "equipment") == expected
    assert codes(proposal, "budget", "money") == []


def test_own_money_typed_in_yuan_is_asked_about() -> None:
    proposal, user = filled()
    lines = {"operating.materials": {"fiscal": "20", "own": "600000", "basis": ""}}
    save_budget(proposal=proposal, lines=lines, expected_version=1, by=user)
    assert codes(proposal, "budget", "money") == ["perhaps_yuan"]


def test_years_and_parts_add_up_to_the_grid_and_name_registered_organisations() -> None:
    proposal, user = filled()
    host = proposal.organisation.name
    rows = [
        {"organisation": host, "category": "材料费", "fiscal": "20", "own": "30"},
        {"organisation": host, "category": "管理费及其他", "fiscal": "6", "own": ""},
    ]
    good = {"years": [{"year": "2027", "fiscal": "26", "own": "30"}], "shares": rows}
    save_section(proposal=proposal, section="budget", data=good, expected_version=1, by=user)
    assert problems(proposal) == []
    years = [{"year": "2026", "fiscal": "二十", "own": ""}]
    bad = {"years": years, "shares": [{**rows[0], "organisation": "没有的单位"}, rows[1]]}
    save_section(proposal=proposal, section="budget", data=bad, expected_version=2, by=user)
    assert codes(proposal, "budget", "years") == ["no_number"]
    assert codes(proposal, "budget", "shares") == ["organisation_unknown"]


def test_a_rule_row_may_ask_enterprises_for_more_of_their_own_than_the_direction_does() -> None:
    proposal, user = filled()
    proposal.organisation.kind = "enterprise"
    proposal.organisation.save(update_fields=["kind"])
    row = {"id": "own_ratio", "subject": "budget.own_ratio", "comparison": "at_least", "value": 2}
    proposal.call.rules = [{**row, "explanation": "企业自筹不低于2:1", "document": "指南"}]
    proposal.call.save(update_fields=["rules"])
    assert codes(proposal, "budget", "money") == ["rule_own_ratio"]
    lines = {"operating.materials": {"fiscal": "20", "own": "40", "basis": ""}}
    save_budget(proposal=proposal, lines=lines, expected_version=1, by=user)
    proposal.refresh_from_db()
    assert codes(Proposal.objects.get(pk=proposal.pk), "budget", "money") == []
