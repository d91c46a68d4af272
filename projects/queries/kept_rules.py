"""The versions of the rules that a project keeps: those in force when its contract was made (domain, preface)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.channel.rules import ChannelRules, channel_rules
from projects.definitions.contract import ContractRules, contract_rules

if TYPE_CHECKING:
    from projects.models import Project

CHANNEL, CONTRACT = "channel", "contract"


def rules_in_force() -> dict[str, str]:
    """The name of today's version of each set of rules, as a project keeps them."""
    return {CHANNEL: channel_rules().name, CONTRACT: contract_rules().name}


def channel_rules_of(project: Project) -> ChannelRules:
    """The rows that route the changes of its budget."""
    return channel_rules(project.rules.get(CHANNEL, ""))


def contract_rules_of(project: Project) -> ContractRules:
    """The rows that its contract and its changes follow."""
    return contract_rules(project.rules.get(CONTRACT, ""))
