"""Conditions of an acceptance. What experts and officers type is asked after it was typed, so it closes no button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceOutcome, Attainment
from projects.queries.acceptance import attainments
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Acceptance


def acceptance_is_written(acceptance: Acceptance) -> list[Reason]:
    """The texts that only people can write are there, and every target of the contract has its attainment."""
    found = []
    if not acceptance.summary.strip():
        found.append(Reason("no_summary", _("The summary of the work is missing."), _("Write it.")))
    open_targets = [one for one in attainments(acceptance) if not one["attainment"]]
    if open_targets:
        text = _("For %(count)d targets of the contract it is not said whether they were reached.")
        found.append(Reason("no_attainment", text % {"count": len(open_targets)}, _("Say so for each.")))
    return found


def opinion_is_whole(acceptance: Acceptance) -> list[Reason]:
    """Enough experts were heard, and what they suggest agrees with what they found."""
    found, least = [], acceptance_rules().least_experts
    heard = [line for line in acceptance.experts.splitlines() if line.strip()]
    if len(heard) < least:
        text = _("%(heard)d experts are named; the rules ask for at least %(least)d.")
        found.append(Reason("few_experts", text % {"heard": len(heard), "least": least}, _("Name each on a line.")))
    clean = acceptance.task == Attainment.REACHED and bool(acceptance.finance)
    if acceptance.suggested == AcceptanceOutcome.PASSED and not clean:
        text = _("A project passes only where both its task and its finance do.")
        found.append(Reason("not_both", text, _("Suggest another outcome.")))
    return [*found, *_rectified_once(acceptance, acceptance.suggested)]


def outcome_is_explained(acceptance: Acceptance) -> list[Reason]:
    """A proposal that departs from what the experts suggest says why; rectification is asked for once."""
    found = []
    if acceptance.outcome != acceptance.suggested and not acceptance.reason.strip():
        text = _("The experts suggest another outcome.")
        found.append(Reason("no_reason", text, _("Say why the department departs from it.")))
    return [*found, *_rectified_once(acceptance, acceptance.outcome)]


def _rectified_once(acceptance: Acceptance, outcome: str) -> list[Reason]:
    if outcome != AcceptanceOutcome.RECTIFY or not acceptance.rectified:
        return []
    return [Reason("rectified", _("Rectification was asked for once already."), _("Choose an end."))]
