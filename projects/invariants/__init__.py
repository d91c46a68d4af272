"""Sentences that are true of this room's rows at every moment, one module per part of the room."""

from projects.invariants import acceptance, budgets, calls, changes, payments, reports, way, writing

__all__ = ["acceptance", "budgets", "calls", "changes", "payments", "reports", "way", "writing"]
