"""What the page of a focus area shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cms.models import ArticlePage, FocusAreaPage
from cms.queries.calls import lines, public_call_pages

SHOWN = 20


def focus_area_context(page: FocusAreaPage) -> dict[str, Any]:
    """The calls and articles of the area or of an area directly below it, and the pages of those areas."""
    area = page.focus_area_id
    calls = public_call_pages().filter(Q(call__focus_areas=area) | Q(call__focus_areas__parent=area)).distinct()
    articles = ArticlePage.objects.live().filter(Q(focus_areas=area) | Q(focus_areas__parent=area)).distinct()
    below = FocusAreaPage.objects.live().filter(focus_area__parent=area).order_by("focus_area__order")
    return {
        "calls": lines(calls[:SHOWN]),
        "articles": list(articles.order_by("-published_at")[:SHOWN]),
        "below": list(below),
    }
