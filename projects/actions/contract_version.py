"""Keeping each version of a contract's text, frozen with its digest."""

from __future__ import annotations

from typing import Any

from projects.enums import ContractText
from projects.models import Contract, ContractVersion
from workflows.digest import digest


def keep_version(*, contract: Contract, kind: ContractText, content: dict[str, Any], note: str = "") -> ContractVersion:
    """Keep a text; the last version where that is the same text. Inside a unit that holds the contract's lock."""
    last: ContractVersion | None = ContractVersion.objects.filter(contract=contract).order_by("-number").first()
    sha256 = digest(content)
    if last is not None and last.sha256 == sha256:
        return last
    made: ContractVersion = ContractVersion.objects.create(
        contract=contract,
        number=last.number + 1 if last else 1,
        kind=kind,
        content=content,
        sha256=sha256,
        note=note,
    )
    return made
