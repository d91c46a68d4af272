"""Addresses of pages without a query: the site stands at "/" and its home page is the root of all paths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Coalesce
from wagtail.models import Page

from cms.models import HomePage
from cms.queries.archive import archive_folder, archived_calls


def path_of(page: Any) -> str:
    """The path of a page below the home page: /calls/2027-xt/."""
    return _below_home(page.url_path)


def live_paths() -> Iterator[tuple[str, dt.datetime]]:
    """The path of every page that anybody may read, the archive last, with its last publication: four queries."""
    home = HomePage.objects.first()
    pages = Page.objects.live().public().descendant_of(home, inclusive=True) if home else Page.objects.none()
    changed = Coalesce("last_published_at", "latest_revision_created_at", "first_published_at")
    for url_path, at in pages.order_by("path").values_list("url_path", changed):
        yield _below_home(url_path), at
    folder = archive_folder()
    for code, published in archived_calls().order_by("pk").values_list("code", "published_at"):
        yield f"{folder}{code}/", published


def _below_home(url_path: str) -> str:
    return "/" + url_path.lstrip("/").partition("/")[2]
