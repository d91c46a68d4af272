"""Sensitive values as screens show them: enough to recognise, not enough to use."""

from __future__ import annotations

from directory.models import Person

SHOWN = 4


def mask(text: str, *, head: int, tail: int) -> str:
    """`text` with all but its first `head` and last `tail` characters hidden; short ones are hidden whole."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def masked_address(email: str) -> str:
    """An e-mail address that its owner recognises: two characters and the domain."""
    name, _at, domain = email.rpartition("@")
    return f"{mask(name, head=2, tail=0)}@{domain}"


def masked(person: Person) -> dict[str, str]:
    """The sensitive fields of a person, masked; empty text where nothing is stored."""
    born = person.birth_date
    return {
        "id_number": mask(person.id_number, head=4, tail=4),
        "mobile": mask(person.mobile, head=3, tail=4),
        "birth_date": f"{born.year // 100}**-**-**" if born else "",
    }
