from projects.models.acceptance import Acceptance
from projects.models.adjustment import Adjustment, AdjustmentLine, AdjustmentPolicy
from projects.models.appeal import AcceptanceAppeal
from projects.models.archive import ProjectArchive
from projects.models.award import Award
from projects.models.budget import BudgetLine
from projects.models.call import Call, CallContact, CallDirection
from projects.models.change import ProjectChange, Supplement
from projects.models.channel import ChannelPreview, ChannelVersion, PreviewedCase
from projects.models.contract import Contract, ContractVersion, Project
from projects.models.decision import FundingItem, FundingList, Letter, Objection, PublicNotice
from projects.models.delegation import Delegation, PreparedAdjustment
from projects.models.eligibility import Finding
from projects.models.extension import CallExtension
from projects.models.handover import Handover
from projects.models.ledger import LedgerLine
from projects.models.milestone import Milestone
from projects.models.payment import Instalment, OwnFunds
from projects.models.portfolio import PortfolioSheet, SavedView
from projects.models.proposal import (
    Participant,
    Presence,
    Proposal,
    ProposalVersion,
    RecommendationLetter,
    SectionAnswer,
)
from projects.models.repayment import Repayment
from projects.models.report import Report
from projects.models.result import Result
from projects.models.spending import Spending, SpendingFile
from projects.models.standing import ChannelStanding

__all__ = [
    "Acceptance",
    "AcceptanceAppeal",
    "Adjustment",
    "AdjustmentLine",
    "AdjustmentPolicy",
    "Award",
    "BudgetLine",
    "Call",
    "CallContact",
    "CallDirection",
    "CallExtension",
    "ChannelPreview",
    "ChannelStanding",
    "ChannelVersion",
    "Contract",
    "ContractVersion",
    "Delegation",
    "Finding",
    "FundingItem",
    "FundingList",
    "Handover",
    "Instalment",
    "LedgerLine",
    "Letter",
    "Milestone",
    "Objection",
    "OwnFunds",
    "Participant",
    "PortfolioSheet",
    "PreparedAdjustment",
    "Presence",
    "PreviewedCase",
    "Project",
    "ProjectArchive",
    "ProjectChange",
    "Proposal",
    "ProposalVersion",
    "PublicNotice",
    "RecommendationLetter",
    "Repayment",
    "Report",
    "Result",
    "SavedView",
    "SectionAnswer",
    "Spending",
    "SpendingFile",
    "Supplement",
]
