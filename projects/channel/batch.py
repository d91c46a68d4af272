"""Many cases at once, as an organisation's system hands them over: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from projects.channel.case import Case
from projects.channel.decide import decide
from projects.channel.rules import ChannelRules


@dataclass(frozen=True)
class Malformed:
    """A line that could not be read: its number from 1, and every fault with the name of its field."""

    number: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return f"line {self.number}: {'; '.join(self.faults)}"


def routes(lines: Iterable[str], rows: ChannelRules | None = None) -> Iterator[dict[str, Any] | Malformed]:
    """The answer to each case in order, or what is wrong with its line. Empty lines are passed over.

    rows -- another version of the rules than the one delivered.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(number, line, rows)


def _answer(number: int, line: str, rows: ChannelRules | None) -> dict[str, Any] | Malformed:
    try:
        case = Case.model_validate(json.loads(line, parse_float=Decimal))
    except ValidationError as fault:
        return Malformed(number, tuple(_said(error) for error in fault.errors()))
    except (ValueError, RecursionError) as fault:
        return Malformed(number, (f"not JSON: {fault}",))
    decision = decide(case, rows)
    return {
        "id": case.id,
        "route": decision.route.value,
        "second_signature": decision.second_signature,
        "rules": list(decision.rules),
        "documents": list(decision.documents),
        "because": decision.because,
    }


def _said(error: Any) -> str:
    field = ".".join(str(part) for part in error["loc"])
    text = error["msg"].removeprefix("Value error, ")
    return f"{field}: {text}" if field else text
