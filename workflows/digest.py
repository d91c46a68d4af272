"""Canonical bytes and digests: what the journal, frozen versions and receipts are computed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; instants in UTC, Decimal and UUID as text."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode()


def digest(value: Any) -> str:
    """SHA-256 over the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """`value` as it comes back from a JSON column: instants, Decimal and UUID as text, tuples as lists.

    Floating point numbers become text too: databases write them in different ways, and a hash over them
    must be computable for ever.
    """
    result: dict[str, Any] = json.loads(canonical(value), parse_float=str)
    return result


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (Decimal, uuid.UUID)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
