"""What the home page shows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.models import ArticlePage, ColumnPage, FocusAreaPage, PolicyPage
from cms.queries.calls import lines, open_call_pages
from cms.queries.notices import is_open, public_notice_pages
from cms.site_plan import NEWS

CALLS_SHOWN = 6
NOTICES_SHOWN = 5
TEXTS_SHOWN = 6


def home_context() -> dict[str, Any]:
    """Open calls with the days left, notices, news, policies, focus areas, and the addresses of the columns."""
    at = timezone.now()
    columns = {page.slug: page for page in ColumnPage.objects.live().filter(depth=3)}
    return {
        "open_calls": lines(open_call_pages(at)[:CALLS_SHOWN], at),
        "notices": [(page, is_open(page.notice, at)) for page in public_notice_pages()[:NOTICES_SHOWN]],
        "news": _news(columns),
        "policies": list(PolicyPage.objects.live().order_by("-published_at")[:TEXTS_SHOWN]),
        "areas": list(FocusAreaPage.objects.live().filter(focus_area__parent=None).select_related("focus_area")),
        "columns_by_slug": columns,
    }


def _news(columns: dict[str, ColumnPage]) -> list[ArticlePage]:
    column = columns.get(NEWS)
    if column is None:
        return []
    return list(ArticlePage.objects.live().descendant_of(column).order_by("-published_at")[:TEXTS_SHOWN])
