"""Whose turn it is to sign a paper, asked under its lock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects.queries.signatures import Paper, may_sign, open_route
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import RouteDecision, RouteStep


def turn_of(paper: Paper, by: User) -> RouteStep:
    """The step that it is `by`'s turn to take on a paper that the caller has locked.

    NotAllowed for who never signs it; Refused when it is not being signed, not their turn, or signed by them elsewhere.
    """
    route = open_route(paper)
    if route is None:
        raise Refused(Reason("wrong_state", _("This contract is not being signed."), _("Look at the record.")))
    steps = list(route.steps.select_related("route"))
    if not any(may_sign(step, by) for step in steps):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    step = next(step for step in steps if step.passed_at is None)
    if not may_sign(step, by):
        raise Refused(Reason("not_your_turn", _("It is not your turn to sign."), _("Others sign before you.")))
    if RouteDecision.objects.filter(step__route=route, by=by).exists():
        raise Refused(
            Reason(
                "signed_already", _("You have signed this contract in another place."), _("Somebody else signs here.")
            )
        )
    return step
