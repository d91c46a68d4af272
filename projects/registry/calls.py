"""What this part registers when the room is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations


def register() -> None:
    """Called once from `AppConfig.ready`."""
