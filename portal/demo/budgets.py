"""Budgets of the demo's projects under way: changes recorded at once, with the organisation, with the department."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from directory.enums import Role
from directory.models import Organisation, User
from directory.queries.holders import holders
from portal.demo.clock import as_of, days
from projects.actions.adjustment import Wish, ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.channel_preview import ask_preview
from projects.actions.channel_rules import Written, draft_rules, edit_rules, propose_rules
from projects.actions.delegation import Powers, delegate
from projects.actions.handover import Handing, hand_over
from projects.actions.standing import Wanted, grant_standing, propose_standing
from projects.channel.rules import channel_rules
from projects.enums import AdjustmentState, ProjectState
from projects.models import Adjustment, Call, Project
from projects.queries.delegations import candidates
from projects.queries.in_charge import in_care
from projects.queries.ledger import fingerprint, ledger
from workflows.enums import Verdict

# Days before today, changes in 万元 by category, why; the organisation approves what needs no more than its word
# except the last.
CHANGES: tuple[tuple[float, dict[str, int], str], ...] = (
    (
        4,
        {"operating.materials": -8, "operating.testing": 8},
        "晶界扩散样品批次增加，需补充显微结构与磁性能测试；材料采购单价低于预算。",
    ),
    (
        3,
        {"equipment.purchase": 6, "operating.materials": -6},
        "现有真空扩散炉控温精度不足，需增购一台小型管式炉，费用从材料费中调整。",
    ),
    (
        1,
        {"equipment.purchase": -5, "operating.testing": 5},
        "手套箱改为共享使用不再购置，节余用于委托第三方测试。",
    ),
    (
        0.5,
        {"operating.testing": -4},
        "部分测试由合作企业承担，拟核减财政经费。",
    ),
)


def change_budgets(call: Call) -> None:
    """Every project of the call that is under way asks for the changes above, as far as its budget has the money."""
    rows = Project.objects.filter(proposal__call=call, state=ProjectState.ACTIVE)
    for project in rows.select_related("investigator__user").order_by("pk"):
        for before, changes, reason in CHANGES:
            with as_of(days(-before)):
                _change(project, changes, reason)


def _change(project: Project, changes: Mapping[str, int], reason: str) -> None:
    lines = list(ledger(project))
    held = {line.category: line.pk for line in lines if line.opening}
    keys = {line.category: held.get(line.category, line.pk) for line in lines}
    wish = Wish(
        changes={keys[code]: Decimal(change * 10000) for code, change in changes.items()},
        reason=reason,
        seen=fingerprint(lines),
        key=uuid.uuid4(),
        promised=True,
    )
    made = ask_adjustment(project=project, wish=wish, by=_fresh(project.investigator.user))
    last_two = made.number > len(CHANGES) - 2
    if made.state == AdjustmentState.WITH_ORGANISATION and (not last_two or made.route == "department"):
        _approve(made)


def _approve(adjustment: Adjustment) -> None:
    administrator = holders(Role.ORGANISATION_ADMIN, adjustment.project.organisation_id).first()
    with as_of(days(-0.2)):
        decide_adjustment(adjustment=adjustment, verdict=Verdict.APPROVE, by=_fresh(administrator), note="同意")


RULES = (
    "按照放权改革要求，在研单位调增设备费不超过 10 万元的，改为负责人自主、即时备案；超过 50 万元的报主管部门审批。"
    "其余各行不变，自施行之日起立项的项目适用。"
)


def propose_channel_rules(officer: User) -> None:
    """A version of the rules that waits for a decision maker: more equipment is left to investigators."""
    officer = _fresh(officer)
    version = draft_rules(name=channel_rules().name, by=officer)
    valid_from = timezone.localdate(days(45)).replace(day=1)
    document = f"内科规字〔{valid_from.year}〕2号"
    rows = [row for row in version.content["rules"] if row["code"] != "equipment_grows"]
    grows = {"code": "equipment_grows", "documents": [document], "confirmed": True}
    rows += [
        {**grows, "route": route, "over": over}
        for over, route in ((None, "recorded"), ("100000", "organisation"), ("500000", "department"))
    ]
    written = Written(valid_from, document, RULES, {**version.content, "rules": rows})
    edit_rules(version=version, written=written, expected_version=version.version, by=officer)
    ask_preview(version=version, by=officer)
    propose_rules(version=version, by=officer, note="已用以往案例预演，请审定。")


def give_standings(officer: User, decider: User) -> None:
    """Two hosts are pilots of good credit, one has grade D, one proposal waits."""
    officer, decider = _fresh(officer), _fresh(decider)
    today, document = timezone.localdate(), f"内科发〔{timezone.localdate().year}〕18号"
    rows = Organisation.objects.filter(is_department=False, is_authority=False, state="verified").order_by("pk")
    given = (("pilot", ""), ("grade", "A"), ("grade", "D"), ("pilot", ""))
    for number, (host, (kind, grade)) in enumerate(zip([rows[0], rows[0], rows[2], rows[1]], given, strict=True)):
        reason = "绿色通道试点单位，内部管理制度健全。" if kind == "pilot" else "年度科研信用评价结果。"
        wanted = Wanted(kind, grade, today, today.replace(month=12, day=31), document, reason)
        made = propose_standing(organisation=host, wanted=wanted, by=officer)
        if number < len(given) - 1:
            grant_standing(standing=made, by=decider, note="同意")


def hand_projects_over(giver: User, receiver: User) -> None:
    """A deputy has one project of an officer for three weeks."""
    giver, today = _fresh(giver), timezone.localdate()
    keys = tuple(in_care(giver).values_list("pk", flat=True)[:1])
    reason = "年度休假期间由同事代管。"
    if keys:
        hand_over(giver=giver, handing=Handing(keys, receiver, reason, today, today + timedelta(days=21)), by=giver)


def delegate_work() -> None:
    """Investigators of projects under way let a colleague who decides nothing write reports and prepare."""
    for project in Project.objects.filter(state=ProjectState.ACTIVE).select_related("proposal", "investigator__user"):
        person = candidates(project).filter(role_grants=None).first()
        if person is not None:
            last_day = min(project.ends_on, timezone.localdate() + timedelta(days=180))
            powers = Powers(last_day, "协助日常经费登记和报告填写。", accounts=True, reports=True, adjustments=True)
            delegate(project=project, person=person, powers=powers, by=_fresh(project.investigator.user))


def _fresh(user: User | None) -> User:
    """The user with no standing read before."""
    assert user is not None  # noqa: S101 - everybody who acts in the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)
