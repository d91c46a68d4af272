"""The plain entries of a problem file: keys, identifiers, whole numbers, each refused by its place and name."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 1_000_000
NAMES: dict[Any, str] = {list: "a list", dict: "an object", str: "a text"}
MISSING = object()


class FaultError(ValueError):
    """The input is malformed; the message names the entry and what it must be."""


def members(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a key that stands twice is refused, since one of the two would be lost."""
    result = dict(found)
    if len(result) < len(found):
        names = [name for name, _value in found]
        twice = next(name for name in names if names.count(name) > 1)
        raise FaultError(f"the key {twice!r} stands twice in one object")
    return result


def known(data: dict[str, Any], name: str, kind: type[T]) -> T:
    """What stands under `name`; refused when missing or of another kind."""
    if name not in data:
        raise FaultError(f"{name}: is missing; must be {NAMES[kind]}")
    return optional(data, name, kind, MISSING)


def optional(data: dict[str, Any], name: str, kind: type[T], default: Any) -> T:
    """What stands under `name`, or the default; refused when of another kind."""
    value = data.get(name, default)
    if not isinstance(value, kind):
        raise FaultError(f"{name}: must be {NAMES[kind]}")
    return value


def column(rows: list[Any], where: str, name: str) -> list[Any]:
    """The value under `name` of every row; each must have it."""
    try:
        return [row[name] for row in rows]
    except (KeyError, TypeError, IndexError):
        at = next(at for at, row in enumerate(rows) if not isinstance(row, dict) or name not in row)
        if not isinstance(rows[at], dict):
            raise FaultError(f"{where}[{at}]: must be an object") from None
        raise FaultError(f"{where}[{at}]: {name} is missing") from None


def identifier(rows: list[Any], where: str) -> list[Hashable]:
    """The ids of the rows: texts or whole numbers, none twice."""
    seen: dict[Hashable, int] = {}
    for at, value in enumerate(column(rows, where, "id")):
        if not is_name(value):
            raise FaultError(f"{where}[{at}]: id must be a text or a whole number")
        if value in seen:
            raise FaultError(f"{where}[{at}]: id {value!r} stands in {where}[{seen[value]}] already")
        seen[value] = at
    return list(seen)


def is_name(value: Any) -> bool:
    """Whether it is a whole number or a text that can be written as UTF-8."""
    if isinstance(value, str):
        return bool(value) and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, int) and not isinstance(value, bool)


def number(rows: list[Any], where: str, name: str, default: int | None = None) -> list[int]:
    """The whole numbers under `name`, from 0 to a million; `default` where a row has none."""
    values = column(rows, where, name) if default is None else [_given(row, name, default) for row in rows]
    for at, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            raise FaultError(f"{where}[{at}]: {name} must be a whole number from 0 to {MOST}")
    return values


def _given(row: dict[str, Any], name: str, default: int) -> Any:
    value = row.get(name)
    return default if value is None else value
