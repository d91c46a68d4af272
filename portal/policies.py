"""The policy of every address: our views carry theirs, the addresses of libraries are listed here."""

from __future__ import annotations

from typing import Any

from django.urls import ResolverMatch

from workflows.policies import PUBLIC, Policy

EDITORS = Policy("editors", lambda user: bool(user.is_authenticated and user.is_active and user.is_staff))
# Addresses of libraries by the first part of their path; their own checks come after ours.
LIBRARY_PATHS: tuple[tuple[str, Policy], ...] = (
    ("accounts/", PUBLIC),
    ("admin/", EDITORS),
    ("documents/", PUBLIC),
)
LIBRARY_VIEWS: dict[str, Policy] = {
    "wagtail_serve": PUBLIC,
    "wagtailcore_login": PUBLIC,
    "sitemap": PUBLIC,
}


def policy_of(view: Any, match: ResolverMatch) -> Policy | None:
    """The policy of a resolved address; None when nobody declared one."""
    declared: Policy | None = getattr(view, "policy", None) or getattr(
        getattr(view, "view_class", None), "policy", None
    )
    if declared is not None:
        return declared
    if match.url_name in LIBRARY_VIEWS:
        return LIBRARY_VIEWS[match.url_name]
    for prefix, policy in LIBRARY_PATHS:
        if match.route.startswith(prefix):
            return policy
    return None
