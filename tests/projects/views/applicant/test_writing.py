from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.actions.endorsement import return_by_organisation
from projects.actions.section import save_section
from projects.definitions.form import Form
from projects.models import Participant, Proposal, SectionAnswer
from projects.queries.problems import problems
from projects.slips import Doubt
from tests.factories import way
from tests.factories.projects import CallFactory, days
from tests.projects.writing import draft, filled, host, user_of
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def page(proposal: Proposal, section: str) -> str:
    return reverse("proposal-section", args=[proposal.uid, section])


@pytest.mark.parametrize("mode", ["itemised", "lump_sum"])
def test_every_section_of_a_form_opens_empty_and_filled(client: Client, mode: str) -> None:
    for make in (draft, filled):
        proposal, user = make(CallFactory.create(published=True, budget_mode=mode))
        client.force_login(user)
        for section in Form.model_validate(proposal.call.form).sections:
            assert client.get(page(proposal, section.id)).status_code == 200
        assert client.get(reverse("proposal-write", args=[proposal.uid])).status_code == 200


def test_saving_keeps_what_was_typed_and_goes_on_to_the_next_part(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    sent = {"version": "0", "f-title": "<b>草原</b>", "f-term-from": "2027年1月1日", "do": "continue"}
    answer = client.post(page(proposal, "basic"), sent)
    assert answer["Location"] == page(proposal, "rationale")
    assert SectionAnswer.objects.get(version__gt=0).data["term"] == {"from": "2027年1月1日", "until": ""}
    assert "&lt;b&gt;草原&lt;/b&gt;" in client.get(page(proposal, "basic")).content.decode()


def test_rows_are_added_and_removed_without_script(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    row = {"f-targets-0-name": "论文", "f-targets-0-value": "3", "f-targets-0-check": "检索"}
    client.post(page(proposal, "content"), {"version": "0", **row, "do": "add:targets"})
    assert [one["name"] for one in SectionAnswer.objects.get(version__gt=0).data["targets"]] == ["论文", ""]
    client.post(page(proposal, "content"), {"version": "1", **row, "f-targets-1-name": "", "do": "remove:targets:0"})
    assert [one["name"] for one in SectionAnswer.objects.get(version__gt=0).data["targets"]] == [""]


def test_an_outdated_tab_sees_both_texts_and_merges_them(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    theirs = {"need": "他们的需求", "state_of_art": "他们的现状"}
    save_section(proposal=proposal, section="rationale", data=theirs, expected_version=0, by=user)
    mine = {"version": "0", "f-need": "我的需求", "f-state_of_art": "我的现状"}
    answer = client.post(page(proposal, "rationale"), mine)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert [text in shown for text in ("他们的需求", "他们的现状", "我的需求", "我的现状")] == [True] * 4
    chosen = {**mine, "version": "1", "pick-need": "theirs", "pick-state_of_art": "mine"}
    assert client.post(page(proposal, "rationale"), chosen).status_code == 302
    assert SectionAnswer.objects.get(version__gt=0).data == {"need": "他们的需求", "state_of_art": "我的现状"}


def test_an_autosave_answers_with_time_version_rail_and_sums(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    sent = {"version": "0", "f-money-operating.materials-fiscal": "12.5"}
    answer = client.post(page(proposal, "budget"), sent, headers={"X-Autosave": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="version" name="version" value="1"' in shown
    assert '<output id="s-operating-fiscal">12.50</output>' in shown
    outdated = client.post(page(proposal, "budget"), {"version": "0"}, headers={"X-Autosave": "1"})
    assert (outdated.status_code, 'id="late"' in outdated.content.decode()) == (409, True)


def test_a_megabyte_in_one_field_is_named_and_stays_on_the_page(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    answer = client.post(
        page(proposal, "rationale"), {"version": "0", "f-need": "x" * 1_000_000, "f-state_of_art": "乙"}
    )
    assert answer.status_code == 409
    assert answer.content.decode().count("x" * 1_000_000) == 1
    assert SectionAnswer.objects.get(version__gt=0).data == {"state_of_art": "乙"}


def test_a_page_whose_last_answer_got_lost_goes_on_from_its_own_text(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    opened = client.get(page(proposal, "rationale")).context["opened"]
    for turn, text in ((1, "甲"), (2, "甲乙")):
        sent = {"version": "0", "page": opened, "turn": f"{turn}", "f-need": text}
        answer = client.post(page(proposal, "rationale"), sent, headers={"X-Autosave": "1"})
        assert answer.status_code == 200
    stored = SectionAnswer.objects.get(section="rationale")
    assert (stored.data["need"], stored.version) == ("甲乙", 2)


@pytest.mark.parametrize(
    ("other_page", "turn", "status"), [(True, "9", 409), (False, "1", 409), (False, "x", 409), (False, "2", 200)]
)
def test_only_a_later_save_of_the_very_page_that_saved_last_may_follow(
    client: Client, *, other_page: bool, turn: str, status: int
) -> None:
    proposal, user = draft()
    client.force_login(user)
    first, second = (client.get(page(proposal, "rationale")).context["opened"] for _tab in range(2))
    sent = {"version": "0", "page": first, "turn": "1", "f-need": "甲"}
    client.post(page(proposal, "rationale"), sent, headers={"X-Autosave": "1"})
    late = {"version": "0", "page": second if other_page else first, "turn": turn, "f-need": "乙"}
    answer = client.post(page(proposal, "rationale"), late, headers={"X-Autosave": "1"})
    assert answer.status_code == status


def test_strangers_find_nothing(client: Client) -> None:
    proposal, _user = filled()
    client.force_login(user_of("韩磊", host()))
    names = ("proposal-write", "proposal-check", "proposal-versions", "proposal-member-add")
    addresses = [reverse(name, args=[proposal.uid]) for name in names]
    assert [client.get(url).status_code for url in (*addresses, page(proposal, "basic"))] == [404] * 5
    assert client.post(page(proposal, "basic"), {"version": "0", "f-title": "x"}).status_code == 404


def test_presence_names_the_others_and_their_part(client: Client) -> None:
    proposal, user = draft()
    colleague = user_of("韩磊", host())
    Participant.objects.create(
        proposal=proposal, person=colleague.person, name="韩磊", state="confirmed", may_edit=True
    )
    client.force_login(colleague)
    client.get(page(proposal, "team"))
    client.force_login(user)
    answer = client.post(reverse("proposal-presence", args=[proposal.uid, "basic"]))
    assert "<b>韩磊</b>" in answer.content.decode()


def test_after_the_deadline_saving_works_and_the_page_says_so(client: Client) -> None:
    call = CallFactory.create(published=True)
    proposal, user = draft(call)
    type(call).objects.update(filing_deadline=days(-1))
    client.force_login(user)
    assert client.post(page(proposal, "rationale"), {"version": "0", "f-need": "x"}).status_code == 302
    assert 'class="note warn"' in client.get(page(proposal, "rationale")).content.decode()


def test_every_page_says_who_returned_the_proposal_and_why(client: Client) -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call())
    return_by_organisation(proposal=row, by=cast.admin, note="请写明植被修复")
    client.force_login(cast.applicant)
    own = [reverse(name, args=[row.uid]) for name in ("proposal-write", "proposal-check")]
    for url in (*own, page(row, "basic")):
        shown = client.get(url).content.decode()
        assert [text in shown for text in ("单位已将申报书退回修改", "请写明植被修复")] == [True] * 2


@pytest.mark.parametrize("members", [1, 3])
def test_a_section_needs_the_same_number_of_queries_whatever_the_team(
    client: Client, django_assert_max_num_queries: Any, members: int
) -> None:
    proposal, user = filled()
    for number in range(members):
        Participant.objects.create(proposal=proposal, name=f"成员{number}", months_per_year=3)
    client.force_login(user)
    with django_assert_max_num_queries(30):
        client.get(page(proposal, "team"))


def test_an_amount_typed_in_yuan_is_mended_or_said_to_be_right_and_another_one_is_asked_about_again(
    client: Client,
) -> None:
    proposal, user = filled()
    client.force_login(user)
    url, name = page(proposal, "budget"), "f-money-operating.materials"

    def sent(own: str, **press: str) -> str:
        version = SectionAnswer.objects.get(section="budget").version
        typed = {f"{name}-fiscal": "20", f"{name}-own": own, f"{name}-basis": "种子", "version": str(version)}
        return str(client.post(url, {**typed, **press})["Location"])

    def asked() -> list[str]:
        reasons = [one.reason for one in problems(Proposal.objects.get())]
        return [reason.token for reason in reasons if isinstance(reason, Doubt)]

    token = "money/operating.materials.own=6000000000.00"
    sent("600000")
    shown = client.get(url).content.decode()
    assert (f'name="mend" value="{name}-own=60.00"' in shown, f'name="right" value="{token}"' in shown) == (True, True)
    assert sent("600000", mend=f"{name}-own=60.00") == f"{url}#f-money"
    stored = SectionAnswer.objects.get(section="budget").data["money"]["operating.materials"]
    assert (stored["own"], stored["basis"], asked()) == ("60.00", "种子", [])
    sent("600001", right=token)
    assert asked() == ["money/operating.materials.own=6000010000.00"]
    sent("600000")
    assert sent("600000", right=token) == f"{url}#f-money"
    sent("600000", right=token)
    assert (asked(), client.get(url).content.decode().count('name="mend"')) == ([], 0)
    assert JournalEntry.objects.filter(action="projects.proposal.as_typed").count() == 1
    sent("60")
    sent("600000")
    assert asked() == [token]


def test_a_row_of_a_list_stays_answered_when_it_moves(client: Client) -> None:
    proposal, user = filled()
    client.force_login(user)
    url, piece = page(proposal, "budget"), {"name": "仪", "model": "X", "quantity": "1", "use": "检", "sharing": "开"}
    first = {f"f-equipment-0-{key}": value for key, value in {**piece, "price": "1"}.items()}
    second = {f"f-equipment-1-{key}": value for key, value in {**piece, "price": "300000"}.items()}
    client.post(url, {**first, **second, "version": "1"})
    shown = client.get(url).content.decode()
    token = "equipment/price=3000000000.00"
    assert ('value="f-equipment-1-price=30.00"' in shown, f'value="{token}"' in shown) == (True, True)
    client.post(url, {**first, **second, "version": "2", "right": token})
    client.post(url, {**first, **second, "version": "2", "do": "remove:equipment:0"})
    found = [one.code for one in problems(Proposal.objects.get()) if one.field == "equipment"]
    assert found == ["equipment_above_line"]
