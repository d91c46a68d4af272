"""Lists of columns, neighbours of articles, the main navigation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.models import ArticlePage, ColumnPage, NoticePage, PolicyPage
from cms.queries.notices import is_open, public_notice_pages
from cms.queries.paths import path_of
from cms.site_plan import COLUMNS, FOCUS, NOTICES
from workflows.navigation import Column

PER_PAGE = 15
ENGLISH = {plan.slug: plan.title_en for plan in COLUMNS}
TEXTS = (ArticlePage, PolicyPage)


@dataclass(frozen=True)
class Line:
    """One line of a column's list."""

    page: Any
    when: dt.datetime
    badge: Any = ""
    tone: str = ""
    note: Any = None


def column_context(column: ColumnPage, number: str) -> dict[str, Any]:
    """One page of what the column lists, with the columns below it."""
    below = ColumnPage.objects.live().child_of(column)
    if column.slug == FOCUS:
        return {"areas": list(column.get_children().live()), "list_page": None, "below": []}
    page = Paginator(_entries(column), PER_PAGE).get_page(number)
    return {"list_page": page, "rows": _rows(page.object_list), "below": list(below)}


def _entries(column: ColumnPage) -> Any:
    if column.slug == NOTICES and NoticePage.objects.child_of(column).exists():
        return public_notice_pages().child_of(column)
    return texts_below(column)


def texts_below(column: Page | None = None) -> Any:
    """The live articles and policies (anywhere below a column), newest first, with the instant as `shown_at`."""
    pages = Page.objects.live().type(TEXTS)
    if column is not None:
        pages = pages.descendant_of(column)
    shown_at = Coalesce("articlepage__published_at", "policypage__published_at")
    return pages.annotate(shown_at=shown_at).order_by(F("shown_at").desc(), "-pk")


def _rows(pages: Any) -> list[Line]:
    found = list(pages)
    if found and isinstance(found[0], NoticePage):
        return [_notice_line(page) for page in found]
    return [Line(page, page.shown_at) for page in found]


def _notice_line(page: NoticePage) -> Line:
    if is_open(page.notice):
        return Line(page, page.notice.published_at, pgettext_lazy("notice", "open"), "go", page.notice.closes_at)
    return Line(page, page.notice.published_at, pgettext_lazy("notice", "closed"), "")


def neighbours(page: ArticlePage | PolicyPage) -> dict[str, Any]:
    """The older (`previous`) and newer (`next`) live neighbour of the same kind in the column: two queries.

    A page that was never saved is previewed without neighbours.
    """
    if page.pk is None:
        return {}
    siblings = type(page).objects.live().sibling_of(page, inclusive=False)
    at, pk = page.published_at, page.pk
    older = siblings.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    newer = siblings.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk))
    return {
        "previous_page": older.order_by("-published_at", "-pk").first(),
        "next_page": newer.order_by("published_at", "pk").first(),
    }


def main_columns() -> list[Column]:
    """The columns of the main navigation, home first: one query."""
    chinese = (translation.get_language() or "").startswith("zh")
    pages = ColumnPage.objects.live().in_menu().filter(depth=3).order_by("path").only("title", "slug", "url_path")
    home = Column(pgettext_lazy("navigation", "Home"), "/")
    return [
        home,
        *(Column(page.title if chinese else ENGLISH.get(page.slug, page.title), path_of(page)) for page in pages),
    ]
