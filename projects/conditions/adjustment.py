"""Conditions of the changes of a budget: the answer of the rules decides the way, not who presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from projects.enums import AdjustmentRoute
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Adjustment


def rules_ask_nobody(adjustment: Adjustment) -> Reason | None:
    """The rules leave the change to the investigator."""
    if adjustment.route == AdjustmentRoute.RECORDED:
        return None
    return Reason("must_be_decided", _("The rules ask for a decision."), _("Send it to the organisation."))


def rules_ask_somebody(adjustment: Adjustment) -> Reason | None:
    """The rules ask for the word of the organisation."""
    if adjustment.route != AdjustmentRoute.RECORDED:
        return None
    return Reason("needs_no_decision", _("The rules ask for nobody's decision."), _("Record it at once."))
