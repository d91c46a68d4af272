from __future__ import annotations

from decimal import Decimal

import pytest

from projects.actions.section import SectionStale, save_budget, save_section, touch_presence
from projects.actions.submission import submit_proposal
from projects.models import Presence, SectionAnswer
from tests.projects.writing import draft, filled, host, user_of
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_answers_are_kept_as_typed_and_the_title_reaches_the_proposal() -> None:
    proposal, user = draft()
    data = {"title": "  草原 <script>alert(1)</script>", "keywords": "草原,修复", "term": {"from": "明天", "until": ""}}
    saved = save_section(proposal=proposal, section="basic", data=data, expected_version=0, by=user)
    proposal.refresh_from_db()
    assert {name: saved.answer.data[name] for name in data} == data
    assert (proposal.title, proposal.keywords, proposal.starts_on) == (
        "草原 <script>alert(1)</script>",
        "草原；修复",
        None,
    )


def test_a_second_tab_with_an_old_version_gets_both_texts_and_loses_nothing() -> None:
    proposal, user = draft()
    save_section(proposal=proposal, section="rationale", data={"need": "甲"}, expected_version=0, by=user)
    with pytest.raises(SectionStale) as stale:
        save_section(proposal=proposal, section="rationale", data={"need": "乙"}, expected_version=0, by=user)
    assert stale.value.stored.data == {"need": "甲"}
    assert SectionAnswer.objects.get(version__gt=0).data == {"need": "甲"}


def test_sending_the_same_text_again_changes_nothing() -> None:
    proposal, user = draft()
    for _again in range(2):
        saved = save_section(proposal=proposal, section="rationale", data={"need": "甲"}, expected_version=0, by=user)
    assert saved.answer.version == 1


def test_a_field_of_one_megabyte_is_left_out_and_the_rest_is_saved() -> None:
    proposal, user = draft()
    data = {"need": "长" * 1_000_000, "state_of_art": "现状"}
    saved = save_section(proposal=proposal, section="rationale", data=data, expected_version=0, by=user)
    assert {name: reason.code for name, reason in saved.left_out.items()} == {"need": "too_large"}
    assert saved.answer.data == {"state_of_art": "现状"}


def test_autosaves_of_one_sitting_leave_one_entry_without_any_text() -> None:
    proposal, user = draft()
    for version in range(3):
        save_section(
            proposal=proposal, section="rationale", data={"need": f"第{version}稿"}, expected_version=version, by=user
        )
    entry = JournalEntry.objects.get(action="projects.proposal.write")
    assert set(entry.data) == {"section", "version", "sha256"}


def test_a_stranger_cannot_write_nor_be_present() -> None:
    proposal, _user = draft()
    stranger = user_of("韩磊", host())
    with pytest.raises(NotAllowed):
        save_section(proposal=proposal, section="rationale", data={"need": "x"}, expected_version=0, by=stranger)
    with pytest.raises(NotAllowed):
        touch_presence(proposal=proposal, section="rationale", by=stranger)
    assert (SectionAnswer.objects.filter(version__gt=0).count(), Presence.objects.count()) == (0, 0)


def test_a_submitted_proposal_is_not_written_in() -> None:
    proposal, user = filled()
    submit_proposal(proposal=proposal, by=user, key="k")
    with pytest.raises(Refused) as refused:
        save_section(proposal=proposal, section="rationale", data={"need": "x"}, expected_version=1, by=user)
    assert refused.value.codes == ["not_writable"]


def test_the_budget_is_typed_in_ten_thousands_and_stored_in_yuan() -> None:
    proposal, user = draft()
    lines = {
        "equipment.purchase": {"fiscal": "12.5", "own": "１０", "basis": "测序仪"},
        "labour.staff": {"fiscal": "三万", "own": "", "basis": ""},
    }
    saved = save_budget(proposal=proposal, lines=lines, expected_version=0, by=user)
    proposal.refresh_from_db()
    assert list(proposal.budget_lines.values_list("category", "fiscal", "own")) == [
        ("equipment.purchase", Decimal(125000), Decimal(100000))
    ]
    assert (proposal.requested, proposal.own) == (Decimal(125000), Decimal(100000))
    assert saved.answer.data["money"]["labour.staff"]["fiscal"] == "三万"
