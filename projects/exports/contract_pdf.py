"""One version of a contract as a PDF: the same version with the same signatures always gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from projects.budget import LABELS, in_wan
from projects.definitions.form import EQUIPMENT_COLUMNS
from projects.enums import ContractText, ParticipantRole
from projects.models import ContractVersion
from projects.queries.contract_versions import Signature, signatures_of
from projects.queries.kept_rules import CHANNEL, CONTRACT
from workflows.paper import SMALL, TITLE, Rows, gap, heading, paragraph, table, written


def contract_pdf(version: ContractVersion) -> bytes:
    """The text of a version in the site's language, with who has signed it. Two queries."""
    with translation.override(settings.LANGUAGE_CODE):
        number, name = str(version.content.get("number", "")), str(_heading(version))
        foot = _("%(number)s · version %(version)d · %(digest)s")
        words = foot % {"number": number, "version": version.number, "digest": version.sha256[:32]}
        return written(_story(version, name), title=f"{name} {number}", foot=words)


def _heading(version: ContractVersion) -> str:
    return _("Supplementary contract") if version.is_supplement else _("Contract of a science and technology project")


def _story(version: ContractVersion, name: str) -> list[Flowable]:
    content: dict[str, Any] = version.content
    signatures = signatures_of(version)
    found: list[Flowable] = [paragraph(name, TITLE)]
    if version.kind == ContractText.NOTICE:
        found.append(paragraph(_("The text as it stands after a notice, for which nothing is signed."), SMALL))
    elif not any(one.at for one in signatures):
        found.append(paragraph(_("A draft: nobody has signed this text."), SMALL))
    found += [table(_facts(content), (30, 70)), gap()]
    if version.note:
        found += [heading(_("What changes")), paragraph(version.note)]
    found += [heading(_("Goals and indicators")), paragraph(content.get("goals", ""))]
    targets = [(one["name"], one["value"], one["check"]) for one in content.get("targets", [])]
    if targets:
        found.append(table([(_("Indicator"), _("Target"), _("How it is checked")), *targets], (40, 30, 30)))
    found += [heading(_("Milestones")), table(_milestones(content), (15, 85))]
    found += [heading(_("Budget, in 万元")), table(_budget(content), (60, 20, 20))]
    if content.get("equipment"):
        found += [
            heading(_("List of equipment, in 万元")),
            table(_equipment(content["equipment"]), (24, 20, 10, 8, 22, 16)),
        ]
    found += _spread(content)
    if content.get("commitment"):
        found += [heading(_("Lump sum: commitment and negative list")), *_commitment(content["commitment"])]
    found += [heading(_("Team")), table(_team(content), (25, 50, 25))]
    found += [heading(_("Signatures")), table(_signed(signatures), (25, 40, 35))]
    digest = _("SHA-256 of the text: %(digest)s") % {"digest": version.sha256}
    return [*found, gap(), paragraph(digest, SMALL)]


def _facts(content: dict[str, Any]) -> Rows:
    names = {CHANNEL: _("Budget rules"), CONTRACT: _("Contract rules")}
    kept = sorted(content.get("rules", {}).items())
    rules = "\n".join(f"{names.get(name, name)} {version}" for name, version in kept)
    return [
        (_("Number"), content.get("number", "")),
        (_("Project"), content.get("title", "")),
        (_("Investigator"), content.get("investigator", "")),
        (_("Host"), content.get("organisation", "")),
        (_("Term"), f"{content.get('starts_on', '')} – {content.get('ends_on', '')}"),
        (_("Grant, 万元"), in_wan(Decimal(content.get("grant", "0")))),
        (_("Own money, 万元"), in_wan(Decimal(content.get("own", "0")))),
        (_("Versions of the rules"), rules),
    ]


def _milestones(content: dict[str, Any]) -> Rows:
    return [(one["year"], one["text"]) for one in content.get("milestones", [])] or [("", _("nothing entered"))]


def _budget(content: dict[str, Any]) -> Rows:
    lines = content.get("budget", [])
    rows = [
        (LABELS.get(one["category"], _("grant")), in_wan(Decimal(one["fiscal"])), in_wan(Decimal(one["own"])))
        for one in lines
    ]
    sums = [in_wan(sum((Decimal(one[kind]) for one in lines), Decimal(0))) for kind in ("fiscal", "own")]
    return [(_("Category"), _("Fiscal money"), _("Own money")), *rows, (_("Total"), *sums)]


def _equipment(rows: list[dict[str, Any]]) -> Rows:
    heads = tuple(column.label for column in EQUIPMENT_COLUMNS)
    kept = [{**row, "price": in_wan(Decimal(row["price"]))} for row in rows]
    return [heads, *(tuple(row[column.id] for column in EQUIPMENT_COLUMNS) for row in kept)]


def _spread(content: dict[str, Any]) -> list[Flowable]:
    found: list[Flowable] = []
    money = (_("Fiscal money"), _("Own money"))
    if content.get("years"):
        rows = [(str(one["year"]), *_amounts(one)) for one in content["years"]]
        found += [heading(_("Budget by year, in 万元")), table([(_("Year"), *money), *rows], (40, 30, 30))]
    if content.get("shares"):
        parts = [
            (one["topic"], one["organisation"], LABELS.get(one["category"], ""), *_amounts(one))
            for one in content["shares"]
        ]
        heads = (_("Sub-project"), _("Organisation"), _("Category"), *money)
        found += [
            heading(_("Budget by sub-project and organisation, in 万元")),
            table([heads, *parts], (22, 30, 20, 14, 14)),
        ]
    return found


def _amounts(row: dict[str, Any]) -> tuple[str, str]:
    return in_wan(Decimal(row["fiscal"])), in_wan(Decimal(row["own"]))


def _commitment(agreed: dict[str, Any]) -> list[Flowable]:
    items = "\n".join(f"{number}. {item}" for number, item in enumerate(agreed["items"], 1))
    return [paragraph(agreed["text"]), paragraph(f"{agreed['document']}\n{items}")]


def _team(content: dict[str, Any]) -> Rows:
    rows = [(one["name"], one.get("organisation", ""), _role(one.get("role", ""))) for one in content.get("team", [])]
    return rows or [(content.get("investigator", ""), content.get("organisation", ""), "")]


def _role(code: str) -> str:
    return str(ParticipantRole(code).label) if code in ParticipantRole.values else code


def _signed(signatures: Sequence[Signature]) -> Rows:
    return [(one.place, one.name, _moment(one)) for one in signatures] or [("", "", _("Signing has not begun"))]


def _moment(one: Signature) -> str:
    return f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}" if one.at else _("not yet")
