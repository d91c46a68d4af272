"""The versions of the rules that a project keeps: those in force when its contract was made (domain, preface)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from projects.channel.rules import ChannelRules
from projects.definitions.budget import Scheme, budget_rules
from projects.definitions.contract import ContractRules, contract_rules
from projects.queries.channel_versions import rules_called, rules_today

if TYPE_CHECKING:
    from projects.models import Call, Project

CHANNEL, CONTRACT, BUDGET = "channel", "contract", "budget"


def rules_in_force(call: Call) -> dict[str, str]:
    """The name of today's version of each set of rules, as a project keeps them, and the day of those of its budget."""
    return {CHANNEL: rules_today().name, CONTRACT: contract_rules().name, BUDGET: budget_day(call).isoformat()}


def budget_day(call: Call) -> dt.date:
    """The day whose rules count for the budgets of a call: that on which it opened."""
    return timezone.localdate(call.opens_at or call.published_at or timezone.now())


def kept_budget_day(project: Project) -> dt.date:
    """The day whose rules count for the budget of a project; of one that keeps none, its first."""
    kept = project.rules.get(BUDGET, "")
    return dt.date.fromisoformat(kept) if kept else project.starts_on


def scheme_of(project: Project) -> Scheme:
    """The categories of its budget."""
    return budget_rules().scheme_on(kept_budget_day(project))


def channel_rules_of(project: Project) -> ChannelRules:
    """The rows that route the changes of its budget; those of today for a project that keeps none (one query)."""
    kept = project.rules.get(CHANNEL, "")
    return with_own_ceiling(rules_called(kept) if kept else rules_today(), project)


def with_own_ceiling(rows: ChannelRules, project: Project) -> ChannelRules:
    """`rows` with the ceiling under which the budget of a project was made, where its scheme is an earlier one."""
    day, rules = kept_budget_day(project), budget_rules()
    if rules.scheme_on(day) == rules.schemes[-1]:
        return rows
    return rows.model_copy(update={"tiers": rules.ceiling_on(day).tiers})


def contract_rules_of(project: Project) -> ContractRules:
    """The rows that its contract and its changes follow."""
    return contract_rules(project.rules.get(CONTRACT, ""))
