"""The dossier that experts review: a copy of the frozen version, without names where the call says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projects.definitions.form import FieldKind, Form, FormField
from projects.definitions.plan import Plan

if TYPE_CHECKING:
    from projects.models import Proposal

NAMES_PEOPLE = frozenset({FieldKind.TEAM})
HIDDEN = "＊＊＊"


def dossier_content(proposal: Proposal) -> dict[str, Any]:
    """Sections with labels and answers, the budget and the digests of files, as plain data.

    In a blind call the fields marked so and the team are left out, files too (a scan bears stamps), and the
    names of people and organisations are struck out of every text.
    """
    version = proposal.current_version
    frozen: dict[str, Any] = version.content if version else {}
    blind = Plan.model_validate(proposal.call.plan).blind
    form = Form.model_validate(proposal.call.form)
    content = {
        "version_sha256": version.sha256 if version else "",
        "title": frozen.get("title", ""),
        "keywords": frozen.get("keywords", ""),
        "direction": frozen.get("direction", ""),
        "term": [frozen.get("starts_on", ""), frozen.get("ends_on", "")],
        "requested": frozen.get("requested", ""),
        "own": frozen.get("own", ""),
        "budget": frozen.get("budget", []),
        "sections": _sections(form, frozen.get("answers", {}), blind=blind),
        "team": [] if blind else frozen.get("team", []),
        "files": [] if blind else frozen.get("files", []),
    }
    return _without(content, names_in(proposal, frozen)) if blind else content


def _sections(form: Form, answers: dict[str, dict[str, Any]], *, blind: bool) -> list[dict[str, Any]]:
    found = []
    for section in form.sections:
        given = answers.get(section.id, {})
        fields = [
            {
                "id": one.id,
                "label": one.label,
                "value": given.get(one.id),
                "columns": [[column.id, column.label] for column in one.columns],
            }
            for one in section.fields
            if one.id in given and not (blind and _tells(one))
        ]
        if fields:
            found.append({"id": section.id, "title": section.title, "fields": fields})
    return found


def _tells(one: FormField) -> bool:
    return one.blind or one.kind in NAMES_PEOPLE


def names_in(proposal: Proposal, frozen: dict[str, Any]) -> list[str]:
    """The names that must not show: applicant, team, host, partners; the longest first."""
    host = proposal.organisation
    names = {proposal.applicant.name, host.name, host.short_name, host.name_en}
    for member in frozen.get("team", []):
        names |= {member.get("name", ""), member.get("organisation", "")}
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)


def _without(value: Any, names: list[str]) -> Any:
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, HIDDEN)
        return value
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items()}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


def kept_away_people(proposal: Proposal) -> list[int]:
    """Primary keys of the people who must not review it: applicant and team."""
    team = proposal.participants.filter(person__isnull=False).values_list("person_id", flat=True)
    return sorted({proposal.applicant_id, *(pk for pk in team if pk is not None)})


def kept_away_organisations(proposal: Proposal) -> list[int]:
    """Primary keys of the organisations whose people must not review it: host and partners."""
    partners = proposal.participants.filter(organisation__isnull=False).values_list("organisation_id", flat=True)
    return sorted({proposal.organisation_id, *(pk for pk in partners if pk is not None)})
