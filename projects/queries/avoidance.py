"""Whom the applicant asked to keep away from the review (回避专家), as keys of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from directory.models import Organisation, Person
from projects.definitions.form import FieldKind, Form
from workflows.naming.level import folded

if TYPE_CHECKING:
    from projects.models import Proposal


@dataclass(frozen=True)
class Avoided:
    """One request: whom in the applicant's words, why, and the primary keys that were found for it.

    A name with an organisation means the people of that name there, or everybody of that name where nobody is known
    there; a name alone means everybody of that name; an organisation alone means all its people.
    """

    who: str
    reason: str
    people: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the directory knows somebody or something by it."""
        return bool(self.people or self.organisations)


def asked_to_avoid(proposal: Proposal) -> list[Avoided]:
    """The requests of the present frozen version, in the order of the form: at most three queries each."""
    version = proposal.current_version
    answers: dict[str, dict[str, Any]] = version.content.get("answers", {}) if version else {}
    rows = [
        row
        for section in Form.model_validate(proposal.call.form).sections
        for field in section.fields
        if field.kind is FieldKind.AVOID
        for row in answers.get(section.id, {}).get(field.id) or ()
    ]
    return [_avoided(row) for row in rows if row.get("person") or row.get("organisation")]


def _avoided(row: dict[str, Any]) -> Avoided:
    name, unit, reason = (str(row.get(key) or "").strip() for key in ("person", "organisation", "reason"))
    who = "，".join(part for part in (name, unit) if part)
    if not name:
        return Avoided(who, reason, organisations=tuple(_organisations(unit)))
    return Avoided(who, reason, people=tuple(_people(name, unit)))


def _organisations(name: str) -> list[int]:
    written = {name, folded(name)}
    known = Q(name__in=written) | Q(short_name__in=written) | Q(name_en__iexact=name)
    return sorted(Organisation.objects.filter(known).values_list("pk", flat=True))


def _people(name: str, unit: str) -> list[int]:
    everybody = Person.objects.filter(name__in={name, folded(name)})
    there = everybody.filter(memberships__organisation__in=_organisations(unit)) if unit else everybody.none()
    return sorted(set(there.values_list("pk", flat=True)) or set(everybody.values_list("pk", flat=True)))
