from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from projects.actions.call_edit import ContactRow, DirectionRow, edit_call
from projects.definitions.form import Form
from projects.definitions.scoring import Criterion, Scoring
from projects.models import Call
from tests.factories.directory import FocusAreaFactory, auditor, officer
from tests.factories.projects import CallFactory
from workflows.errors import NotAllowed, Refused, Stale
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    one: Call = CallFactory.create(officer=officer())
    return one


def edit(call: Call, **parts: Any) -> Call:
    assert call.officer is not None
    return edit_call(call=call, by=call.officer, expected_version=parts.pop("version", call.version), **parts)


def test_facts_change_and_the_version_grows(call: Call) -> None:
    edit(call, facts={"title": "新题目"})
    assert (call.title, call.version) == ("新题目", 1)


def test_only_the_parts_given_change(call: Call) -> None:
    form, rules = call.form, call.rules
    edit(call, scoring=Scoring(criteria=(Criterion(id="a", name="价值", weight=Decimal(100)),)))
    assert (call.form, call.rules) == (form, rules)
    assert [one["id"] for one in call.scoring["criteria"]] == ["a"]


def test_directions_and_contacts_are_replaced_in_order(call: Call) -> None:
    area = FocusAreaFactory.create()
    edit(
        call,
        directions=[DirectionRow("1001", "甲", focus_area_id=area.pk), DirectionRow("2001", "乙", places=3)],
        contacts=[ContactRow("system", "信息中心", "0471-1")],
        focus_areas=[area.pk],
    )
    assert list(call.directions.values_list("code", "places")) == [("1001", None), ("2001", 3)]
    assert list(call.contacts.values_list("kind", "name")) == [("system", "信息中心")]
    assert list(call.focus_areas.all()) == [area]


def test_the_second_of_two_editors_is_told(call: Call) -> None:
    edit(call, facts={"title": "甲的题目"})
    with pytest.raises(Stale):
        edit(call, facts={"title": "乙的题目"}, version=0)
    assert Call.objects.get(pk=call.pk).title == "甲的题目"


@pytest.mark.parametrize("trait", ["published", "closed", "concluded"])
def test_nothing_changes_after_publishing(trait: str) -> None:
    call = CallFactory.create(officer=officer(), **{trait: True})
    with pytest.raises(Refused) as refusal:
        edit(call, form=Form())
    assert refusal.value.codes == ["not_draft"]


def test_others_do_not_edit(call: Call) -> None:
    with pytest.raises(NotAllowed):
        edit_call(call=call, by=auditor(), expected_version=0, facts={"title": "x"})


def test_a_taken_code_is_refused(call: Call) -> None:
    CallFactory.create(code="2027-ZZ")
    with pytest.raises(Refused) as refusal:
        edit(call, facts={"code": "2027-ZZ"})
    assert refusal.value.codes == ["code_taken"]


def test_the_journal_keeps_digests_and_no_text(call: Call) -> None:
    edit(call, facts={"title": "新题目"}, contacts=[ContactRow("guide", "王五", "0471-2")])
    entry = JournalEntry.objects.get(action="projects.call.edit")
    assert set(entry.data["parts"]) == {"facts", "contacts"}
    assert "王五" not in str(entry.data)


def test_an_unknown_fact_is_a_fault_of_the_program(call: Call) -> None:
    with pytest.raises(ValueError, match="state"):
        edit(call, facts={"state": "published"})
