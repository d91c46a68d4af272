"""What must hold now: conditions of the machines, each failure explained with what mends it."""

from projects.conditions.acceptance import acceptance_is_written, opinion_is_whole, outcome_is_explained
from projects.conditions.adjustment import rules_ask_nobody, rules_ask_somebody
from projects.conditions.call import call_can_be_extended, call_is_complete, nothing_under_way
from projects.conditions.channel import day_has_not_come, rules_are_ready, standing_still_holds
from projects.conditions.contract import contract_is_complete
from projects.conditions.decision import (
    departures_have_reasons,
    funded_items_have_amounts,
    list_funds_something,
    notice_is_over,
    objections_are_decided,
)
from projects.conditions.payment import condition_is_met, project_runs, within_the_budget
from projects.conditions.proposal import (
    before_filing_deadline,
    call_needs_no_recommendation,
    can_still_come_back,
    findings_are_decided,
    no_finding_stands,
    proposal_is_complete,
    recommendation_still_possible,
)
from projects.conditions.report import report_is_written

__all__ = [
    "acceptance_is_written",
    "before_filing_deadline",
    "call_can_be_extended",
    "call_is_complete",
    "call_needs_no_recommendation",
    "can_still_come_back",
    "condition_is_met",
    "contract_is_complete",
    "day_has_not_come",
    "departures_have_reasons",
    "findings_are_decided",
    "funded_items_have_amounts",
    "list_funds_something",
    "no_finding_stands",
    "nothing_under_way",
    "notice_is_over",
    "objections_are_decided",
    "opinion_is_whole",
    "outcome_is_explained",
    "project_runs",
    "proposal_is_complete",
    "recommendation_still_possible",
    "report_is_written",
    "rules_are_ready",
    "rules_ask_nobody",
    "rules_ask_somebody",
    "standing_still_holds",
    "within_the_budget",
]
