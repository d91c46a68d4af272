import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from directory.models import Organisation, Person, Region
from projects.checks.context import Context, Hold, Member
from projects.checks.engine import apply, within
from projects.definitions.rules import Comparison, Consequence, Rule, Subject
from projects.models import Call, CallDirection, Proposal

S, C = Subject, Comparison
DEADLINE = dt.datetime(2027, 6, 18, 15, 59, tzinfo=dt.UTC)
PROJECT = Hold("project", "2025-P-0001", "a", 11, leading=True, ends_on=dt.date(2027, 12, 31))
ENDING = Hold("project", "2022-P-0002", "b", 12, leading=True, ends_on=dt.date(2026, 12, 31))
MEMBERSHIP = Hold("proposal", "2027-T-0003", "c", 13, leading=False)


def person(**fields: Any) -> Person:
    born = fields.pop("born", None)
    one = Person(pk=1, name="巴特尔", **fields)
    one.birth_date = born
    return one


def case(**parts: Any) -> Context:
    organisation = Organisation(
        name="某大学",
        kind=parts.pop("kind", "university"),
        state=parts.pop("state", "verified"),
        **parts.pop("org", {}),
    )
    call = Call(code="2027-T", filing_deadline=DEADLINE)
    money = {"requested": Decimal(parts.pop("requested", "400000")), "own": Decimal(parts.pop("own", "400000"))}
    direction = parts.pop("direction", CallDirection(pk=1, most_amount=Decimal(500000), own_ratio=Decimal(1)))
    who = parts.pop("person", person())
    proposal = Proposal(call=call, applicant=who, organisation=organisation, direction=direction, **money)
    return Context(
        call=call,
        person=who,
        organisation=organisation,
        proposal=proposal,
        team=parts.pop("team", ()),
        holds=parts.pop("holds", {}),
        late=parts.pop("late", ()),
    )


def rule(subject: Subject, comparison: Comparison, value: Any, **fields: Any) -> Rule:
    return Rule(id="r", subject=subject, comparison=comparison, value=value, document="内科发〔2024〕89号", **fields)


def levels(one: Rule, context: Context) -> list[str]:
    return [str(result.level) for result in apply(one, context)]


