"""Invariants: sentences that are true of the database at every moment. Rooms add theirs in `<room>/invariants.py`."""

from __future__ import annotations
