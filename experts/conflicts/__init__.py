"""Conflicts of interest: computed reasons with code and evidence.

They are asked for at three points: when an expert is assigned, when the dossier is read, when the sheet is
submitted. The officer reads the evidence; the expert is told only what gives no name away.
"""

from experts.conflicts.blocks import Block, blocks_of, register_blocks
from experts.conflicts.checks import (
    Conflict,
    assignment_conflicts,
    conflicts_between,
    conflicts_of,
    standing_conflicts,
    told_to_expert,
)
from experts.conflicts.codes import LABELS, LIFTABLE
from experts.conflicts.ground import CommonWork, Ground, ground, register_common_work

__all__ = [
    "LABELS",
    "LIFTABLE",
    "Block",
    "CommonWork",
    "Conflict",
    "Ground",
    "assignment_conflicts",
    "blocks_of",
    "conflicts_between",
    "conflicts_of",
    "ground",
    "register_blocks",
    "register_common_work",
    "standing_conflicts",
    "told_to_expert",
]
