"""The pages of the way: who gets them, what they show, and that they ask the database little."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import User
from projects.actions.call_extension import propose_extension
from projects.actions.contract import start_signing
from projects.actions.funding import confirm_list, make_funding_list
from projects.actions.submission import submit_proposal, take_back
from projects.models import Contract, Objection, Proposal, PublicNotice
from tests.factories import directory, way
from tests.factories.projects import days
from tests.projects.actions.test_funding import item, on_notice
from tests.projects.contracts import drafted
from tests.projects.writing import attach, filled
from workflows.enums import FileState
from workflows.inbox import waiting_for
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(user: User, url: str) -> str:
    answer = signed_in(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "who", "state"),
    [
        ("endorsements", "admin", "submitted"),
        ("recommendations", "recommender", "endorsed"),
        ("officer-proposals", "officer", "recommended"),
        ("officer-proposals", "auditor", "approved"),
    ],
)
def test_lists_ask_little_and_the_same_for_more_rows(
    cast: way.Cast, django_assert_max_num_queries: Any, *, address: str, who: str, state: str, count: int
) -> None:
    call = way.call()
    rows = [way.proposal(cast, call, state=state) for _place in range(count)]
    for row in rows:
        way.finding(row)
    client = signed_in(getattr(cast, who))
    client.get(reverse(address))
    with django_assert_max_num_queries(14):
        answer = client.get(reverse(address), {"call": call.code})
    assert [row.number in answer.content.decode() for row in rows] == [True] * count


@pytest.mark.parametrize(
    ("address", "who", "states"),
    [
        ("endorsements", "other_admin", ("submitted",)),
        ("recommendations", "other_recommender", ("endorsed",)),
        ("officer-proposals", "officer", ("submitted", "endorsed", "withdrawn")),
    ],
)
def test_lists_hold_nothing_of_others(cast: way.Cast, address: str, who: str, states: tuple[str, ...]) -> None:
    rows = [way.proposal(cast, way.call(), state=state) for state in states]
    text = text_of(getattr(cast, who), reverse(address))
    assert [row.title for row in rows if row.title in text] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "沙地"}, [0]),
        ({"state": "eligible"}, [1]),
        ({"findings": "open"}, [0]),
        ({"findings": "none"}, [1]),
        ({"sort": "requested"}, [1, 0]),
        ({"sort": "number"}, [0, 1]),
        ({"region": "nowhere"}, [1, 0]),
    ],
)
def test_the_officers_filters_live_in_the_address(cast: way.Cast, query: dict[str, str], found: list[int]) -> None:
    call = way.call()
    rows = [
        way.proposal(cast, call, state="recommended", title="沙地治理", requested=100, submitted_at=days(-3)),
        way.proposal(cast, call, state="eligible", title="奶业提升", requested=900, submitted_at=days(-2)),
    ]
    way.finding(rows[0])
    answer = signed_in(cast.officer).get(reverse("officer-proposals"), query)
    assert list(answer.context["page"]) == [rows[place] for place in found]


def test_a_record_is_there_for_those_concerned_and_absent_for_all_others(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    answers = {
        name: signed_in(user).get(reverse("proposal", args=[row.uid])) for name, user in cast.everybody().items()
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "applicant": 200,
        "admin": 200,
        "recommender": 200,
        "officer": 200,
        "decision_maker": 200,
        "integrity": 200,
        "auditor": 200,
        "stranger": 404,
        "other_admin": 404,
        "other_recommender": 404,
    }


def test_findings_are_shown_to_the_department_only(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    way.finding(row)
    url = reverse("proposal", args=[row.uid])
    seen = {name: 'id="findings"' in text_of(getattr(cast, name), url) for name in ("applicant", "admin", "officer")}
    assert seen == {"applicant": False, "admin": False, "officer": True}


def test_the_score_is_not_shown_to_the_applicant(cast: way.Cast) -> None:
    row = way.reviewed(cast, way.call(), "87.31")
    url = reverse("proposal", args=[row.uid])
    assert ["87.31" in text_of(user, url) for user in (cast.applicant, cast.admin, cast.officer)] == [
        False,
        False,
        True,
    ]


def test_a_batch_endorsement_by_the_page(cast: way.Cast) -> None:
    call = way.call()
    rows = [way.proposal(cast, call) for _place in range(3)]
    client = signed_in(cast.admin)
    answer = client.post(reverse("endorsements"), {"chosen": [rows[0].uid, rows[2].uid], "note": "同意"})
    assert answer.status_code == 302
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == [
        "endorsed",
        "submitted",
        "endorsed",
    ]
    assert client.post(reverse("endorsements"), {"note": "同意"}).status_code == 200


def test_a_page_cannot_endorse_what_is_another_organisations(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    signed_in(cast.other_admin).post(reverse("endorsements"), {"chosen": [row.uid]})
    row.refresh_from_db()
    assert row.state == "submitted"


def test_recommending_by_the_page_gives_the_letter_with_its_list(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="endorsed", title="=1+1")
    client = signed_in(cast.recommender)
    answer = client.post(reverse("recommendations"), {"chosen": [row.uid], "number": "盟科函〔2027〕3号"}, follow=True)
    assert "盟科函〔2027〕3号" in answer.content.decode()
    again = client.post(reverse("recommendations"), {"chosen": [row.uid], "number": "盟科函〔2027〕3号"})
    assert again.status_code == 200
    letter = answer.context["letter"]
    sheet = client.get(reverse("recommendation-list", args=[letter.uid]))
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert signed_in(cast.other_recommender).get(reverse("recommendation-letter", args=[letter.uid])).status_code == 404


def test_a_finding_is_decided_on_the_record(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    found = way.finding(row)
    client = signed_in(cast.officer)
    client.post(reverse("finding", args=[found.pk]), {"verdict": "overruled", "reason": ""})
    found.refresh_from_db()
    assert found.verdict == "open"
    client.post(reverse("finding", args=[found.pk]), {"verdict": "overruled", "reason": "证件已核"})
    found.refresh_from_db()
    assert (found.verdict, found.decided_by) == ("overruled", cast.officer)
    assert signed_in(cast.admin).post(reverse("finding", args=[found.pk]), {"verdict": "confirmed"}).status_code == 404


def test_returning_for_completion_by_the_page(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    client = signed_in(cast.officer)
    url = reverse("proposal-return", args=[row.uid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"note": "补充", "until": "2020-01-01T00:00"}).status_code == 200
    assert client.post(url, {"note": "补充", "until": f"{days(5):%Y-%m-%dT%H:%M}"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "returned"


@pytest.mark.parametrize("count", [1, 3])
def test_the_funding_list_asks_little(cast: way.Cast, django_assert_max_num_queries: Any, count: int) -> None:
    call = way.call()
    for place in range(count):
        way.reviewed(cast, call, 90 - place)
    made = make_funding_list(call=call, by=cast.officer)
    client = signed_in(cast.officer)
    url = reverse("funding-list", args=[made.uid])
    client.get(url)
    with django_assert_max_num_queries(20):
        answer = client.get(url)
    assert len(answer.context["lines"]) == count


def test_an_item_is_edited_in_wan_and_the_sums_follow(cast: way.Cast) -> None:
    call = way.call()
    way.reviewed(cast, call, 90)
    made = make_funding_list(call=call, by=cast.officer)
    line = item(made, 0)
    url = reverse("funding-item", args=[made.uid, line.pk])
    client = signed_in(cast.officer)
    client.post(url, {f"{line.pk}-funded": "on", f"{line.pk}-wan": "35.5", f"{line.pk}-reason": "核减"})
    made.refresh_from_db()
    assert f"{made.total:.2f}" == "355000.00"
    client.post(url, {f"{line.pk}-funded": "on", f"{line.pk}-wan": "三十", f"{line.pk}-reason": "x"})
    client.post(url, {f"{line.pk}-funded": "on", f"{line.pk}-wan": "999", f"{line.pk}-reason": "x"})
    made.refresh_from_db()
    assert f"{made.total:.2f}" == "355000.00"
    assert "35.50" in text_of(cast.officer, reverse("funding-list", args=[made.uid]))


def objection_of(item_uid: Any, **more: str) -> dict[str, Any]:
    return {
        "item": item_uid,
        "name": "王小明",
        "contact": "13800000000",
        "text": "该项目与2023年已立项项目内容高度重复，请核实有关情况。",
        "evidence": "见2023年立项公告第12项。",
        **more,
    }


def test_anybody_objects_and_asks_by_the_code(cast: way.Cast) -> None:
    funding_list = on_notice(cast, 90)
    notice = PublicNotice.objects.get()
    url = reverse("notice-object", args=[notice.uid])
    client = Client()
    assert client.get(url).status_code == 200
    answer = client.post(url, objection_of(item(funding_list, 0).proposal.uid))
    objection = Objection.objects.get()
    assert objection.query_code in answer.content.decode()
    state = client.post(reverse("objection-query"), {"code": objection.query_code.lower()}).content.decode()
    assert objection.query_code in state
    assert [secret for secret in ("王小明", "13800000000", "高度重复") if secret in state] == []
    assert client.post(reverse("objection-query"), {"code": "AAAA"}).context["objection"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("contact", "1"), ("text", "短"), ("evidence", ""), ("item", "x"), ("organisation_name", "某大学")],
)
def test_an_objection_without_name_contact_facts_or_stamp_is_not_received(
    cast: way.Cast, field: str, value: str
) -> None:
    funding_list = on_notice(cast, 90)
    url = reverse("notice-object", args=[PublicNotice.objects.get().uid])
    answer = Client().post(url, objection_of(item(funding_list, 0).proposal.uid, **{field: value}))
    assert (answer.status_code, Objection.objects.count()) == (200, 0)
    assert answer.context["form"].errors


def test_too_many_objections_from_one_address_are_stopped(cast: way.Cast) -> None:
    funding_list = on_notice(cast, 90)
    url = reverse("notice-object", args=[PublicNotice.objects.get().uid])
    for _time in range(12):
        Client().post(url, objection_of(item(funding_list, 0).proposal.uid), REMOTE_ADDR="192.0.2.9")
    assert Objection.objects.count() == 10


def test_the_identity_shows_only_when_an_integrity_officer_asks(cast: way.Cast) -> None:
    funding_list = on_notice(cast, 90)
    notice = PublicNotice.objects.get()
    Client().post(reverse("notice-object", args=[notice.uid]), objection_of(item(funding_list, 0).proposal.uid))
    objection = Objection.objects.get()
    page = reverse("objection", args=[objection.uid])
    assert ["王小明" in text_of(user, page) for user in (cast.integrity, cast.auditor)] == [False, False]
    assert signed_in(cast.officer).get(page).status_code == 404
    look = reverse("objection-objector", args=[objection.uid])
    assert "王小明" in signed_in(cast.integrity).post(look).content.decode()
    assert signed_in(cast.auditor).post(look).status_code == 404
    assert text_of(cast.integrity, reverse("objections")).count(objection.query_code) == 1


def test_a_contract_is_completed_signed_and_listed(cast: way.Cast) -> None:
    funding_list = on_notice(cast, 90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
    contract = Contract.objects.select_related("project").get()
    page = reverse("contract", args=[contract.uid])
    client = signed_in(cast.applicant)
    typed = {"goals": "目标", "year_2027": "调查", "year_2028": "示范"}
    assert client.post(reverse("contract-edit", args=[contract.uid]), typed).status_code == 302
    contract.refresh_from_db()
    start_signing(contract=contract, by=cast.applicant)
    for user in (cast.applicant, cast.admin, cast.recommender, cast.decision_maker):
        assert contract.sha256[:32] in text_of(user, page)
        signed_in(user).post(reverse("contract-sign", args=[contract.uid]), {"sha256": contract.sha256})
    contract.refresh_from_db()
    assert contract.state == "signed"
    for user in (cast.applicant, cast.officer):
        assert contract.project.number in text_of(user, reverse("projects"))
        text_of(user, reverse("project", args=[contract.project.uid]))
        text_of(user, reverse("letter", args=[contract.project.proposal.letters.get().uid]))
    assert signed_in(cast.stranger).get(page).status_code == 404


def test_home_shows_each_role_what_waits(cast: way.Cast) -> None:
    call = way.call()
    way.proposal(cast, call, title="典型草原返青期预报")
    way.proposal(cast, call, state="endorsed")
    way.proposal(cast, call, state="recommended")
    on_notice(cast, 90)
    home = reverse("home")
    assert "典型草原返青期预报" in text_of(cast.admin, home)
    for user in (cast.recommender, cast.officer):
        assert call.title in text_of(user, home)
    for user in (cast.stranger, cast.other_admin, cast.other_recommender):
        assert "典型草原返青期预报" not in text_of(user, home)
        assert waiting_for(User.objects.get(pk=user.pk)) == []


def test_the_officers_home_counts_each_call_by_stage(cast: way.Cast) -> None:
    call = way.call()
    for state in ("submitted", "recommended", "in_review"):
        way.proposal(cast, call, state=state)
    link = f'<a href="{reverse("officer-proposals")}?call={call.code}">{call.title}</a>'
    assert link in text_of(cast.officer, reverse("home"))
    assert link not in text_of(cast.admin, reverse("home"))


@pytest.mark.parametrize(
    ("who", "query", "shown"),
    [
        ("officer", "", "check"),
        ("officer", "?tab=files", "files"),
        ("officer", "?tab=nowhere", "check"),
        ("applicant", "", "proposal"),
        ("applicant", "?tab=check", "proposal"),
        ("applicant", "?tab=history", "history"),
    ],
)
def test_a_record_shows_one_part_on_the_screen_and_all_on_paper(
    cast: way.Cast, who: str, query: str, shown: str
) -> None:
    row = way.proposal(cast, way.call(), state="recommended")
    text = text_of(getattr(cast, who), reverse("proposal", args=[row.uid]) + query)
    assert f'href="?tab={shown}" aria-current="page"' in text
    assert [f'id="{part}"' in text for part in ("content-proposal", "budget", "team", "files", "history")] == [True] * 5


def test_a_record_links_the_files_that_can_be_read_and_says_where_the_others_stand(cast: way.Cast) -> None:
    proposal, user = filled()
    first = attach(proposal, "cooperation", user)
    submit_proposal(proposal=proposal, by=user, key="k")
    StoredFile.objects.filter(pk=first.pk).update(state="waiting")
    text = text_of(user, reverse("proposal", args=[proposal.uid]) + "?tab=files")
    others = StoredFile.objects.filter(subject_id=proposal.pk).exclude(pk=first.pk)
    assert others.exists()
    assert [reverse("file", args=[one.uid]) in text for one in others] == [True] * others.count()
    assert reverse("file", args=[first.uid]) not in text
    assert str(FileState.WAITING.label) in text


def test_a_record_leads_to_every_receipt_and_to_what_changed(cast: way.Cast) -> None:
    proposal, user = filled()
    for key in ("k1", "k2"):
        submit_proposal(proposal=proposal, by=user, key=key)
        if key == "k1":
            assert reverse("proposal-versions", args=[proposal.uid]) not in text_of(
                user, reverse("proposal", args=[proposal.uid])
            )
            take_back(proposal=proposal, by=user)
    admin = directory.organisation_admin(proposal.organisation)
    for reader in (user, admin):
        text = text_of(reader, reverse("proposal", args=[proposal.uid]))
        for number in (1, 2):
            receipt = reverse("proposal-receipt", args=[proposal.uid, number])
            assert receipt in text
            assert signed_in(reader).get(receipt).status_code == 200
        assert reverse("proposal-versions", args=[proposal.uid]) in text


def test_a_record_says_what_can_be_done_before_its_content_and_what_happened_after_it(cast: way.Cast) -> None:
    proposal = way.proposal(cast, way.call(officer=cast.officer), state="recommended")
    html = text_of(cast.officer, proposal.get_absolute_url())
    parts = ('class="where"', 'class="card now"', 'id="content-proposal"', 'id="history"')
    places = [html.index(part) for part in parts]
    assert places == sorted(places)


def test_a_call_puts_its_gaps_and_a_waiting_extension_with_what_can_be_done(cast: way.Cast) -> None:
    call = way.call(officer=cast.officer, filing_deadline=days(2), recommendation_deadline=days(5))
    propose_extension(
        call=call, filing_deadline=days(9), recommendation_deadline=None, reason="系统检修", by=cast.officer
    )
    html = text_of(cast.decision_maker, call.get_absolute_url())
    assert html.index("approve_extension") < html.index('id="part-title"')


def test_an_officer_gives_more_time_to_sign_on_a_page(cast: way.Cast) -> None:
    contract = drafted(cast)
    url = reverse("contract-more-time", args=[contract.uid])
    assert url in text_of(cast.officer, contract.get_absolute_url())
    assert url not in text_of(cast.applicant, contract.get_absolute_url())
    client = signed_in(cast.officer)
    bad = client.post(url, {"working_days": "99", "reason": "单位用印流程调整"})
    assert (bad.status_code, "单位用印流程调整" in bad.content.decode()) == (200, True)
    assert client.post(url, {"working_days": "5", "reason": "单位用印流程调整"}).status_code == 302
    again = client.post(url, {"working_days": "5", "reason": "再延"})
    assert (again.status_code, "只能延长一次" in again.content.decode()) == (409, True)
    page = text_of(cast.applicant, contract.get_absolute_url())
    assert "单位用印流程调整" in page
