"""Conditions of a contract's transitions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.definitions.budget import budget_rules
from projects.equipment import listed, misfits, purchase
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Contract


def contract_is_complete(contract: Contract) -> list[Reason]:
    """The contract states goals, a milestone for each year of its term, and a budget that adds up to the grant."""
    content: dict[str, Any] = contract.content or {}
    found = []
    if not content.get("goals"):
        found.append(Reason("no_goals", _("The contract states no goals."), _("Fill in goals and indicators.")))
    missing = sorted(_years(contract) - {int(one["year"]) for one in content.get("milestones", [])})
    if missing:
        years = ", ".join(str(year) for year in missing)
        found.append(
            Reason(
                "no_milestones",
                _("Years without a milestone: %(years)s.") % {"years": years},
                _("Add at least one milestone for each year."),
            )
        )
    if _fiscal(content) != contract.project.grant:
        found.append(
            Reason(
                "budget_differs",
                _("The fiscal money of the budget is not the amount granted."),
                _("Ask the programme officer to make the contract anew."),
            )
        )
    return found + _equipment_misfits(contract)


def _equipment_misfits(contract: Contract) -> list[Reason]:
    """Whether the list of equipment fits the money granted for it; texts made before there were lists have none."""
    rows = contract.content.get("equipment")
    if rows is None:
        return []
    rule = budget_rules().equipment_list_on(timezone.localdate(contract.project.created_at))
    return misfits(listed(rows), purchase(contract.content.get("budget", [])), rule)


def _years(contract: Contract) -> set[int]:
    project = contract.project
    return set(range(project.starts_on.year, project.ends_on.year + 1))


def _fiscal(content: dict[str, Any]) -> Decimal:
    return sum((Decimal(line["fiscal"]) for line in content.get("budget", [])), Decimal(0))
