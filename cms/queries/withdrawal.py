"""What hinders that a page is taken down, or put live: the site would have holes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import ColumnPage, HomePage
from cms.rules import withdrawal_of
from cms.site_plan import COLUMNS
from workflows.errors import Reason

# Columns of the site's plan are looked up by their slug: records are shown in them, the home page leads to them.
PLANNED = frozenset(plan.slug for plan in COLUMNS)
PLANNED_DEPTH = 3


def hindrances(page: Any) -> list[Reason]:
    """Why `page` cannot be taken down; empty when it can."""
    if isinstance(page, HomePage):
        return [Reason("home", _("The home page cannot be taken down."), _("Change what it says instead."))]
    if not isinstance(page, ColumnPage):
        return []
    return [*_planned(page), *_live_below(page)]


def approval_hindrances(page: Page) -> list[Reason]:
    """Why what is asked for `page` cannot be done now, whether to take it down or to put it live."""
    if withdrawal_of(page):
        return hindrances(page.specific)
    parent = page.get_parent()
    if parent.live or parent.depth == 1:
        return []
    text = _("The column “%(title)s” above this page is not live.") % {"title": parent.title}
    return [Reason("column_down", text, _("Put the column live first, or move the page."))]


def _planned(page: ColumnPage) -> list[Reason]:
    if page.depth != PLANNED_DEPTH or page.slug not in PLANNED:
        return []
    text = _("This column belongs to the plan of the site: the system shows records in it or leads to it.")
    return [Reason("planned_column", text, _("Take down the pages in it instead, or leave it out of the menu."))]


def _live_below(page: ColumnPage) -> list[Reason]:
    count = page.get_descendants().live().count()
    if not count:
        return []
    text = _("Pages below this column are live: %(count)d.") % {"count": count}
    return [Reason("live_below", text, _("Take these down or move them first."))]
