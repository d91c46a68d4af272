"""Lump sums (包干制): no grid; a commitment and a negative list stand in its place and are signed with the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from projects.budget import COMMITMENT, Frame
from projects.definitions.budget import budget_rules

COMMITMENT_TEXT = _(
    "I commit myself to use the lump sum for this research only, to follow the negative list, and to publish its use "
    "within the organisation."
)


def negative_list(day: dt.date) -> dict[str, Any]:
    """What was forbidden on `day`, as plain data: the document and its items."""
    row = budget_rules().negative_list_on(day)
    return {"document": row.document, "items": list(row.items)}


def commitment(answer: Mapping[str, Mapping[str, str]], frame: Frame) -> dict[str, Any]:
    """What a frozen version keeps under "commitment": the words agreed to and the list; empty for an itemised budget.

    Words are in the site's language, whoever froze them.
    """
    if not frame.lump_sum or answer.get(COMMITMENT, {}).get("basis") != "yes":
        return {}
    with translation.override(settings.LANGUAGE_CODE):
        return {"commitment": {"text": str(COMMITMENT_TEXT), **negative_list(frame.on)}}