@pytest.mark.parametrize(
    ("subject", "comparison", "value", "parts", "level"),
    [
        # age is full years on the day of the deadline
        (S.APPLICANT_AGE, C.AT_MOST, 60, {"person": person(born=dt.date(1966, 6, 19))}, "passed"),
        (S.APPLICANT_AGE, C.AT_MOST, 60, {"person": person(born=dt.date(1966, 6, 18))}, "failed"),
        (S.APPLICANT_AGE, C.AT_LEAST, 18, {"person": person(born=dt.date(2009, 6, 18))}, "passed"),
        (S.APPLICANT_AGE, C.AT_LEAST, 18, {"person": person(born=dt.date(2009, 6, 19))}, "failed"),
        (S.APPLICANT_AGE, C.AT_MOST, 60, {"person": person()}, "warning"),
        (S.APPLICANT_TITLE, C.ONE_OF, ["senior"], {"person": person(title="senior")}, "passed"),
        (S.APPLICANT_TITLE, C.ONE_OF, ["senior"], {"person": person(title="associate")}, "failed"),
        (S.APPLICANT_TITLE, C.NOT_ONE_OF, ["none"], {"person": person(title="none")}, "failed"),
        (S.APPLICANT_DEGREE, C.ONE_OF, ["doctor"], {"person": person(degree="doctor")}, "passed"),
        (S.APPLICANT_DEGREE, C.ONE_OF, ["doctor"], {"person": person(degree="master")}, "failed"),
        (S.APPLICANT_DEGREE, C.NOT_ONE_OF, ["none"], {"person": person(degree="master")}, "passed"),
        (S.APPLICANT_TITLE_OR_DEGREE, C.ONE_OF, ["senior", "doctor"], {"person": person(degree="doctor")}, "passed"),
        (S.APPLICANT_TITLE_OR_DEGREE, C.ONE_OF, ["senior", "doctor"], {"person": person(title="senior")}, "passed"),
        (S.APPLICANT_TITLE_OR_DEGREE, C.ONE_OF, ["senior", "doctor"], {"person": person(title="junior")}, "failed"),
        # the present one counts itself; what one is key member of does not count as led
        (S.APPLICANT_LEADING, C.AT_MOST, 1, {"holds": {}}, "passed"),
        (S.APPLICANT_LEADING, C.AT_MOST, 1, {"holds": {1: (PROJECT,)}}, "failed"),
        (S.APPLICANT_LEADING, C.AT_MOST, 1, {"holds": {1: (MEMBERSHIP,)}}, "passed"),
        (S.APPLICANT_LEADING, C.AT_MOST, 1, {"holds": {2: (PROJECT,)}}, "passed"),
        (S.APPLICANT_TOTAL, C.AT_MOST, 2, {"holds": {1: (MEMBERSHIP,)}}, "passed"),
        (S.APPLICANT_TOTAL, C.AT_MOST, 2, {"holds": {1: (PROJECT, MEMBERSHIP)}}, "failed"),
        (S.ORGANISATION_KIND, C.ONE_OF, ["enterprise"], {"kind": "enterprise"}, "passed"),
        (S.ORGANISATION_KIND, C.ONE_OF, ["enterprise"], {"kind": "university"}, "failed"),
        (S.ORGANISATION_KIND, C.NOT_ONE_OF, ["government"], {"kind": "government"}, "failed"),
        (S.ORGANISATION_KIND, C.NOT_ONE_OF, ["government"], {"kind": ""}, "warning"),
        (S.ORGANISATION_AGE, C.AT_LEAST, 1, {"org": {"founded_on": dt.date(2026, 6, 18)}}, "passed"),
        (S.ORGANISATION_AGE, C.AT_LEAST, 1, {"org": {"founded_on": dt.date(2026, 6, 19)}}, "failed"),
        (S.ORGANISATION_AGE, C.AT_MOST, 5, {"org": {"founded_on": dt.date(2020, 1, 1)}}, "failed"),
        (S.ORGANISATION_AGE, C.AT_LEAST, 1, {}, "warning"),
        (S.ORGANISATION_REGION, C.ONE_OF, ["15"], {"org": {"region": Region(code="150102")}}, "passed"),
        (S.ORGANISATION_REGION, C.ONE_OF, ["15"], {"org": {"region": Region(code="110000")}}, "failed"),
        (S.ORGANISATION_REGION, C.NOT_ONE_OF, ["150100"], {"org": {"region": Region(code="150102")}}, "failed"),
        (S.ORGANISATION_REGION, C.ONE_OF, ["15"], {}, "warning"),
        (S.ORGANISATION_VERIFIED, C.IS, True, {"state": "verified"}, "passed"),
        (S.ORGANISATION_VERIFIED, C.IS, True, {"state": "registered"}, "failed"),
        (S.OWN_RATIO, C.AT_LEAST, "1", {"kind": "enterprise"}, "passed"),
        (S.OWN_RATIO, C.AT_LEAST, "1", {"kind": "enterprise", "own": "399999"}, "failed"),
        (S.OWN_RATIO, C.AT_LEAST, "1", {"kind": "enterprise", "own": "390000"}, "failed"),
        (S.OWN_RATIO, C.AT_LEAST, "direction", {"kind": "enterprise", "own": "0"}, "failed"),
        (S.OWN_RATIO, C.AT_LEAST, "1", {"kind": "enterprise", "requested": "0"}, "warning"),
        (S.MOST_AMOUNT, C.AT_MOST, "direction", {"requested": "500000"}, "passed"),
        (S.MOST_AMOUNT, C.AT_MOST, "direction", {"requested": "500000.01"}, "failed"),
        (S.MOST_AMOUNT, C.AT_MOST, "300000", {"requested": "300001"}, "failed"),
        (S.MOST_AMOUNT, C.AT_MOST, "direction", {"direction": None}, "warning"),
        (S.TEAM_SIZE, C.AT_LEAST, 2, {"team": (Member(2, "其其格", key=True),)}, "passed"),
        (
            S.TEAM_SIZE,
            C.AT_LEAST,
            3,
            {"team": (Member(1, "巴特尔", key=True), Member(2, "其其格", key=True))},
            "failed",
        ),
        (S.OVERDUE_ACCEPTANCES, C.AT_MOST, 0, {}, "passed"),
        (S.OVERDUE_ACCEPTANCES, C.AT_MOST, 0, {"late": (PROJECT,)}, "failed"),
        (S.TEAM_SIZE, C.AT_MOST, 1, {"team": (Member(None, "其其格", key=False),)}, "failed"),
        (S.MEMBER_TOTAL, C.AT_MOST, 1, {"team": (Member(2, "其其格", key=True),)}, "passed"),
        (S.MEMBER_TOTAL, C.AT_MOST, 1, {"team": (Member(2, "其其格", key=True),), "holds": {2: (PROJECT,)}}, "failed"),
        (S.MEMBER_TOTAL, C.AT_MOST, 1, {"team": (Member(None, "其其格", key=True),)}, "warning"),
    ],
)
def test_each_subject_is_compared_as_the_rule_says(
    subject: Subject, comparison: Comparison, value: Any, parts: dict[str, Any], level: str
) -> None:
    assert levels(rule(subject, comparison, value), case(**dict(parts))) == [level]


