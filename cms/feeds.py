"""RSS feeds: of the whole site and of each column."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cms.models import ColumnPage, SiteProfile
from cms.queries.calls import public_call_pages
from cms.queries.columns import texts_below
from cms.queries.notices import public_notice_pages
from cms.queries.paths import path_of
from workflows.policies import PUBLIC

ITEMS = 20


class SiteFeed(Feed):  # type: ignore[type-arg]
    """The newest calls, notices, articles and policies."""

    policy = PUBLIC
    link = "/"
    description = _("Calls, public notices, news and policies")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - the signature of the framework
        """The site's profile, whose name is the title."""
        return SiteProfile.for_request(request)

    def title(self, obj: Any) -> str:
        """The name of the site."""
        return str(obj.name)

    def items(self, obj: Any) -> list[tuple[str, str, str, dt.datetime]]:  # noqa: ARG002 - the signature of the framework
        """Title, address, summary and time of the newest pages."""
        return newest()

    def item_title(self, item: Any) -> str:
        """The title of the page."""
        return str(item[0])

    def item_link(self, item: Any) -> str:
        """The address of the page."""
        return str(item[1])

    def item_description(self, item: Any) -> str:
        """The summary of the page."""
        return str(item[2])

    def item_pubdate(self, item: Any) -> dt.datetime:
        """When it was published."""
        at: dt.datetime = item[3]
        return at


class ColumnFeed(SiteFeed):
    """The newest pages of one column."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - the signature of the framework
        """The column by its slug; 404 when there is none."""
        return get_object_or_404(ColumnPage.objects.live(), slug=kwargs["slug"], depth=3)

    def title(self, obj: Any) -> str:
        """The title of the column."""
        return str(obj.title)

    def link(self, obj: Any) -> str:  # type: ignore[override]
        """The address of the column."""
        return path_of(obj)

    def description(self, obj: Any) -> str:  # type: ignore[override]
        """The description of the column."""
        return str(obj.summary)

    def items(self, obj: Any) -> list[tuple[str, str, str, dt.datetime]]:
        """The newest pages below the column."""
        return newest(obj)


def newest(column: ColumnPage | None = None) -> list[tuple[str, str, str, dt.datetime]]:
    """Title, path, summary and time of the newest public pages, below `column` if it is given."""
    calls, notices = public_call_pages(), public_notice_pages()
    if column is not None:
        calls, notices = calls.child_of(column), notices.child_of(column)
    found = [(page.title, path_of(page), page.call.summary, page.call.published_at) for page in calls[:ITEMS]]
    found += [(page.title, path_of(page), page.notice.body, page.notice.published_at) for page in notices[:ITEMS]]
    found += [
        (page.title, path_of(page), page.summary, page.published_at) for page in texts_below(column)[:ITEMS].specific()
    ]
    return sorted(found, key=lambda item: item[3], reverse=True)[:ITEMS]
