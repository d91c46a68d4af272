"""Articles and policies of the demo's public site: written by the editor, approved by another person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cms.actions.site import build_site
from cms.models import ArticlePage, ColumnPage, PolicyPage
from cms.site_plan import DISCLOSURE, NEWS, PLATFORMS, POLICIES
from portal.demo.clock import as_of, days
from portal.demo.ground import World
from workflows.actors import SYSTEM


@dataclass(frozen=True)
class Piece:
    """One article: column, slug, title, days ago, paragraphs."""

    column: str
    slug: str
    title: str
    ago: int
    text: tuple[str, ...]


NEWS_PIECES = (
    Piece(
        NEWS,
        "xt-2027-open",
        "稀土与氢能领域2027年度重点研发项目开始申报",
        2,
        (
            "2027年度稀土与氢能领域重点研发项目申报通知已经发布，设高丰度稀土永磁、白云鄂博伴生资源利用和绿氢制备储运三个方向。",
            "申报人登录后可先查看个人和单位是否符合条件，再开始填写；各部分自动保存，有问题也能保存，提交前统一核对。",
        ),
    ),
    Piece(
        NEWS,
        "green-channel",
        "预算调剂“绿色通道”试点单位座谈会召开",
        9,
        (
            "会议通报了试点以来预算调剂的办理时间，业务费与劳务费之间的调剂由项目负责人自主办理，系统即时备案。",
            "与会单位就设备费调剂、合作单位之间调剂等事项交流了做法。",
        ),
    ),
    Piece(
        NEWS,
        "review-training",
        "评审专家线上培训完成",
        16,
        ("培训讲解了回避事项、打分标准和评审纪律，并演示了在线评审操作。参加培训的专家均签署了公正性和保密承诺。",),
    ),
    Piece(
        NEWS,
        "dairy-field",
        "奶业振兴科技专项调研组赴牧区调研",
        23,
        ("调研组实地了解良种繁育、饲草供应和特色乳制品加工情况，听取企业和牧户对科技需求的意见。",),
    ),
    Piece(
        PLATFORMS,
        "labs-intro",
        "重点实验室建设与动态管理",
        40,
        ("重点实验室按年度填报、周期评估，评估结果向社会公布。",),
    ),
    Piece(
        DISCLOSURE,
        "guide",
        "信息公开指南",
        60,
        ("本站主动公开科技计划申报、立项、验收等信息；其他信息可依法申请公开。",),
    ),
)


@dataclass(frozen=True)
class Policy:
    """One policy document with the head that government sites demand."""

    slug: str
    title: str
    number: str
    index: str
    issued: dt.date
    topic: str
    text: tuple[str, ...]


POLICY_PIECES = (
    Policy(
        "project-rules",
        "科技计划项目管理办法（演示）",
        "演科发〔2024〕1号",
        "YS-2024-0001",
        dt.date(2024, 9, 12),
        "科技计划管理",
        (
            "第一条　为规范科技计划项目管理，制定本办法。",
            "第二条　项目实行指南发布、申报、推荐、形式审查、专家评审、公示、立项、签订任务书、过程管理和验收制度。",
            "第三条　项目负责人限牵头在研项目一项，申报与在研项目合计不超过两项。",
        ),
    ),
    Policy(
        "budget-rules",
        "财政科研经费预算调剂办法（演示）",
        "演科发〔2024〕2号",
        "YS-2024-0002",
        dt.date(2024, 10, 29),
        "科研经费管理",
        (
            "第一条　业务费和劳务费之间的调剂由项目负责人自主安排。",
            "第二条　设备费调增由承担单位审批；间接费用总额不得调增。",
            "第三条　项目预算总额调整、课题之间和参与单位之间的调剂报主管部门审批。",
        ),
    ),
    Policy(
        "review-rules",
        "评审专家管理与回避规定（演示）",
        "演科发〔2025〕3号",
        "YS-2025-0003",
        dt.date(2025, 3, 27),
        "科研诚信",
        ("第一条　评审专家与申报人、申报单位有利害关系的，应当回避。", "第二条　专家独立评审，对评审内容保密。"),
    ),
)


def build_public(world: World) -> None:
    """The site with its columns, then the articles and policies."""
    with as_of(days(-380)):
        build_site(by=SYSTEM)
    for piece in NEWS_PIECES:
        page = ArticlePage(
            title=piece.title,
            slug=piece.slug,
            source="高新技术处",
            published_at=days(-piece.ago),
            body=_body(piece.text),
        )
        _publish(world, piece.column, page, ago=piece.ago)
    for ago, policy in enumerate(POLICY_PIECES, start=30):
        page = PolicyPage(
            title=policy.title,
            slug=policy.slug,
            document_number=policy.number,
            index_number=policy.index,
            issued_on=policy.issued,
            publisher="自治区科学技术厅",
            topic=policy.topic,
            published_at=days(-ago),
            body=_body(policy.text),
        )
        _publish(world, POLICIES, page, ago=ago)


def _body(paragraphs: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text}</p>") for text in paragraphs]


def _publish(world: World, column: str, page: Any, *, ago: int) -> None:
    parent = ColumnPage.objects.get(slug=column)
    page.locale = parent.locale
    with as_of(days(-ago)):
        page.live = False
        parent.add_child(instance=page)
        page.save_revision(user=world.user("saren"))
        page.get_workflow().start(page, world.user("saren"))
        page.current_workflow_task_state.approve(user=world.user("siqin"))