@pytest.mark.parametrize(
    ("subject", "comparison", "value", "parts"),
    [
        (S.OWN_RATIO, C.AT_LEAST, "1", {"kind": "university", "own": "0"}),
        (S.MEMBER_TOTAL, C.AT_MOST, 1, {"team": (Member(2, "其其格", key=False),), "holds": {2: (PROJECT,)}}),
        (S.MOST_AMOUNT, C.AT_MOST, "direction", {"direction": CallDirection(pk=1)}),
    ],
)
def test_a_rule_that_does_not_concern_the_case_finds_nothing(
    subject: Subject, comparison: Comparison, value: Any, parts: dict[str, Any]
) -> None:
    assert levels(rule(subject, comparison, value), case(**parts)) == []


def test_a_rule_that_only_warns_never_fails() -> None:
    one = rule(S.TEAM_SIZE, C.AT_LEAST, 3, consequence=Consequence.WARN)
    assert levels(one, case()) == ["warning"]


def test_a_date_in_the_rule_replaces_the_day_of_the_deadline() -> None:
    born = case(person=person(born=dt.date(1966, 3, 1)))
    assert levels(rule(S.APPLICANT_AGE, C.AT_MOST, 60, on="2027-01-01"), born) == ["passed"]
    assert levels(rule(S.APPLICANT_AGE, C.AT_MOST, 60), born) == ["failed"]


def test_a_project_that_ends_before_the_date_of_the_rule_does_not_count() -> None:
    ending = case(holds={1: (ENDING,)})
    assert levels(rule(S.APPLICANT_LEADING, C.AT_MOST, 1, on="2027-01-01"), ending) == ["passed"]
    assert levels(rule(S.APPLICANT_LEADING, C.AT_MOST, 1), ending) == ["failed"]


def test_a_limit_names_what_it_counted_and_cites_its_document() -> None:
    (result,) = apply(rule(S.APPLICANT_LEADING, C.AT_MOST, 1), case(holds={1: (PROJECT,)}))
    assert result.document == "内科发〔2024〕89号"
    assert result.params["holds"] == [{"kind": "project", "number": "2025-P-0001", "uid": "a"}]


def test_every_subject_has_a_reader_and_a_row() -> None:
    from projects.checks.readers import READERS
    from projects.checks.subjects import SUBJECTS

    assert set(READERS) == set(SUBJECTS) == set(Subject)


@pytest.mark.parametrize(
    ("code", "area", "answer"),
    [
        ("150102", "15", True),
        ("150102", "150000", True),
        ("150102", "150100", True),
        ("150202", "150100", False),
        ("110000", "15", False),
    ],
)
def test_a_division_lies_in_the_areas_above_it(code: str, area: str, *, answer: bool) -> None:
    assert within(code, area) is answer
