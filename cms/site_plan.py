"""The columns that the site begins with. Editors may add columns; these are looked up by their slug."""

from __future__ import annotations

from dataclasses import dataclass

from cms.enums import ColumnType

CALLS = "calls"
NOTICES = "notices"
POLICIES = "policies"
NEWS = "news"
FOCUS = "focus"
PLATFORMS = "platforms"
DISCLOSURE = "disclosure"


@dataclass(frozen=True)
class PlannedColumn:
    """A column before it is a page."""

    slug: str
    title: str
    title_en: str
    column_type: ColumnType
    keywords: str
    summary: str
    in_menu: bool = True


T = ColumnType
COLUMNS: tuple[PlannedColumn, ...] = (
    PlannedColumn(
        CALLS,
        "申报通知",
        "Calls",
        T.SERVICE,
        keywords="申报通知,申报指南,科技计划",
        summary="科技计划项目、平台和基地的申报指南与通知。",
    ),
    PlannedColumn(
        NOTICES,
        "公示公告",
        "Public notices",
        T.NEWS,
        keywords="公示,公告,拟立项",
        summary="拟立项项目、平台和基地的公示，接受社会监督。",
    ),
    PlannedColumn(
        POLICIES,
        "政策文件",
        "Policies",
        T.POLICIES,
        keywords="政策文件,管理办法,科技",
        summary="科技计划和科研管理的政策文件。",
    ),
    PlannedColumn(NEWS, "工作动态", "News", T.NEWS, keywords="工作动态,科技动态", summary="科技管理工作的最新动态。"),
    PlannedColumn(
        PLATFORMS,
        "平台基地",
        "Platforms",
        T.SERVICE,
        keywords="重点实验室,科技合作基地",
        summary="重点实验室和科技合作基地的名录与管理。",
    ),
    PlannedColumn(
        DISCLOSURE,
        "信息公开",
        "Disclosure",
        T.DISCLOSURE_LIST,
        keywords="信息公开,公开指南,公开年报",
        summary="信息公开指南、目录和年度报告。",
    ),
    PlannedColumn(
        FOCUS,
        "重点领域",
        "Focus areas",
        T.OVERVIEW,
        keywords="重点领域,支持方向",
        summary="科技计划支持的重点领域。",
        in_menu=False,
    ),
)
HOME_TITLE = "首页"
HOME_KEYWORDS = "科技计划,申报,公示,重点实验室,科技合作基地"
HOME_SUMMARY = "科技计划项目、重点实验室和科技合作基地的申报、评审、公示与管理服务门户。"
