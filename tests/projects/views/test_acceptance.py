"""The pages of acceptances, for everybody whose hands one passes through, and for the public."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts.models import ReviewRound
from projects.actions.archive import make_archive
from projects.models import Acceptance, Project, ProjectArchive
from projects.queries.eligibility import eligibility
from tests.factories import way
from tests.projects.acceptances import EXPERTS, checked, decided, of
from tests.projects.budgets import running_project
from workflows.verbs import verb_url

pytestmark = pytest.mark.django_db
OPINION = {
    "heard_on": "2028-11-20",
    "experts": EXPERTS,
    "task": "partly",
    "finance": "yes",
    "suggested": "passed",
    "opinion": "完成主要考核指标。",
}


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 12, 1, 4, tzinfo=dt.UTC)):
        yield found


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    """What a page says, without its addresses."""
    return re.sub(r"<[^>]*>", "", response.content.decode())


def step(user: Any, one: Acceptance, name: str) -> int:
    one.refresh_from_db()
    url = reverse("transition", args=["projects.acceptance", one.uid, name])
    return signed_in(user).post(url, {"note": "", "version": one.version}).status_code


def test_it_is_written_filed_and_checked_by_its_pages(cast: way.Cast, project: Project) -> None:
    one, client = of(project), signed_in(cast.applicant)
    page = client.get(one.get_absolute_url()).content.decode()
    assert reverse("acceptance-edit", args=[one.uid]) in page
    assert "承担单位" in page  # who organises it
    typed = {"summary": "完成全部任务。", "benefit": "", "version": one.version}
    rows = client.get(reverse("acceptance-edit", args=[one.uid])).content.decode().count('name="attainment_')
    typed |= {f"attainment_{place}": "reached" for place in range(rows)}
    form = reverse("acceptance-edit", args=[one.uid])
    wrong = client.post(form, typed | {"summary": "长" * 5001, "benefit": "推广三处"})
    assert (wrong.status_code, "推广三处" in wrong.content.decode()) == (200, True)
    assert client.post(form, typed).status_code == 302
    late = client.post(form, typed)
    assert (late.status_code, "已在别处保存" in late.content.decode()) == (409, True)
    assert [step(cast.applicant, one, "file"), step(cast.admin, one, "confirm"), step(cast.officer, one, "check")] == [
        302
    ] * 3
    assert of(project).state == "checked"
    assert client.get(form).status_code == 404


def test_the_organiser_is_told_what_does_not_hold_together_and_keeps_what_was_typed(
    cast: way.Cast, project: Project
) -> None:
    one = checked(cast, project)
    form = reverse("acceptance-opinion", args=[one.uid])
    assert [signed_in(who).get(form).status_code for who in (cast.officer, cast.recommender)] == [404, 404]
    client = signed_in(cast.admin)
    answer = client.post(form, OPINION)
    assert (answer.status_code, "完成主要考核指标。" in answer.content.decode()) == (409, True)
    assert client.post(form, OPINION | {"heard_on": "2028-12-24"}).status_code == 200
    assert client.post(form, OPINION | {"suggested": "concluded"}).status_code == 302
    proposal = reverse("acceptance-proposal", args=[one.uid])
    officer = signed_in(cast.officer)
    assert officer.post(proposal, {"outcome": "passed", "reason": ""}).status_code == 409
    assert officer.post(proposal, {"outcome": "concluded", "reason": ""}).status_code == 302
    shown = [signed_in(who).get(one.get_absolute_url()).content.decode() for who in (cast.applicant, cast.officer)]
    assert ["outcome-title" in page for page in shown] == [False, True]
    assert ["专家1，第1大学" in page for page in shown] == [False, True]
    asked = signed_in(cast.decision_maker).get(verb_url(one, "approve")).content.decode()
    assert ("拟定结论：结题。" in asked, "结论予以公示" in asked) == (True, True)
    assert step(cast.decision_maker, one, "approve") == 302
    assert Project.objects.get(pk=project.pk).state == "concluded"
    assert str(one.uid) not in text_of(signed_in(cast.applicant).get(project.get_absolute_url()))


def test_everybody_reads_what_was_decided_and_strangers_nothing_else(cast: way.Cast, project: Project) -> None:
    one = of(project)
    outcomes = reverse("acceptance-outcomes")
    assert project.title not in Client().get(outcomes).content.decode()
    assert signed_in(cast.stranger).get(one.get_absolute_url()).status_code == 404
    decided(cast, project)
    assert project.title in Client().get(outcomes, {"outcome": "passed", "q": project.number}).content.decode()
    assert project.title not in Client().get(outcomes, {"outcome": "failed"}).content.decode()


def test_an_overdue_acceptance_stands_out_and_bars_a_new_project(cast: way.Cast, project: Project) -> None:
    one = of(project)
    call = way.call(rules=[{"id": "o", "subject": "acceptance.overdue", "comparison": "at_most", "value": 0}])
    sides = (call, cast.applicant.person, cast.host)
    assert [str(found.level) for found in eligibility(*sides)] == ["passed"]
    with time_machine.travel(one.due_at + dt.timedelta(days=1)):
        (found,) = eligibility(*sides)
        assert (str(found.level), found.params["holds"][0]["number"]) == ("failed", project.number)
        officer = signed_in(cast.officer)
        assert project.title in officer.get(reverse("acceptances"), {"state": "overdue"}).content.decode()
        assert project.title in officer.get(reverse("portfolio"), {"risk": "acceptance_late"}).content.decode()
        assert "逾期" in signed_in(cast.applicant).get(one.get_absolute_url()).content.decode()


def test_lists_ask_no_more_with_more_rows(cast: way.Cast, project: Project) -> None:
    decided(cast, project)
    officer = signed_in(cast.officer)
    pages = ((officer, reverse("acceptances")), (Client(), reverse("acceptance-outcomes")))
    asked: list[list[int]] = []
    for _time in range(2):
        asked.append([])
        for client, page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as found:
                assert client.get(page).status_code == 200
            asked[-1].append(len(found))
        for _more in range(2):
            with time_machine.travel(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)):
                more = running_project(cast)
            decided(cast, more)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 15


def test_an_officer_sends_it_to_experts_and_sees_how_far_they_are(cast: way.Cast, project: Project) -> None:
    one = checked(cast, project)
    Acceptance.objects.update(organiser="department")
    browser, url = signed_in(cast.officer), reverse("acceptance-review")
    offered = browser.get(f"{url}?acceptance={one.uid}").content.decode()
    assert f'value="{one.uid}" id="id_acceptances_0" checked' in " ".join(offered.split())
    assert browser.post(url, {"title": "年末验收"}).status_code == 200
    sent = browser.post(url, {"title": "年末验收", "acceptances": [f"{one.uid}"]})
    review_round = ReviewRound.objects.get()
    assert sent["Location"] == reverse("round", args=[review_round.uid])
    assert "年末验收" in browser.get(one.get_absolute_url()).content.decode()
    assert "年末验收" not in signed_in(cast.applicant).get(one.get_absolute_url()).content.decode()
    assert signed_in(cast.admin).get(url).status_code == 404
    listed = reverse("acceptances")
    assert "评审表：0／5" in browser.get(listed).content.decode()
    assert "评审表" not in signed_in(cast.applicant).get(listed).content.decode()
    typed = reverse("acceptance-opinion", args=[one.uid])
    late = browser.post(typed, OPINION | {"opinion": "现场会议的意见", "suggested": "concluded"})
    assert (late.status_code, browser.get(typed).status_code) == (409, 404)
    assert "现场会议的意见" in late.content.decode()
    assert "请等待轮次结束" in late.content.decode()


def test_the_archive_of_a_project_that_is_over_is_asked_for_on_its_page(cast: way.Cast, project: Project) -> None:
    browser, url = signed_in(cast.applicant), reverse("project-archive-ask", args=[project.uid])
    assert url not in browser.get(project.get_absolute_url()).content.decode()
    assert browser.post(url).status_code == 404
    decided(cast, project)
    assert url in browser.get(project.get_absolute_url()).content.decode()
    page = browser.post(url)["Location"]
    assert "0/" in browser.get(page).content.decode()
    make_archive(archive=ProjectArchive.objects.select_related("project").get())
    ready = browser.get(page).content.decode()
    assert ProjectArchive.objects.get().sha256[32:] in ready
    assert signed_in(cast.stranger).get(page).status_code == 404
    assert signed_in(cast.stranger).post(url).status_code == 404
