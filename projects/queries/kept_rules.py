"""The versions of the rules that a project keeps: those in force when its contract was made (domain, preface)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.channel.rules import ChannelRules
from projects.definitions.contract import ContractRules, contract_rules
from projects.queries.channel_versions import rules_called, rules_today

if TYPE_CHECKING:
    from projects.models import Project

CHANNEL, CONTRACT = "channel", "contract"


def rules_in_force() -> dict[str, str]:
    """The name of today's version of each set of rules, as a project keeps them."""
    return {CHANNEL: rules_today().name, CONTRACT: contract_rules().name}


def channel_rules_of(project: Project) -> ChannelRules:
    """The rows that route the changes of its budget; those of today for a project that keeps none (one query)."""
    kept = project.rules.get(CHANNEL, "")
    return rules_called(kept) if kept else rules_today()


def contract_rules_of(project: Project) -> ContractRules:
    """The rows that its contract and its changes follow."""
    return contract_rules(project.rules.get(CONTRACT, ""))
