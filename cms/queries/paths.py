"""Addresses of pages without a query: the site stands at "/" and its home page is the root of all paths."""

from __future__ import annotations

from typing import Any


def path_of(page: Any) -> str:
    """The path of a page below the home page: /calls/2027-xt/."""
    path: str = page.url_path
    return "/" + path.lstrip("/").partition("/")[2]
