"""Changes of the demo's projects under way: a notice, an approved one being signed for, one that waits."""

from __future__ import annotations

import uuid
from typing import Any

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from portal.demo.clock import as_of, days
from projects.actions.change import ChangeWish, ask_change
from projects.actions.change_decision import decide_change
from projects.actions.supplement import sign_supplement
from projects.enums import ChangeKind, ParticipantRole, ProjectState
from projects.models import Call, Project, ProjectChange
from workflows.enums import Verdict

JOINS = {
    "name": "娜日苏",
    "organisation": "内蒙古科技大学",
    "task": "显微结构表征",
    "role": ParticipantRole.MEMBER.value,
}
TARGETS = [
    {"name": "发明专利申请", "value": "3件", "check": "受理通知书"},
    {"name": "中试样品性能报告", "value": "2份", "check": "第三方检测报告"},
]


def change_projects(call: Call) -> None:
    """Every project of the call that is under way is changed three times."""
    rows = Project.objects.filter(proposal__call=call, state=ProjectState.ACTIVE)
    for project in rows.select_related("contract", "investigator__user").order_by("pk"):
        goals = f"{project.contract.content['goals']}增加第三方检测验证。"
        with as_of(days(-5)):
            _ask(project, "participants", "新增一名测试人员。", leave=[], join=[{**JOINS, "months_per_year": "4"}])
        with as_of(days(-4)):
            change = _ask(project, "goals", "按专家意见补充考核指标。", goals=goals, targets=TARGETS)
            _approve(change)
        with as_of(days(-2)):
            _sign(change)
        with as_of(days(-1)):
            later = project.ends_on.replace(year=project.ends_on.year + 1, month=6, day=30)
            work = "补充一个批次的中试验证，完成用户试用报告。"
            _ask(project, "extension", "合作企业中试线改造，试验推迟半年。", ends_on=later.isoformat(), work=work)


def _ask(project: Project, kind: str, reason: str, **payload: Any) -> ProjectChange:
    wish = ChangeWish(ChangeKind(kind), payload, reason, uuid.uuid4())
    return ask_change(project=project, wish=wish, by=_fresh(project.investigator.user))


def _approve(change: ProjectChange) -> None:
    for user in _hands(change.project):
        decide_change(change=change, verdict=Verdict.APPROVE, by=_fresh(user), note="同意")


def _sign(change: ProjectChange) -> None:
    """The investigator and the organisation; the authority and the department have still to."""
    change.refresh_from_db()
    supplement, project = change.supplement, change.project
    for user in (project.investigator.user, _hands(project)[0]):
        sign_supplement(supplement=supplement, by=_fresh(user), sha256=supplement.text.sha256)


def _hands(project: Project) -> list[User]:
    """Organisation, authority where there is one, department."""
    authority = project.organisation.authority
    found = [holders(Role.ORGANISATION_ADMIN, project.organisation_id).first()]
    if authority is not None and not authority.is_department:
        found.append(holders(Role.RECOMMENDING_OFFICER, authority.pk).first())
    return [user for user in (*found, holders(Role.DECISION_MAKER).first()) if user is not None]


def _fresh(user: User | None) -> User:
    """The user with no standing read before."""
    assert user is not None  # noqa: S101 - everybody who acts in the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)
