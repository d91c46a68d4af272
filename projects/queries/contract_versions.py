"""The versions of a contract's text: which there are, who has signed one, two of them side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from projects.budget import LABELS, in_wan
from projects.enums import ContractState
from projects.models import Contract, ContractVersion, Supplement
from projects.queries.comparison import Compared, Pair
from projects.queries.signatures import Paper, routes_of, signers


@dataclass(frozen=True)
class Signature:
    """One place of signature of a text: what it is called, who signed there (or is to), and when."""

    place: str
    name: str
    at: dt.datetime | None


def signatures_of(version: ContractVersion) -> list[Signature]:
    """Who has signed a version and who has still to; nobody where it is not signed. Five queries at most."""
    paper = _paper(version)
    if paper is None:
        return []
    routes = routes_of(paper)
    if not routes:
        return []
    names = {(one.role, one.scope): one.name for one in signers(paper)}
    return [_signature(step, names) for step in routes[0].steps.all()]


def _paper(version: ContractVersion) -> Paper | None:
    """What is signed with this text."""
    rows = Supplement.objects.filter(text=version)
    supplement: Supplement | None = rows.select_related("project__organisation__authority").first()
    if supplement is not None:
        return supplement
    contract: Contract = version.contract
    signing = contract.state in (ContractState.SIGNING, ContractState.SIGNED)
    return contract if signing and version.sha256 == contract.sha256 else None


def _signature(step: Any, names: Mapping[tuple[str, str], str]) -> Signature:
    said = next((one for one in step.decisions.all() if not one.void), None)
    name = str(said.by) if said else names.get((step.role, step.scope), "")
    return Signature(step.label, name, said.at if said else None)


def present_content(contract: Contract) -> dict[str, Any]:
    """The text as it stands now: of the last version, for a contract without one its own."""
    last = contract.versions.order_by("-number").first()
    return dict(last.content if last else contract.content)


def text_of(contract: Contract) -> ContractVersion | None:
    """The version that the contract itself is: the one that is signed, before that the last; none without versions."""
    rows = contract.versions.order_by("-number")
    found: ContractVersion | None = rows.filter(sha256=contract.sha256).first() if contract.sha256 else rows.first()
    return found


def compare_texts(old: ContractVersion, new: ContractVersion) -> list[Compared]:
    """Two versions part by part."""
    return [
        Compared(_("Key facts"), [_pair(old, new, str(label), _value(key)) for key, label in _facts()]),
        Compared(_("Goals and indicators"), [_pair(old, new, label, read) for label, read in _goals()]),
        Compared(_("Milestones"), [_pair(old, new, str(year), _milestone(year)) for year in _years(old, new)]),
        Compared(_("Budget"), [_pair(old, new, str(LABELS.get(code, code)), _line(code)) for code in _codes(old, new)]),
        Compared(_("List of equipment"), [_pair(old, new, name, _piece(name)) for name in _pieces(old, new)]),
        Compared(_("Team"), [_pair(old, new, name, _member(name)) for name in _names(old, new)]),
    ]


def _pair(old: ContractVersion, new: ContractVersion, label: str, read: Any) -> Pair:
    return Pair(label, read(old.content), read(new.content))


def _facts() -> list[tuple[str, str]]:
    return [
        ("title", _("Project")),
        ("investigator", _("Investigator")),
        ("organisation", _("Host")),
        ("starts_on", _("Begins")),
        ("ends_on", _("Ends")),
        ("method", _("Technical route")),
    ]


def _goals() -> list[tuple[str, Any]]:
    return [(_("Goals"), _value("goals")), (_("Indicators"), _targets)]


def _value(key: str) -> Any:
    return lambda content: str(content.get(key, ""))


def _targets(content: dict[str, Any]) -> str:
    return "\n".join(f"{one['name']}  {one['value']}  {one['check']}" for one in content.get("targets", []))


def _years(*versions: ContractVersion) -> list[int]:
    return sorted({int(one["year"]) for version in versions for one in version.content.get("milestones", [])})


def _milestone(year: int) -> Any:
    return lambda content: "\n".join(one["text"] for one in content.get("milestones", []) if int(one["year"]) == year)


def _codes(*versions: ContractVersion) -> list[str]:
    return list(dict.fromkeys(one["category"] for version in versions for one in version.content.get("budget", [])))


def _line(code: str) -> Any:
    def read(content: dict[str, Any]) -> str:
        lines = [one for one in content.get("budget", []) if one["category"] == code]
        return "\n".join(f"{in_wan(Decimal(one['fiscal']))} + {in_wan(Decimal(one['own']))}" for one in lines)

    return read


def _pieces(*versions: ContractVersion) -> list[str]:
    return list(dict.fromkeys(one["name"] for version in versions for one in version.content.get("equipment", [])))


def _piece(name: str) -> Any:
    def read(content: dict[str, Any]) -> str:
        rows = [one for one in content.get("equipment", []) if one["name"] == name]
        return "\n".join(f"{one['model']}  {in_wan(Decimal(one['price']))} × {one['quantity']}" for one in rows)

    return read


def _names(*versions: ContractVersion) -> list[str]:
    return list(dict.fromkeys(one["name"] for version in versions for one in version.content.get("team", [])))


def _member(name: str) -> Any:
    def read(content: dict[str, Any]) -> str:
        rows = [one for one in content.get("team", []) if one["name"] == name]
        words = ("organisation", "role", "months_per_year", "task")
        return "\n".join("  ".join(str(one[word]) for word in words if one.get(word)) for one in rows)

    return read
