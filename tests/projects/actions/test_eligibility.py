from __future__ import annotations

import pytest

from projects.actions.eligibility import (
    check_call,
    decide_finding,
    find_eligible,
    find_ineligible,
    return_by_department,
    run_check,
)
from projects.models import Finding, Letter
from tests.factories import way
from tests.factories.projects import days
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
AGE = {
    "id": "age",
    "subject": "applicant.age",
    "comparison": "at_most",
    "value": 30,
    "document": "内科发〔2024〕89号",
    "explanation": "不超过30周岁。",
}
TEAM = {"id": "team_size", "subject": "team.size", "comparison": "at_least", "value": 0}
LEADING = {"id": "leading", "subject": "applicant.leading", "comparison": "at_most", "value": 1}


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_a_check_keeps_what_was_found_with_its_document(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(rules=[AGE, TEAM]), state="recommended")
    run_check(proposal=row, by=cast.officer)
    found = list(row.findings.values_list("check_code", "level", "verdict", "document"))
    assert found == [("age", "failed", "open", "内科发〔2024〕89号"), ("team_size", "passed", "open", "")]
    entry = JournalEntry.objects.get(action="projects.proposal.check")
    assert sorted(entry.data["findings"].values()) == ["failed", "passed"]


def test_a_decision_stays_when_the_same_is_found_again_and_falls_when_it_changes(cast: way.Cast) -> None:
    call = way.call(rules=[AGE, TEAM])
    row = way.proposal(cast, call, state="recommended")
    run_check(proposal=row, by=cast.officer)
    decide_finding(finding=row.findings.get(check_code="age"), verdict="overruled", by=cast.officer, reason="证件已核")
    run_check(proposal=row, by=cast.officer)
    assert row.findings.get(check_code="age").verdict == "overruled"
    call.rules = [{**AGE, "value": 25}]
    call.save(update_fields=["rules"])
    run_check(proposal=row, by=cast.officer)
    assert list(row.findings.values_list("check_code", "verdict", "reason")) == [("age", "open", "")]


def test_passing_the_check_says_what_is_missing(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    with pytest.raises(Refused) as refused:
        find_eligible(proposal=row, by=cast.officer)
    assert refused.value.codes == ["not_checked"]
    found = way.finding(row)
    with pytest.raises(Refused) as refused:
        find_eligible(proposal=row, by=cast.officer)
    assert refused.value.codes == ["findings_open"]
    decide_finding(finding=found, verdict="confirmed", by=cast.officer)
    with pytest.raises(Refused) as refused:
        find_eligible(proposal=row, by=cast.officer)
    assert refused.value.codes == ["finding_stands"]
    decide_finding(finding=found, verdict="overruled", by=cast.officer, reason="属年龄计算口径")
    find_eligible(proposal=row, by=cast.officer)
    assert row.state == "eligible"


def test_overruling_needs_a_reason_and_what_passed_needs_no_decision(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    failed, passed = way.finding(row), way.finding(row, "passed", check_code="region")
    for found, verdict, code in (
        (failed, "overruled", "note_required"),
        (failed, "open", "nothing_to_decide"),
        (passed, "confirmed", "nothing_to_decide"),
    ):
        with pytest.raises(Refused) as refused:
            decide_finding(finding=found, verdict=verdict, by=cast.officer)
        assert refused.value.codes == [code]


def test_only_officers_check_and_decide(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    found = way.finding(row)
    for name, user in cast.everybody().items():
        if name != "officer":
            with pytest.raises(NotAllowed):
                run_check(proposal=row, by=user)
            with pytest.raises(NotAllowed):
                decide_finding(finding=found, verdict="confirmed", by=user)
    assert list(Finding.objects.values_list("verdict", flat=True)) == ["open"]


def test_over_the_whole_batch_two_proposals_of_one_person_both_fail_the_limit(cast: way.Cast) -> None:
    call = way.call(rules=[LEADING], opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    mine = [way.proposal(cast, call, state="recommended") for _place in range(2)]
    alone = way.proposal(way.Cast(officer=cast.officer), call, state="recommended")
    outcomes = check_call(call=call, by=cast.officer)
    assert [one.done for one in outcomes] == [True, True, True]
    assert [row.findings.get().level for row in (*mine, alone)] == ["failed", "failed", "passed"]
    assert mine[0].findings.get().params["holds"][0]["number"] == mine[1].number


def test_who_fails_gets_a_letter_with_the_reason(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    find_ineligible(proposal=row, by=cast.officer, note="负责人超龄")
    letter = Letter.objects.get()
    assert (row.state, letter.kind, letter.number) == ("ineligible", "ineligible", f"{row.number}-XS")
    assert "原因：负责人超龄" in letter.body


def test_a_return_by_the_department_sets_a_new_deadline_that_lies_ahead(cast: way.Cast) -> None:
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    row = way.proposal(cast, call, state="recommended")
    with pytest.raises(Refused) as refused:
        return_by_department(proposal=row, by=cast.officer, note="补充协议", until=days(-1))
    assert refused.value.codes == ["deadline_passed"]
    until = days(5)
    return_by_department(proposal=row, by=cast.officer, note="补充协议", until=until)
    assert (row.state, row.returned_to_deadline) == ("returned", until)
    assert type(row).objects.visible_to(cast.officer).get() == row
