"""What hand-overs of projects register when the room is ready: verbs, navigation, clocks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from directory.policies import READER
from workflows import navigation, verbs


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.actions import handover as actions
    from projects.models import Handover

    verbs.register(Handover, "hand_back", action=actions.hand_back)
    verbs.register(Handover, "cancel", action=actions.cancel_handover)
    own = ("handover", "handover-new")
    navigation.register(navigation.Entry("projects", 30, gettext_lazy("Hand-overs"), "handovers", READER, own))
    actions.register_clocks()
