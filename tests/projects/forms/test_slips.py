"""Every form that takes amounts: where it asks about the unit, and what its two answers do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from projects.definitions.budget import budget_rules
from projects.forms.adjustment import PolicyForm
from projects.forms.call import DirectionForm
from projects.forms.call_rules import RuleForm
from projects.forms.change import RevocationForm, TerminationForm
from projects.forms.equipment import with_price
from projects.forms.payments import OwnFundsForm, PlanRowForm, RepaymentForm
from projects.forms.results import ResultForm
from projects.forms.spending import EntryForm
from projects.forms.way import ContractForm
from projects.models import AdjustmentPolicy, Contract, Project
from tests.projects.papers import pdf

DAY = "2027-03-05"
TODAY = budget_rules().schemes[-1]
PAID = {"voucher": "1", "paid_on": DAY, "arrived_on": DAY, "source": "own", "due_on": DAY, "milestone": ""}
ENTRY = {"voucher": "记-1", "spent_on": DAY, "category": "labour.staff", "source": "fiscal"}
RESULT = {
    "kind": "contract",
    "title": "转化",
    "number": "X1",
    "dated_on": DAY,
    "acknowledgement": "课题 1",
    "count": "1",
}
ENDING = {
    "why": "force_majeure",
    "spent": "0",
    "returned": "0",
    "basis": "文",
    "reason": "因故",
    "key": str(uuid.uuid4()),
}
LISTED = "离心机；X；{}；1；检测；开放"
HALF_A_MILLION = Decimal(500_000)


def project() -> Project:
    return Contract(pk=1, content={}, project=Project(grant=HALF_A_MILLION)).project


def contract_form(data: QueryDict) -> ContractForm:
    line = {"category": "equipment.purchase", "fiscal": "500000", "own": "0"}
    content: dict[str, Any] = {"equipment": [], "budget": [line]}
    return ContractForm(data, years=range(0), milestones={}, content=content)


def papers() -> MultiValueDict[str, Any]:
    return MultiValueDict({"paper": [pdf()]})


Make = Callable[[QueryDict], Any]
PLACES: dict[str, tuple[Make, str, dict[str, str]]] = {
    "own": (lambda data: OwnFundsForm(data, papers(), budget=HALF_A_MILLION), "amount", PAID),
    "repayment": (lambda data: RepaymentForm(data, papers(), owed=HALF_A_MILLION), "amount", PAID),
    "plan": (lambda data: PlanRowForm(data, milestones=[], approved=HALF_A_MILLION), "amount", PAID),
    "result": (ResultForm, "amount", RESULT),
    "direction": (DirectionForm, "most_amount", {"code": "A1", "title": "草原", "own_ratio": "0"}),
    "policy": (
        lambda data: PolicyForm(data, instance=AdjustmentPolicy()),
        "signature_wan",
        {"equipment_decrease": "investigator"},
    ),
    "rule": (
        RuleForm,
        "value",
        {
            "subject": "budget.most_amount",
            "comparison": "at_most",
            "consequence": "block",
            "explanation": "不超过",
            "document": "通知",
        },
    ),
    "spending": (
        lambda data: EntryForm(data, scheme=budget_rules().schemes[-1], whole=HALF_A_MILLION),
        "amount",
        ENTRY,
    ),
    "termination": (lambda data: TerminationForm(data, project=project()), "spent", ENDING),
    "revocation": (lambda data: RevocationForm(data, project=project()), "returned", ENDING),
    "contract": (contract_form, "equipment", {}),
}


def form_of(place: str, typed: str, **more: str) -> Any:
    """The form of a place with an amount typed, all else as it should be."""
    make, name, rest = PLACES[place]
    data = QueryDict(mutable=True)
    amount = LISTED.format(typed) if place == "contract" else typed
    data.update({"key": str(uuid.uuid4()), **rest, name: amount, **more})
    form = make(data)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("place", "typed", "asked"),
    [
        ("own", "350000", True),
        ("own", "35", False),
        ("own", "60", False),
        ("repayment", "320000", True),
        ("repayment", "3.2", False),
        ("plan", "250000", True),
        ("plan", "25", False),
        ("result", "500000", True),
        ("result", "800", False),
        ("direction", "500000", True),
        ("direction", "200", False),
        ("policy", "50000", True),
        ("policy", "5", False),
        ("rule", "500000", True),
        ("rule", "500", False),
        ("spending", "85000000", True),
        ("spending", "-85000000", True),
        ("spending", "8500", False),
        ("spending", "12.5", False),
        ("termination", "350000", True),
        ("termination", "35", False),
        ("revocation", "350000", True),
        ("contract", "300000", True),
        ("contract", "30", False),
    ],
)
@pytest.mark.django_db
def test_an_amount_in_the_wrong_unit_is_asked_about(place: str, typed: str, *, asked: bool) -> None:
    form, name = form_of(place, typed), PLACES[place][1]
    assert (bool(form.questions.get(name)), set(form.errors)) == (asked, {name} if asked else set())
    if not asked:
        return
    question = form.questions[name][0]
    right = form_of(place, typed, right=question.token)
    assert (right.is_valid(), right.questions[name][0].settled) == (True, True)
    assert form_of(place, typed, **{"as-typed": question.token}).is_valid()
    other = form_of(place, f"{typed[:-1]}1", **{"as-typed": question.token})
    assert [one.settled for one in other.questions[name]] == [False]
    mended = form_of(place, typed, mend=question.mend_value)
    assert (mended.is_valid(), mended.questions, dict(mended.errors)) == (False, {}, {})
    assert mended[name].value() == (LISTED.format(question.typed) if place == "contract" else question.typed)


@pytest.mark.parametrize(("place", "name"), [("result", "amount"), ("direction", "most_amount")])
@pytest.mark.django_db
def test_more_than_any_budget_is_asked_about_and_refused_though_it_is_said_to_be_right(place: str, name: str) -> None:
    asked = form_of(place, "5000000").questions[name][0]
    assert (asked.typed, form_of(place, "5000000", right=asked.token).is_valid()) == ("500.00", False)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("甲；X；300000；1；用；开\n\n乙\tY\t5\t1\t用\t开", 2, "甲；X；300000；1；用；开\n\n乙\tY\t8\t1\t用\t开"),
        ("甲；X；300000；1；用；开", 1, "甲；X；8；1；用；开"),
        ("甲", 1, "甲"),
        ("甲；X；5；1；用；开", 7, "甲；X；5；1；用；开"),
    ],
)
def test_a_price_is_put_into_its_row_alone(text: str, row: int, expected: str) -> None:
    assert with_price(text, row, "8") == expected
