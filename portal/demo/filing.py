"""Calls of the demo are published, proposals written, submitted, endorsed and recommended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from directory.enums import Role
from directory.models import FocusArea, User
from portal.demo import answers
from portal.demo.calls import DemoCall, Way
from portal.demo.clock import as_of, days, evening
from portal.demo.ground import World, with_role
from projects.actions.call import ask_approval, draft_call, publish_call
from projects.actions.call_documents import add_document
from projects.actions.call_edit import ContactRow, DirectionRow, edit_call
from projects.actions.draft import start_proposal
from projects.actions.endorsement import endorse_proposal, return_by_organisation
from projects.actions.files import attach_file
from projects.actions.recommendation import recommend_proposals
from projects.actions.section import save_section
from projects.actions.submission import submit_proposal, withdraw_proposal
from projects.actions.team import add_participant, change_participant
from projects.definitions.form import FieldKind, Form, Section
from projects.definitions.plan import Plan
from projects.enums import ContactKind, DocumentKind
from projects.models import Call, Proposal

BODY = (
    "一、申报单位应为在自治区境内注册、具有独立法人资格的企业、高等院校、科研院所等，注册满一年，"
    "运行管理规范，无严重失信记录。\n"
    "二、项目负责人应为项目主体研究思路的提出者和实际主持研究的人员，具有副高级以上职称或博士学位。\n"
    "三、企业牵头的项目，自筹经费与申请财政经费的比例不低于1:1。\n"
    "四、申报材料不得含有涉密内容，所有材料以系统提交为准，不再受理纸质材料。"
)
DOCUMENTS = ((DocumentKind.GUIDE, "申报指南全文"), (DocumentKind.TEMPLATE, "科研诚信承诺书（模板）"))
NOT_ENDORSED = ("draft", "submitted", "withdrawn", "returned", "expired")
NOT_RECOMMENDED = (*NOT_ENDORSED, "endorsed")
MEMBERS = (("参与人员甲", "工艺试验"), ("参与人员乙", "检测分析"))


def build_call(world: World, demo: DemoCall) -> Call:
    """Draft, complete, and as far as its state says: ask approval, publish."""
    officer, second = world.user("wulan"), world.user("hasi")
    begun = min(demo.filing - 32, -3)
    with as_of(days(begun)):
        call = draft_call(
            code=demo.code,
            title=demo.title,
            kind=demo.kind,
            programme=demo.programme,
            budget_mode=demo.budget,
            by=officer,
        )
        call = edit_call(call=call, by=officer, expected_version=call.version, **_parts(demo, call))
        for kind, name in DOCUMENTS:
            paper = SimpleUploadedFile(f"{name}.pdf", answers.scan(f"{demo.title} {name}"), "application/pdf")
            add_document(call=call, kind=kind, upload=paper, by=officer)
        if demo.state == "draft":
            return call
        ask_approval(call=call, by=officer)
    if demo.state != "in_approval":
        with as_of(days(begun + 1)):
            publish_call(call=call, by=second, note="内容完整，同意发布")
    return call


def _parts(demo: DemoCall, call: Call) -> dict[str, Any]:
    opens = days(14) if demo.state == "planned" else days(min(demo.filing - 30, -1.5))
    return {
        "facts": {
            "summary": f"支持{'、'.join(name for _code, name, _places, _most in demo.directions)}等方向。",
            "body": BODY,
            "document_number": f"内科发计字〔2026〕{30 + len(demo.code)}号（演示）",
            "index_number": f"KJ-2026-{sum(map(ord, demo.code)) % 9000 + 1000}",
            "opens_at": opens,
            "filing_deadline": evening(demo.filing),
            "recommendation_deadline": evening(demo.recommendation),
        },
        "focus_areas": list(FocusArea.objects.filter(code__in=demo.areas).values_list("pk", flat=True)),
        "directions": [
            DirectionRow(
                code=code,
                title=name,
                text=f"围绕{name}，突破关键技术，形成可推广的成果。",
                places=places,
                most_amount=demo.yuan(most),
                own_ratio=Decimal(1) if demo.budget == "itemised" else Decimal(0),
            )
            for code, name, places, most in demo.directions
        ],
        "contacts": [
            ContactRow(ContactKind.GUIDE, "高新技术处", "0471-0000001"),
            ContactRow(ContactKind.SYSTEM, "技术支持", "0471-0000002"),
            ContactRow(ContactKind.BUDGET, "资源配置与管理处", "0471-0000003"),
        ],
        "plan": Plan.model_validate(call.plan).model_copy(update={"places": 2, "experts_per_proposal": 3}),
    }


def file_proposals(world: World, demo: DemoCall, call: Call) -> dict[str, Proposal]:
    """Every proposal of the call as far as endorsement and recommendation carry it; by applicant's key."""
    made: dict[str, Proposal] = {}
    for number, way in enumerate(demo.proposals):
        with as_of(_before(demo.filing, 3 - number * 0.1)):
            made[way.applicant] = _write(world, call, demo, way)
    _endorse(world, demo, made)
    _recommend(world, demo, call, made)
    return made


