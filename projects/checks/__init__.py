"""Eligibility: one engine that says which rule decided and cites its document (docs/developer/rules.md)."""
