"""Calls, proposals, decisions, contracts, projects."""