def _before(day: int, ahead: float) -> dt.datetime:
    """`ahead` days before a deadline; yesterday for deadlines that lie ahead of us."""
    return days(day - ahead) if day < 0 else days(-ahead / 4)


def _write(world: World, call: Call, demo: DemoCall, way: Way) -> Proposal:
    user = world.user(way.applicant)
    fitting = [
        one for one in call.directions.order_by("most_amount") if (one.most_amount or 0) >= demo.yuan(way.amount)
    ]
    proposal = start_proposal(
        call=call, by=user, organisation=world.organisations[world.homes[way.applicant]], direction=fitting[0]
    )
    sections = Form.model_validate(call.form).sections
    for section in sections[: 4 if way.until == "draft" else None]:
        _fill(proposal, section, way, user)
    if call.code == answers.UNDER_WAY:
        _share(world, proposal, way.amount, user)
    if way.until == "draft":
        return proposal
    submit_proposal(proposal=proposal, by=user, key=f"demo-{way.applicant}-{call.code}")
    if way.until == "withdrawn":
        withdraw_proposal(proposal=proposal, by=user, note="与在研任务重复，本年度不再申报")
    return proposal


def _fill(proposal: Proposal, section: Section, way: Way, user: User) -> None:
    code = proposal.direction.code if proposal.direction else ""
    data = {
        one.id: answers.answer(
            one, proposal.call, title=way.title, amount=way.amount, keywords=_keywords(way.title), direction=code
        )
        for one in section.fields
        if one.kind not in (FieldKind.FILES, FieldKind.TEAM)
    }
    stored = proposal.answers.filter(section=section.id).first()
    save_section(
        proposal=proposal, section=section.id, data=data, expected_version=stored.version if stored else 0, by=user
    )
    for one in section.fields:
        if one.kind is FieldKind.TEAM:
            _team(proposal, user)
        elif one.kind is FieldKind.FILES and one.required:
            scan = SimpleUploadedFile(f"{one.label}.pdf", answers.scan(one.label), "application/pdf")
            attach_file(proposal=proposal, field=one, upload=scan, by=user)


def _share(world: World, proposal: Proposal, amount: int, user: User) -> None:
    """A second organisation takes part with a sub-project of its own."""
    host = proposal.organisation
    partner = next(one for one in world.organisations.values() if one.pk != host.pk and one.state == "verified")
    stored = proposal.answers.get(section="budget")
    rows = answers.shares(amount, host.name, partner.name)
    save_section(proposal=proposal, section="budget", data={"shares": rows}, expected_version=stored.version, by=user)


def _team(proposal: Proposal, user: User) -> None:
    change_participant(
        participant=proposal.participants.get(person=user.person),
        values={"months_per_year": Decimal(8), "task": "总体设计与组织实施"},
        by=user,
    )
    for name, task in MEMBERS:
        values = {
            "name": name,
            "organisation_name": proposal.organisation.name,
            "months_per_year": Decimal(6),
            "task": task,
        }
        add_participant(proposal=proposal, values=values, by=user)


def _keywords(title: str) -> str:
    return "；".join((title[:4], title[4:8], title[8:12]))


def _endorse(world: World, demo: DemoCall, made: dict[str, Proposal]) -> None:
    admins = {who.organisation: world.user(who.key) for who in with_role(Role.ORGANISATION_ADMIN)}
    for way in demo.proposals:
        proposal, admin = made[way.applicant], admins[world.homes[way.applicant]]
        with as_of(_before(demo.filing, 1)):
            if way.until == "returned":
                return_by_organisation(
                    proposal=proposal, by=admin, note="请补充近两年的检测数据，并核对预算中的测试费。"
                )
            elif way.until not in NOT_ENDORSED:
                endorse_proposal(proposal=proposal, by=admin, note="材料齐全，同意申报")


def _recommend(world: World, demo: DemoCall, call: Call, made: dict[str, Proposal]) -> None:
    officers = {who.organisation: world.user(who.key) for who in with_role(Role.RECOMMENDING_OFFICER)}
    batches: dict[str, list[Proposal]] = {}
    for way in demo.proposals:
        if way.until not in NOT_RECOMMENDED:
            authority = made[way.applicant].organisation.authority
            key = next(key for key, one in world.organisations.items() if one == authority)
            batches.setdefault(key, []).append(made[way.applicant])
    for number, (key, proposals) in enumerate(sorted(batches.items()), start=1):
        with as_of(_before(demo.recommendation, 1)):
            recommend_proposals(
                call=call,
                authority=world.organisations[key],
                proposals=proposals,
                number=f"{demo.code}-荐{number}号",
                by=officers[key],
            )
