from experts.models.assignment import Assignment, ConflictDeclaration, ScoreSheet
from experts.models.dossier import Dossier
from experts.models.expert import DeclaredInterest, ExpertiseItem, ExpertProfile
from experts.models.round import ReviewRound

__all__ = [
    "Assignment",
    "ConflictDeclaration",
    "DeclaredInterest",
    "Dossier",
    "ExpertProfile",
    "ExpertiseItem",
    "ReviewRound",
    "ScoreSheet",
]
