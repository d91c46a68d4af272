from experts.models.assignment import Assignment, ConflictDeclaration, RoundStatement, ScoreSheet
from experts.models.batch import NameDeclaration
from experts.models.credit import ExpertCredit
from experts.models.dossier import Dossier
from experts.models.draw import Departure, Draw, DrawnSeat, DrawRecord, DrawRules
from experts.models.expert import Absence, ExpertiseItem, ExpertProfile, PoolList
from experts.models.fee import FeeLine, FeeSheet, FeeStandard, PayeeAccount
from experts.models.meeting import Leave, Meeting, MeetingItem, MeetingMember, Vote
from experts.models.naming import NameFinding
from experts.models.phase import EarlierSheet, Remark, RoundPhase
from experts.models.ranking import Ranking
from experts.models.redaction import OpinionRedaction
from experts.models.round import ReviewRound
from experts.models.station import Station
from experts.models.tie import ConflictPin, Tie

__all__ = [
    "Absence",
    "Assignment",
    "ConflictDeclaration",
    "ConflictPin",
    "Departure",
    "Dossier",
    "Draw",
    "DrawRecord",
    "DrawRules",
    "DrawnSeat",
    "EarlierSheet",
    "ExpertCredit",
    "ExpertProfile",
    "ExpertiseItem",
    "FeeLine",
    "FeeSheet",
    "FeeStandard",
    "Leave",
    "Meeting",
    "MeetingItem",
    "MeetingMember",
    "NameDeclaration",
    "NameFinding",
    "OpinionRedaction",
    "PayeeAccount",
    "PoolList",
    "Ranking",
    "Remark",
    "ReviewRound",
    "RoundPhase",
    "RoundStatement",
    "ScoreSheet",
    "Station",
    "Tie",
    "Vote",
]
