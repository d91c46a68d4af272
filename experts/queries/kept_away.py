"""The names behind the hidden keys of dossiers: for officers, and for experts where a round is open."""

from __future__ import annotations

from collections.abc import Iterable

from directory.models import Organisation, Person
from experts.models import Dossier


def names_kept_away(dossiers: Iterable[Dossier]) -> dict[str, dict[int, str]]:
    """{"people": {pk: name}, "organisations": {pk: name}}: two queries."""
    rows = list(dossiers)
    people = {pk for dossier in rows for pk in dossier.kept_away_people}
    units = {pk for dossier in rows for pk in dossier.kept_away_organisations}
    return {
        "people": dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        "organisations": dict(Organisation.objects.filter(pk__in=units).values_list("pk", "name")),
    }
