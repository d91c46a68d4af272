"""The engine: every rule of a call over one case; the same before starting, at the check and over the batch."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from projects.checks.context import Context
from projects.checks.readers import READERS, Reading
from projects.checks.result import Result
from projects.checks.subjects import OF_DIRECTION, SUBJECTS, ValueKind
from projects.definitions.rules import RULES, Comparison, Consequence, Rule
from projects.enums import FindingLevel


def rules_of(stored: Any) -> tuple[Rule, ...]:
    """The rules of a call as typed rows."""
    return RULES.validate_python(stored or ())


def run(case: Context) -> list[Result]:
    """All rules of the call over `case`, in the order of the rules."""
    return [result for rule in rules_of(case.call.rules) for result in apply(rule, case)]


def apply(rule: Rule, case: Context) -> list[Result]:
    """One rule over `case`: a result per reading, none when the rule does not concern the case."""
    return [_judge(rule, case, reading) for reading in READERS[rule.subject](case, rule)]


def holds(rule: Rule, value: Any, limit: Any) -> bool:
    """Whether `value` satisfies the rule with this limit."""
    match rule.comparison:
        case Comparison.AT_MOST:
            return Decimal(str(value)) <= Decimal(str(limit))
        case Comparison.AT_LEAST:
            return Decimal(str(value)) >= Decimal(str(limit))
        case Comparison.IS:
            return bool(value == limit)
        case Comparison.ONE_OF:
            return _any_of(rule, value, limit)
        case Comparison.NOT_ONE_OF:
            return not _any_of(rule, value, limit)


def _any_of(rule: Rule, values: Iterable[str], codes: Iterable[str]) -> bool:
    if SUBJECTS[rule.subject].kind is ValueKind.REGIONS:
        return any(within(value, code) for value in values for code in codes)
    return bool(set(values) & set(codes))


def within(code: str, area: str) -> bool:
    """Whether a division lies in an area, by their codes (GB/T 2260): pairs of digits, trailing 00 mean "all"."""
    while area.endswith("00"):
        area = area[:-2]
    return code.startswith(area)


def _judge(rule: Rule, case: Context, reading: Reading) -> Result:
    limit = rule.value if reading.limit is None else reading.limit
    known = reading.value is not None and limit != OF_DIRECTION
    return Result(
        check_code=rule.id,
        level=_level(rule, reading.value, limit) if known else FindingLevel.WARNING,
        params=_params(rule, case, reading, limit),
        document=rule.document,
        subject=reading.subject,
    )


def _level(rule: Rule, value: Any, limit: Any) -> FindingLevel:
    if holds(rule, value, limit):
        return FindingLevel.PASSED
    return FindingLevel.FAILED if rule.consequence is Consequence.BLOCK else FindingLevel.WARNING


def _params(rule: Rule, case: Context, reading: Reading, limit: Any) -> dict[str, Any]:
    params: dict[str, Any] = {
        "code": rule.subject.value,
        "comparison": rule.comparison.value,
        "value": _plain(reading.value),
        "limit": _plain(limit),
        "explanation": rule.explanation,
    }
    if SUBJECTS[rule.subject].dated:
        params["on"] = case.day(rule.on).isoformat()
    if reading.subject:
        params["who"] = reading.subject
    if reading.holds:
        params["holds"] = [{"kind": hold.kind, "number": hold.number, "uid": hold.uid} for hold in reading.holds]
    return params


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
