"""The demo's acceptances: one to be filed, one passed and appealed against."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from portal.demo.clock import as_of, days
from portal.demo.hearing import hear_experts
from projects.actions.acceptance import (
    Filing,
    Opinion,
    approve_acceptance,
    check_acceptance,
    confirm_acceptance,
    enter_opinion,
    file_acceptance,
    propose_outcome,
    save_acceptance,
)
from projects.actions.appeal import make_appeal
from projects.actions.archive import ask_archive
from projects.enums import Organiser, ProjectState
from projects.models import Acceptance, Call, Project
from projects.queries.acceptance import attainments

SUMMARY = (
    "按任务书完成全部研究内容：建立了关键工艺的小试和中试条件，形成技术规程一项；"
    "各项考核指标经第三方检测达到任务书要求，成果已在合作企业开展应用示范。"
)
BENEFIT = "示范线运行半年，单位产品能耗下降约12%，新增销售收入860万元，带动就业20余人。"
EXPERTS = """王志强，内蒙古大学，教授
陈晓东，内蒙古工业大学，教授
苏和，内蒙古科技大学，教授级高级工程师
刘海燕，中国科学院过程工程研究所，研究员
娜仁花，内蒙古财经大学，正高级会计师"""
OPINION = "专家组听取汇报、审阅资料并质询，认为项目完成了任务书规定的任务，经费使用符合规定，同意通过验收。"

APPEAL = "结论所列财政资金结余与我单位专账不一致：11月末已支付的测试化验费尚未列入支出，请复核后重新作出结论。"


def accept_projects(call: Call) -> None:
    """Of a call that funds several projects the first one under way passes; a single one stays under way."""
    projects = Project.objects.filter(proposal__call=call).select_related("investigator__user").order_by("pk")
    running = projects.filter(state=ProjectState.ACTIVE).first()
    if running is None or projects.count() == 1:
        return
    with as_of(days(-5.8)):
        filed = _filed(running)
    _pass(filed)


def _filed(project: Project) -> Acceptance:
    one = Acceptance.objects.select_related("project__contract", "project__organisation").get(project=project)
    investigator = _fresh(project.investigator.user)
    targets = [{**row, "attainment": "reached", "evidence": "第三方检测报告"} for row in attainments(one)]
    filing = Filing(SUMMARY, BENEFIT, targets)
    save_acceptance(acceptance=one, filing=filing, expected_version=one.version, by=investigator)
    file_acceptance(acceptance=one, by=investigator)
    return confirm_acceptance(acceptance=one, by=_holder(Role.ORGANISATION_ADMIN, project.organisation_id))


def _pass(one: Acceptance) -> None:
    officer = _holder(Role.PROGRAMME_OFFICER)
    with as_of(days(-5.5)):
        check_acceptance(acceptance=one, by=officer)
    if one.organiser == Organiser.DEPARTMENT:
        hear_experts(one, officer)
    else:
        _hear_meeting(one)
    propose_outcome(acceptance=one, outcome="passed", reason="", by=officer)
    approve_acceptance(acceptance=one, by=_holder(Role.DECISION_MAKER))
    ask_archive(project=one.project, by=officer)
    make_appeal(acceptance=one, reason=APPEAL, by=_holder(Role.ORGANISATION_ADMIN, one.project.organisation_id))


def _hear_meeting(one: Acceptance) -> None:
    held = timezone.localdate() - dt.timedelta(days=1)
    found = Opinion(held, EXPERTS, "reached", True, "passed", OPINION)
    enter_opinion(acceptance=one, opinion=found, by=_organiser(one))


def _organiser(one: Acceptance) -> User:
    organisation = one.project.organisation
    if one.organiser == Organiser.ORGANISATION:
        return _holder(Role.ORGANISATION_ADMIN, organisation.pk)
    return _holder(Role.RECOMMENDING_OFFICER, organisation.authority_id)


def _holder(role: Role, organisation: int | None = None) -> User:
    found = holders(role) if organisation is None else holders(role, organisation)
    return _fresh(found.first())


def _fresh(user: User | None) -> User:
    """The user with no standing read before."""
    assert user is not None  # noqa: S101 - everybody who acts in the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)
