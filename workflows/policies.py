"""Policies: every address says who may ask for it. An address without a policy is refused at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Policy:
    """A named rule over the asker. It answers for the address; the object's own rule comes after it."""

    code: str
    allows: Callable[[Any], bool]


PUBLIC = Policy("public", lambda user: True)
SIGNED_IN = Policy("signed_in", lambda user: bool(user.is_authenticated))

_system_rules: list[Callable[[Any], bool]] = []


def register_system_rule(rule: Callable[[Any], bool]) -> None:
    """Say who runs the machinery: this room knows no roles, a room above it does."""
    _system_rules.append(rule)


def runs_the_system(user: Any) -> bool:
    """Whether a registered rule lets `user` look after dead letters and jobs."""
    return any(rule(user) for rule in _system_rules)


SYSTEM_STAFF = Policy("system_staff", runs_the_system)

Method = Literal["GET", "POST"]


def guarded(policy: Policy, *methods: Method) -> Callable[[View], View]:
    """Declare a view's policy and methods ("GET" when none is named; GET answers HEAD too).

    An anonymous asker is sent to sign in; anybody else who may not gets what an absent page gives: 404.
    """
    allowed = methods or ("GET",)

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not policy.allows(request.user):
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path())
            if request.method not in (*allowed, "HEAD", "OPTIONS") or (
                request.method == "HEAD" and "GET" not in allowed
            ):
                return HttpResponseNotAllowed(allowed)
            if request.method == "OPTIONS":
                return HttpResponse(headers={"Allow": ", ".join(allowed)})
            return view(request, *args, **kwargs)

        answer.policy = policy  # type: ignore[attr-defined]
        answer.methods = allowed  # type: ignore[attr-defined]
        return answer

    return declare
