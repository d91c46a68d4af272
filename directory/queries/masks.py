"""Sensitive values as screens show them: enough to recognise, not enough to use."""

from __future__ import annotations

from directory.models import Person

SHOWN = 4


def mask(text: str, *, head: int, tail: int) -> str:
    """`text` with all but its first `head` and last `tail` characters hidden; short ones are hidden whole."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def masked(person: Person) -> dict[str, str]:
    """The sensitive fields of a person, masked; empty text where nothing is stored."""
    born = person.birth_date
    return {
        "id_number": mask(person.id_number, head=4, tail=4),
        "mobile": mask(person.mobile, head=3, tail=4),
        "birth_date": f"{born.year // 100}**-**-**" if born else "",
    }
