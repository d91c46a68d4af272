from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from directory.models import Organisation, Person
from projects.definitions.rules import RULES, Comparison, Rule, Subject
from projects.models import Call, Participant, Project, Proposal
from projects.queries.eligibility import check_batch, check_proposal, eligibility
from tests.factories.projects import CallFactory, ProposalFactory

pytestmark = pytest.mark.django_db
_numbers = count(1)


def limits(leading: int = 1, total: int = 2) -> list[Any]:
    rules = (
        Rule(id="leading", subject=Subject.APPLICANT_LEADING, comparison=Comparison.AT_MOST, value=leading),
        Rule(id="total", subject=Subject.APPLICANT_TOTAL, comparison=Comparison.AT_MOST, value=total),
        Rule(id="member_total", subject=Subject.MEMBER_TOTAL, comparison=Comparison.AT_MOST, value=total),
    )
    dumped: list[Any] = RULES.dump_python(rules, mode="json")
    return dumped


@pytest.fixture
def call() -> Call:
    one: Call = CallFactory.create(published=True, rules=limits())
    return one


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(name="草原科学研究院", kind="institute", state="verified")


def person(name: str) -> Person:
    return Person.objects.create(name=name)


def filed(call: Call, applicant: Person, organisation: Organisation, **fields: Any) -> Proposal:
    number = f"2027-E-{next(_numbers):04d}"
    one: Proposal = ProposalFactory.create(
        call=call, applicant=applicant, organisation=organisation, submitted=True, number=number, **fields
    )
    return one


def join(proposal: Proposal, member: Person, role: str = "key_member", state: str = "confirmed") -> None:
    Participant.objects.create(proposal=proposal, person=member, name=member.name, role=role, state=state)


def running(proposal: Proposal, state: str = "active") -> Project:
    return Project.objects.create(
        proposal=proposal,
        number=f"P-{proposal.number}",
        title=proposal.title,
        investigator=proposal.applicant,
        organisation=proposal.organisation,
        grant=Decimal(100000),
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2028, 12, 31),
        state=state,
    )


def failed(results: list[Any]) -> list[tuple[str, str]]:
    return [(one.check_code, one.subject) for one in results if one.level == "failed"]


def test_before_starting_a_running_project_blocks_and_is_named(call: Call, organisation: Organisation) -> None:
    who = person("其木格")
    project = running(filed(CallFactory.create(published=True), who, organisation, state="approved"))
    results = eligibility(call, who, organisation)
    assert failed(results) == [("leading", "")]
    assert [hold["number"] for hold in results[0].params["holds"]] == [project.number]


@pytest.mark.parametrize("state", ["draft", "withdrawn", "declined", "ineligible", "not_endorsed", "expired"])
def test_what_is_not_filed_or_has_ended_does_not_count(call: Call, organisation: Organisation, state: str) -> None:
    who = person("其木格")
    filed(CallFactory.create(published=True), who, organisation, state=state)
    assert failed(eligibility(call, who, organisation)) == []


def test_a_lapsed_project_does_not_count(call: Call, organisation: Organisation) -> None:
    who = person("其木格")
    running(filed(call, who, organisation, state="approved"), state="lapsed")
    assert failed(eligibility(call, who, organisation)) == []


def test_a_proposal_does_not_count_against_itself(call: Call, organisation: Organisation) -> None:
    assert failed(check_proposal(filed(call, person("其木格"), organisation))) == []


def test_only_key_members_count(call: Call, organisation: Organisation) -> None:
    busy = person("乌兰")
    for _number in range(2):
        join(filed(CallFactory.create(published=True), person("领队"), organisation), busy)
    helped = filed(call, person("其木格"), organisation)
    join(helped, busy, role="member")
    assert failed(check_proposal(helped)) == []
    helped.participants.update(role="key_member")
    assert failed(check_proposal(helped)) == [("member_total", "乌兰")]


def test_over_the_limit_all_proposals_of_the_person_in_the_call_fail(call: Call, organisation: Organisation) -> None:
    twice, friend = person("其木格"), person("乌兰")
    first, second = (filed(call, twice, organisation) for _number in range(2))
    other = filed(call, friend, organisation)
    join(other, twice)
    clean = filed(call, person("苏和"), organisation)
    found = check_batch(call)
    assert {pk: sorted(code for code, _who in failed(results)) for pk, results in found.items()} == {
        first.pk: ["leading", "total"],
        second.pk: ["leading", "total"],
        other.pk: ["member_total"],
        clean.pk: [],
    }


def test_the_batch_names_the_person_in_the_proposal_of_another(call: Call, organisation: Organisation) -> None:
    call.rules = limits(total=5)
    call.save()
    twice = person("其木格")
    for _number in range(2):
        filed(call, twice, organisation)
    other = filed(call, person("乌兰"), organisation)
    join(other, twice)
    assert failed(check_batch(call)[other.pk]) == [("leading", "其木格")]
    assert failed(check_proposal(other)) == []


@pytest.mark.parametrize("proposals", [1, 3])
def test_the_batch_costs_the_same_queries_for_any_number_of_proposals(
    call: Call, organisation: Organisation, proposals: int, django_assert_num_queries: Any
) -> None:
    for number in range(proposals):
        join(filed(call, person(f"人{number}"), organisation), person(f"员{number}"))
    with django_assert_num_queries(6):
        check_batch(call)


def test_the_standard_rules_read_on_a_real_proposal(organisation: Organisation) -> None:
    proposal = filed(CallFactory.create(published=True), person("其木格"), organisation)
    levels = {one.check_code: str(one.level) for one in check_proposal(proposal)}
    assert levels == {
        "verified": "passed",
        "overdue": "passed",
        "region": "warning",
        "not_public_body": "passed",
        "registered": "warning",
        "age": "warning",
        "title_or_degree": "failed",
        "leading": "passed",
        "total": "passed",
        "most_amount": "passed",
        "team_size": "warning",
    }
