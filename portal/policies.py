"""The policy of every address: our views carry theirs, the addresses of libraries are listed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from directory.enums import Role
from directory.policies import role_policy
from workflows.policies import PUBLIC, SIGNED_IN, Policy

EDITORS = role_policy(Role.EDITOR, Role.APPROVER)
# Addresses of libraries by the first part of their route; their own checks come after ours.
LIBRARY_ROUTES: tuple[tuple[str, Policy], ...] = (
    ("accounts/2fa/authenticate/", PUBLIC),
    ("accounts/2fa/webauthn/login/", PUBLIC),
    ("accounts/2fa/", SIGNED_IN),
    ("accounts/sessions/", SIGNED_IN),
    ("accounts/", PUBLIC),
    ("admin/", EDITORS),
    ("documents/", PUBLIC),
)
LIBRARY_NAMES: dict[str, Policy] = {
    "wagtail_serve": PUBLIC,
    "wagtailcore_login": PUBLIC,
    "wagtailimages_serve": PUBLIC,
}


def policy_of(view: Any, route: str, url_name: str | None) -> Policy | None:
    """The policy of an address, by its view, its whole route and its name; None when nobody declared one."""
    declared: Policy | None = getattr(view, "policy", None) or getattr(
        getattr(view, "view_class", None), "policy", None
    )
    if declared is not None:
        return declared
    if url_name in LIBRARY_NAMES:
        return LIBRARY_NAMES[url_name]
    return next((policy for start, policy in LIBRARY_ROUTES if route.startswith(start)), None)


@dataclass(frozen=True)
class Address:
    """One address pattern of the site with its view."""

    route: str
    name: str | None
    view: Any

    @property
    def policy(self) -> Policy | None:
        """Who may ask for it; None when nobody said."""
        return policy_of(self.view, self.route, self.name)


def addresses(patterns: Any = None, prefix: str = "") -> Iterator[Address]:
    """Every address pattern of the site, with the routes of its includes put before it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Address(route, pattern.name, pattern.callback)
