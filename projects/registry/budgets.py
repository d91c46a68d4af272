"""What the changes of budgets register when the room is ready: verb, navigation, inbox, panel, route, clock."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import PERSON
    from projects.actions.adjustment import withdraw_adjustment
    from projects.actions.adjustment_clock import register_clock
    from projects.models import Adjustment
    from projects.queries.adjustments_in_hand import SOURCES
    from workflows import inbox, navigation, panels, verbs

    verbs.register(Adjustment, "withdraw", action=withdraw_adjustment)
    for name in ("record", "send"):
        verbs.register(Adjustment, name, page=_asking_page)
    for source in SOURCES:
        inbox.register(source)
    own = ("adjustment", "adjust", "adjustment-policy")
    navigation.register(navigation.Entry("projects", 20, _("Budget changes"), "adjustments", PERSON, own))
    panels.register(panels.Panel("projects.mine", PERSON, "projects/adjustment/panel.html", _panel, order=20))
    _route()
    register_clock()


def _asking_page(adjustment: Any) -> str:
    return reverse("adjust", args=[adjustment.project.uid])


def _route() -> None:
    from projects.actions.adjustment_decision import applied, rejected
    from projects.queries.deciding_adjustments import KIND, may_decide
    from workflows.routes import RouteKind, register

    register(RouteKind(code=KIND, may=may_decide, on_approved=applied, on_refused=rejected, on_returned=rejected))


def _panel(user: Any) -> dict[str, Any] | None:
    from projects.queries.adjustments_in_hand import led_projects

    found = led_projects(user)
    return {"projects": found} if found else None
