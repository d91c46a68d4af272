"""Acceptances go through the review service by the pages: handed over together, judged, suggested, decided."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.round import open_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, ReviewRound
from experts.scheme import CHECKS
from projects.definitions.acceptance_review import acceptance_review
from projects.models import Acceptance, Project
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.browser.life.times import Life
from tests.browser.way.stage import press, relay, stands, step, take, told
from tests.factories import cms, way
from tests.factories.experts import expert_user, profile_of
from tests.projects.acceptances import checked
from tests.projects.budgets import running_project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "2028年第四季度验收评议"
OPINION = "任务书各项指标经逐项核实，证明材料齐全，支出与预算基本相符，同意按上述意见处理。"
EXPERTS = 5
MISUSED = "苜蓿种质"


@pytest.fixture
def life(desk: Desk) -> Life:
    """Two projects that are near their end."""
    cms.site()
    cast = way.Cast()
    life = Life(desk, cast, running_project(cast))
    Project.objects.filter(pk=running_project(cast).pk).update(title=MISUSED)
    return life


def test_two_acceptances_are_judged_in_one_round_and_decided_by_what_was_found(life: Life) -> None:
    with life.on(life.project.ends_on - dt.timedelta(days=60)):
        for project in Project.objects.order_by("pk"):
            checked(life.cast, project)
        Acceptance.objects.update(organiser="department")
        review_round = hand_over(life)
        first, *others = invite(life, review_round)
        for seat in review_round.assignments.filter(expert__person=first.person):
            judge_by_page(life, first, seat)
        for user in others:
            judge(review_round, user)
        close(life)
        decide(life, Acceptance.objects.get(project=life.project), "通过", "验收通过")
        sees_rectification(life, Acceptance.objects.get(project__title=MISUSED))


def hand_over(life: Life) -> ReviewRound:
    """The officer comes from one acceptance, which is chosen already, and takes the other along."""
    page = life.at("officer")
    page.goto(Acceptance.objects.get(project=life.project).get_absolute_url())
    press(page, "送专家评议")
    expect(page.locator("main")).to_contain_text("至少5位专家")
    boxes = page.locator("[name=acceptances]")
    assert [box.is_checked() for box in boxes.all()].count(True) == 1
    for box in boxes.all():
        box.uncheck()
    page.locator("#id_title").fill(TITLE)
    press(page, "建立评议轮次")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value(TITLE)
    for box in boxes.all():
        box.check()
    press(page, "建立评议轮次")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    page.goto("/bench/acceptances/?state=in_review")
    expect(page.locator("main tbody tr")).to_have_count(2)
    expect(page.locator("main tbody")).to_contain_text("评审表：0／5")
    return ReviewRound.objects.get()


def invite(life: Life, review_round: ReviewRound) -> list[User]:
    """Experts, one of finance, each invited for both; all but the first have accepted."""
    users = [expert_user(kinds=["finance"] if number == 0 else ["technical"]) for number in range(EXPERTS)]
    open_round(review_round=review_round, by=life.cast.officer)
    for dossier in review_round.dossiers.all():
        for user in users:
            assign_expert(dossier=dossier, expert=profile_of(user), by=life.cast.officer)
    send_invitations(review_round=review_round, by=life.cast.officer)
    for user in users[1:]:
        for seat in Assignment.objects.filter(expert__person=user.person):
            accept(assignment=seat, by=user, statement=True)
    return users


def judge_by_page(life: Life, user: User, seat: Assignment) -> None:
    """Accepts, gives points, answers the questions, advises in words of acceptance, hands in."""
    page = life.desk.page(user)
    page.goto(f"/bench/reviews/{seat.uid}/")
    if page.locator("#id_statement").count():
        page.locator("#id_statement").check()
    if page.get_by_role("button", name="接受邀请并查看材料").count():
        press(page, "接受邀请并查看材料")
    for one in acceptance_review().criteria:
        page.fill(f"#score_{one.id}", points(one.id))
    misused = seat.dossier.title.endswith(MISUSED)
    for name in ("truth", "money", "cause"):
        answer = page.locator(f"#veto_{name} label")
        (answer.last if misused and name == "money" else answer.first).click()
    page.locator("#recommendation label", has_text="B " if misused else "A ").click()
    page.fill("#opinion", OPINION)
    expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
    page.get_by_role("main").get_by_role("link", name="提交评分…").click()
    expect(page.get_by_role("heading", name="提交评分")).to_be_visible()
    for doubt in page.locator("main form [type=checkbox]").all():
        doubt.check()
    page.get_by_role("main").get_by_role("button", name="提交", exact=True).click()
    told(page, "评分表已提交")
    page.context.close()


def points(criterion: str) -> str:
    """More for the task than for the rest: equal points would be asked about."""
    return "90" if criterion == acceptance_review().task else "80"


def judge(review_round: ReviewRound, user: User) -> None:
    """The same for the others, by the action."""
    scores = {one.id: points(one.id) for one in acceptance_review().criteria}
    for seat in review_round.assignments.select_related("dossier").filter(expert__person=user.person):
        misused = seat.dossier.title.endswith(MISUSED)
        vetoes = {"truth": True, "money": not misused, "cause": True}
        given = Answers(scores, vetoes, "B" if misused else "A", OPINION)
        submit_score_sheet(assignment=seat, by=user, answers=given, meant=CHECKS)


def close(life: Life) -> None:
    """All sheets are in: the officer ranks and closes the round; what was found goes to the acceptances."""
    page = life.at("officer")
    relay()
    take(page, TITLE, "评分表已齐，可以排序。")
    step(page, "排序")
    step(page, "结束评审")
    relay()


def decide(life: Life, found: Acceptance, outcome: str, state: str) -> None:
    """The page shows what the experts found and suggest; the suggested outcome is chosen already; another approves."""
    page = life.at("officer")
    take(page, found.project.title, "请审查验收材料、组织专家评议或拟定结论")
    expect(page.locator("section", has=page.locator("#opinion-title"))).to_contain_text(OPINION)
    press(page, "拟定验收结论")
    expect(page.locator("form.form")).to_contain_text(f"专家组建议：{outcome}。")
    assert page.locator("[name=outcome]:checked").get_attribute("value") == found.suggested
    page.get_by_role("main").locator("form button.main").click()
    stands(page, "已拟定结论")
    relay()
    boss = life.at("decision_maker")
    take(boss, found.project.title, "验收结论待批准")
    step(boss, "批准验收结论", look=lambda asked, _what="": says(asked.locator("main").inner_text(), outcome))
    stands(boss, "已作出结论")
    boss.goto(found.project.get_absolute_url())
    stands(boss, state)


def says(text: str, outcome: str) -> None:
    """The page of the last press names what is approved."""
    assert f"拟定结论：{outcome}。" in text


def sees_rectification(life: Life, found: Acceptance) -> None:
    """Money used against the rules is to be put right; the page fits a phone."""
    page = life.desk.page(life.cast.officer, size=PHONE)
    page.goto(found.get_absolute_url())
    expect(page.locator("section", has=page.locator("#opinion-title"))).to_contain_text("限期整改")
    assert not scrolls_sideways(page)
    press(page, "拟定验收结论")
    assert page.locator("[name=outcome]:checked").get_attribute("value") == "rectify"
    page.context.close()
