"""What changes of projects register when the room is ready: verb, navigation, inbox, routes, clock, readers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import PERSON
    from projects.actions.change import withdraw_change
    from projects.actions.change_clock import register_clock
    from projects.models import ProjectChange
    from projects.queries.changes_in_hand import SOURCES
    from workflows import files, inbox, navigation, verbs

    verbs.register(ProjectChange, "withdraw", action=withdraw_change)
    for source in SOURCES:
        inbox.register(source)
    own = ("change", "change-kinds", "change-ask", "supplement")
    navigation.register(navigation.Entry("projects", 15, _("Changes of projects"), "changes", PERSON, own))
    files.register_reader(ProjectChange._meta.label, _reads_paper)
    _routes()
    register_clock()


def _routes() -> None:
    from projects.actions.change_decision import applied, rejected
    from projects.actions.supplement import finish_supplement, no_way_back
    from projects.models import Supplement
    from projects.queries.deciding_changes import KIND, may_decide
    from projects.queries.signatures import may_sign
    from workflows.routes import RouteKind, register

    register(RouteKind(code=KIND, may=may_decide, on_approved=applied, on_refused=rejected, on_returned=rejected))
    register(
        RouteKind(
            code=Supplement.signing,
            may=lambda user, step, _supplement: may_sign(step, user),
            on_approved=finish_supplement,
            on_refused=no_way_back,
            on_returned=no_way_back,
        )
    )


def _reads_paper(user: Any, change: Any) -> bool:
    from projects.models import ProjectChange

    return bool(ProjectChange.objects.visible_to(user).filter(pk=change.pk).exists())
