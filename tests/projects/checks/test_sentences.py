import datetime as dt

import pytest
from django.utils import translation

from projects.checks.engine import apply
from projects.checks.sentences import rule_in_words
from projects.definitions.rules import Comparison, Subject
from tests.projects.checks.test_engine import PROJECT, case, person, rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def test_a_result_says_the_value_and_the_demand() -> None:
    (result,) = apply(
        rule(Subject.APPLICANT_AGE, Comparison.AT_MOST, 60, on="2027-01-01"),
        case(person=person(born=dt.date(1960, 1, 1))),
    )
    assert result.text == ("Age of the principal investigator (on 2027-01-01): 67 years; required: at most 60 years.")


def test_an_unknown_value_asks_for_confirmation() -> None:
    (result,) = apply(rule(Subject.APPLICANT_AGE, Comparison.AT_MOST, 60, on="2027-01-01"), case())
    assert result.text == (
        "Age of the principal investigator (on 2027-01-01): not known, please confirm; required: at most 60 years."
    )


def test_a_limit_lists_the_numbers_it_counted() -> None:
    (result,) = apply(rule(Subject.APPLICANT_LEADING, Comparison.AT_MOST, 1), case(holds={1: (PROJECT,)}))
    assert result.text.endswith("2; required: at most 1. Counted: 2025-P-0001.")


def test_a_rule_reads_as_a_demand() -> None:
    assert rule_in_words(rule(Subject.APPLICANT_TITLE_OR_DEGREE, Comparison.ONE_OF, ["senior", "doctor"])) == (
        "Title or degree of the principal investigator: one of senior, doctorate"
    )
    assert rule_in_words(rule(Subject.MOST_AMOUNT, Comparison.AT_MOST, "500000")) == (
        "Amount applied for: at most 50.00 万元"
    )
