"""What writing registers when the room is ready: verbs, navigation, sources of the inbox, a panel of the home page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import PERSON
    from projects import tasks  # noqa: F401 - registers the effects
    from projects.queries import receipts, waiting
    from workflows import files, inbox, navigation, panels

    _verbs()
    files.register_reader("projects.proposal", receipts.reads_files, keeps=receipts.is_frozen)
    navigation.register(navigation.Entry("mine", 10, _("My proposals"), "proposals-mine", PERSON))
    for source in waiting.SOURCES:
        inbox.register(source)
    panels.register(panels.Panel("calls-open", PERSON, "projects/writing/panel.html", _panel, order=10, place="aside"))


def _verbs() -> None:
    from projects.actions.submission import take_back, withdraw_proposal
    from projects.models import Proposal
    from workflows.verbs import register as verb

    verb(Proposal, "submit", page=_check_page)
    verb(Proposal, "take_back", action=take_back, subject="proposal")
    verb(Proposal, "withdraw", action=withdraw_proposal, subject="proposal")


def _check_page(proposal: Any) -> str:
    return reverse("proposal-check", args=[proposal.uid])


def _panel(user: Any) -> dict[str, Any]:
    from projects.queries.mine import calls_open_now

    return {"calls": list(calls_open_now(user)[:6])}
