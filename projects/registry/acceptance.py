"""What acceptances register when the room is ready: verbs, navigation, inbox, clock."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import PERSON
    from experts.queries.feedback import register_gate
    from projects.actions.acceptance_clock import register_clock
    from projects.queries.acceptance_review import released_with_the_outcome
    from projects.queries.acceptances_in_hand import SOURCES
    from workflows import files, inbox, navigation

    _verbs()
    files.register_reader("projects.ProjectArchive", _sees_project)
    for source in SOURCES:
        inbox.register(source)
    own = ("acceptance", "acceptance-edit", "acceptance-opinion", "acceptance-proposal", "acceptance-review")
    appeals = ("acceptance-appeal", "appeal")
    navigation.register(
        navigation.Entry(
            "projects", 16, pgettext_lazy("navigation", "Acceptances"), "acceptances", PERSON, own + appeals
        )
    )
    register_clock()
    register_gate(released_with_the_outcome)


def _sees_project(user: Any, archive: Any) -> bool:
    return bool(type(archive).objects.visible_to(user).filter(pk=archive.pk).exists())


def _verbs() -> None:
    from projects.actions import acceptance, appeal
    from projects.models import Acceptance, AcceptanceAppeal
    from projects.queries import said_of_acceptances as said
    from workflows.verbs import register as verb

    verb(Acceptance, "file", action=acceptance.file_acceptance)
    verb(Acceptance, "confirm", action=acceptance.confirm_acceptance)
    verb(Acceptance, "return_by_organisation", action=acceptance.return_acceptance)
    verb(Acceptance, "check", action=acceptance.check_acceptance)
    verb(Acceptance, "return_by_department", action=acceptance.return_checked_acceptance)
    verb(Acceptance, "opine", page=lambda one: reverse("acceptance-opinion", args=[one.uid]))
    to_experts = "acceptance-review"
    verb(Acceptance, "send_to_experts", page=lambda one: f"{reverse(to_experts)}?acceptance={one.uid}")
    verb(Acceptance, "propose", page=lambda one: reverse("acceptance-proposal", args=[one.uid]))
    verb(Acceptance, "send_back", action=acceptance.send_back_proposal)
    verb(AcceptanceAppeal, "uphold", action=appeal.uphold_appeal, subject="appeal", says=said.of_upholding)
    verb(AcceptanceAppeal, "grant", action=appeal.grant_appeal, subject="appeal", says=said.of_granting)
    verb(Acceptance, "approve", action=acceptance.approve_acceptance, says=said.of_approving)
    verb(Acceptance, "ask_rectification", action=acceptance.ask_rectification, says=said.of_rectifying)
