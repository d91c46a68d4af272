"""The dossier that experts review: a copy of the frozen version, without names where the call says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projects.budget import LABELS, in_wan
from projects.definitions.form import FieldKind, Form, FormField, Section
from projects.definitions.plan import Plan
from projects.queries.content_pages import Answer, answer_of, budget_of
from projects.queries.own_names import own_names
from workflows.gate.names import extension_of
from workflows.naming.finding import Beside, Name, find, organisation, person, struck

if TYPE_CHECKING:
    from projects.models import Proposal

# What no text of a dossier holds: shown in another place, or (whom to avoid) never.
SHOWN_APART = frozenset({FieldKind.TITLE, FieldKind.TEAM, FieldKind.BUDGET, FieldKind.FILES, FieldKind.AVOID})


def dossier_content(proposal: Proposal, names: list[Name] | None = None) -> dict[str, Any]:
    """{"sections": [{"title", "text"}], "files": [{"uid", "name", "sha256", "copy"?}], "version_sha256"} as plain data.

    In a blind call the fields marked so and the team are left out, the names of people and organisations are
    struck out of every text, and files are handed over as copies without metadata under a name that says nothing.
    Names that are words too are for whoever reviews to look at: see `hidden_names`.
    """
    version = proposal.current_version
    frozen: dict[str, Any] = version.content if version else {}
    blind = Plan.model_validate(proposal.call.plan).blind
    content = {
        "version_sha256": version.sha256 if version else "",
        "sections": [*_sections(proposal, frozen, blind=blind), *_money(frozen), *([] if blind else _team(frozen))],
        "files": _anonymous_files(proposal, frozen) if blind else [_file(one) for one in frozen.get("files", [])],
    }
    if not blind:
        return content
    hidden = hidden_names(proposal) if names is None else names
    return {**content, "sections": strike(content["sections"], [one for one in hidden if is_sure(one)])}


def _file(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one.get(name, "") for name in ("uid", "name", "sha256")}


def _anonymous_files(proposal: Proposal, frozen: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of fields that are not cut, numbered in place of their names, to be copied without metadata."""
    form = Form.model_validate(proposal.call.form)
    shown = {field.id for section in form.sections for field in section.fields if not field.blind}
    kept = [one for one in frozen.get("files", []) if one["field"] in shown]
    return [
        {**_file(one), "name": f"附件{number}.{extension_of(one['name'])}", "copy": True}
        for number, one in enumerate(kept, start=1)
    ]


def dossier_title(proposal: Proposal, names: list[Name] | None = None) -> str:
    """The title, without names in a blind call."""
    return str(strike(proposal.title, hidden_names(proposal) if names is None else names))


def dossier_keywords(proposal: Proposal, names: list[Name]) -> list[str]:
    """The keywords, less those that hold one of `names`."""
    words = [word.strip() for word in proposal.keywords.replace("；", ";").split(";") if word.strip()]
    return [word for word in words if not names or not find(word, names)]


def _sections(proposal: Proposal, frozen: dict[str, Any], *, blind: bool) -> list[dict[str, str]]:
    answers: dict[str, dict[str, Any]] = frozen.get("answers", {})
    found = []
    for section in Form.model_validate(proposal.call.form).sections:
        text = _text(section, answers.get(section.id, {}), blind=blind)
        if text:
            found.append({"title": section.title, "text": text})
    return found


def _text(section: Section, given: dict[str, Any], *, blind: bool) -> str:
    shown = [one for one in section.fields if one.kind not in SHOWN_APART and not (blind and one.blind)]
    parts = [_part(one, given) for one in shown]
    return "\n\n".join(part for part in parts if part)


def _part(one: FormField, given: dict[str, Any]) -> str:
    answer = answer_of(one, given)
    text = _rows(answer) if answer.heads else answer.text
    return f"{one.label}\n{text}" if text else ""


def _rows(answer: Answer) -> str:
    return "\n".join("；".join(cell for cell in row if cell) for row in answer.rows)


def _money(frozen: dict[str, Any]) -> list[dict[str, str]]:
    lines = [
        f"{LABELS.get(one.category, one.category)}：{in_wan(one.fiscal)}（自筹{in_wan(one.own)}）"
        for one in budget_of(frozen)
    ]
    return [{"title": "经费预算（万元）", "text": "\n".join(lines)}] if lines else []


def _team(frozen: dict[str, Any]) -> list[dict[str, str]]:
    lines = [
        f"{one.get('name', '')}，{one.get('organisation', '')}，{one.get('task', '')}" for one in frozen.get("team", [])
    ]
    return [{"title": "项目组成员", "text": "\n".join(lines)}] if lines else []


def hidden_names(proposal: Proposal) -> list[Name]:
    """The names that must not show: of applicant, host, and the team as it is and as it was when submitted.

    None in a single-blind call.
    """
    if not Plan.model_validate(proposal.call.plan).blind:
        return []
    version = proposal.current_version
    found = own_names(proposal, proposal.participants.select_related("person__user", "organisation__parent"))
    for one in version.content.get("team", []) if version else []:
        found += [*person(one.get("name", "")), *organisation(one.get("organisation", ""))]
    return list(dict.fromkeys(found))


def is_sure(name: Name) -> bool:
    """Whether the name is one wherever it stands: struck out before anybody gets the dossier."""
    return name.beside is Beside.ANYTHING


def strike(value: Any, names: list[Name]) -> Any:
    """`value` with every name struck out, in texts, lists and mappings alike; as it is without names to look for."""
    if not names:
        return value
    if isinstance(value, str):
        return struck(value, find(value, names))
    if isinstance(value, dict):
        return {key: strike(one, names) for key, one in value.items()}
    return [strike(one, names) for one in value] if isinstance(value, list) else value


def kept_away_people(proposal: Proposal) -> list[int]:
    """Primary keys of the people who must not review it: applicant and team."""
    team = proposal.participants.filter(person__isnull=False).values_list("person_id", flat=True)
    return sorted({proposal.applicant_id, *(pk for pk in team if pk is not None)})


def kept_away_organisations(proposal: Proposal) -> list[int]:
    """Primary keys of the organisations whose people must not review it: the host first, then partners."""
    partners = proposal.participants.filter(organisation__isnull=False).values_list("organisation_id", flat=True)
    others = {pk for pk in partners if pk is not None} - {proposal.organisation_id}
    return [proposal.organisation_id, *sorted(others)]
