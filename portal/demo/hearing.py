"""The demo's round of experts about an acceptance that the department organises, from the hand-over to its close."""

from __future__ import annotations

from directory.models import User
from experts.actions.assignment import accept
from experts.actions.draw import propose, set_rules
from experts.actions.round import close_round, open_round, rank_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, ReviewRound
from experts.planning.rules import rules_of
from experts.scheme import CHECKS, read
from portal.demo.clock import as_of, days
from projects.actions.acceptance_review import send_to_experts
from projects.models import Acceptance
from workflows.relay import run_once

TITLE = "2026年第四季度科技计划项目验收评议"
ON_MONEY = "财政资金单独核算，支出与批复预算基本相符，自筹经费按进度到账，凭证齐全，未发现超范围支出。"
OPINIONS = (
    "任务书考核指标逐项核对，均有第三方检测报告；中试线运行记录完整，工艺参数可以复现，同意通过验收。",
    "研究内容按任务书完成，专利和技术规程与项目直接相关；建议推广时补充不同原料条件下的运行数据。",
    "示范应用效果明确，能耗下降有对比数据支持；结题报告对放大风险的说明还可以再充分一些。",
    "验收资料完整，证明材料与指标一一对应，技术路线的调整有记录可查，达到任务书要求。",
    "成果水平较高，知识产权归属清楚，已注明项目资助；人才培养和标准制定情况与总结一致。",
)


def hear_experts(acceptance: Acceptance, officer: User) -> None:
    """Five experts are drawn, one of them of finance; all recommend that it pass but one, and the round is closed."""
    with as_of(days(-5.4)):
        review_round = send_to_experts(acceptances=[acceptance], title=TITLE, by=officer)
        open_round(review_round=review_round, by=officer, score_deadline=days(9))
        _widen(review_round, officer)
        propose(review_round=review_round, by=officer)
        send_invitations(review_round=review_round, by=officer)
    seats = review_round.assignments.select_related("round", "expert").order_by("pk")
    for number, seat in enumerate(seats):
        _score(seat, number)
    with as_of(days(-1)):
        review_round.refresh_from_db()
        rank_round(review_round=review_round, by=officer)
        close_round(review_round=review_round, by=officer)
        while run_once():
            pass
    acceptance.refresh_from_db()


def _widen(review_round: ReviewRound, officer: User) -> None:
    """The pool of the demo is small: several of one organisation, from wherever."""
    rules = rules_of(review_round)
    rules.most_per_organisation, rules.outside_percent = None, 0
    set_rules(review_round=review_round, rules=rules, by=officer)


def _score(seat: Assignment, number: int) -> None:
    user = User.objects.select_related("person").get(person=seat.expert.person_id)
    with as_of(days(-5)):
        accept(assignment=seat, by=user, statement=True)
    with as_of(days(-3)):
        scheme = read(seat.round.scheme)
        points = {one.id: str(83 + (number * 5 + place * 3) % 13) for place, one in enumerate(scheme.criteria)}
        passes, letter = {one.id: True for one in scheme.vetoes}, "B" if number == 1 else "A"
        opinion = ON_MONEY if "finance" in seat.expert.kinds else OPINIONS[number]
        answers = Answers(scores=points, vetoes=passes, recommendation=letter, opinion=opinion)
        submit_score_sheet(assignment=seat, by=user, answers=answers, meant=CHECKS)
