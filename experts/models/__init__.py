from experts.models.assignment import Assignment, ConflictDeclaration, ScoreSheet
from experts.models.dossier import Dossier
from experts.models.draw import Departure, Draw, DrawnSeat, DrawRecord, DrawRules
from experts.models.expert import ExpertiseItem, ExpertProfile
from experts.models.naming import NameFinding
from experts.models.ranking import Ranking
from experts.models.round import ReviewRound
from experts.models.tie import ConflictPin, Tie

__all__ = [
    "Assignment",
    "ConflictDeclaration",
    "ConflictPin",
    "Departure",
    "Dossier",
    "Draw",
    "DrawRecord",
    "DrawRules",
    "DrawnSeat",
    "ExpertProfile",
    "ExpertiseItem",
    "NameFinding",
    "Ranking",
    "ReviewRound",
    "ScoreSheet",
    "Tie",
]
