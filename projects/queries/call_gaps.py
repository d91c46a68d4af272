"""What a call still lacks before it can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Call


def gaps(call: Call) -> list[Reason]:
    """One Reason per gap; empty when the call can be published."""
    found = []
    if call.filing_deadline is None:
        found.append(Reason("no_deadline", _("The filing deadline is missing."), _("Set it under “Dates”.")))
    return found
