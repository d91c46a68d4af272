"""The meta tags that government sites must carry (国办发〔2017〕47号): of the site, the column, the article."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from cms.models import ArticlePage, CallPage, ColumnPage, FocusAreaPage, HomePage, NoticePage, PolicyPage, SiteProfile
from cms.queries.archive import ArchivedCall

Tags = list[tuple[str, str]]


def site_tags(profile: SiteProfile) -> Tags:
    """What every page carries."""
    return [("SiteName", profile.name), ("SiteDomain", profile.domain), ("SiteIDCode", profile.id_code)]


def column_tags(column: ColumnPage | HomePage) -> Tags:
    """What the pages of a column carry."""
    return [
        ("ColumnName", column.title),
        ("ColumnDescription", column.summary),
        ("ColumnKeywords", column.keywords),
        ("ColumnType", column.column_type),
    ]


def article_tags(page: Any, profile: SiteProfile) -> Tags:
    """What a page with a text or a record carries; nothing for others. Empty optional tags are left out."""
    facts: tuple[dt.datetime | None, str, str, str]
    match page:
        case ArticlePage() | PolicyPage():
            facts = (page.published_at, page.source, page.keywords, page.summary)
        case CallPage() | ArchivedCall():
            facts = (page.call.published_at, _source(page, profile), page.call.programme, page.call.summary)
        case NoticePage():
            facts = (page.notice.published_at, profile.host, "", page.notice.body[:120])
        case FocusAreaPage():
            facts = (page.first_published_at, profile.host, page.title, page.summary[:120])
        case _:
            return []
    at, source, keywords, description = facts
    must = [("ArticleTitle", page.title), ("PubDate", _stamp(at)), ("ContentSource", source)]
    return must + [(name, text) for name, text in (("Keywords", keywords), ("Description", description)) if text]


def _source(page: CallPage | ArchivedCall, profile: SiteProfile) -> str:
    return profile.host if isinstance(page, CallPage) else page.call.programme


def _stamp(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
