"""Findings as the officer reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from directory.queries.standing import Standing
from projects.checks.sentences import sentence
from projects.enums import FindingLevel, FindingVerdict
from projects.models import Finding, Proposal
from projects.querysets import READERS

LEVEL_TONES = {FindingLevel.PASSED: "ok", FindingLevel.WARNING: "warn", FindingLevel.FAILED: "no"}
VERDICT_TONES = {FindingVerdict.OPEN: "", FindingVerdict.CONFIRMED: "no", FindingVerdict.OVERRULED: "ok"}
PAGES = {"project": "project", "proposal": "proposal"}


@dataclass(frozen=True)
class Evidence:
    """A project or proposal that was counted, with its page."""

    number: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One finding with its sentence and evidence in the reader's language."""

    finding: Finding
    text: str
    explanation: str
    evidence: list[Evidence]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return LEVEL_TONES[FindingLevel(self.finding.level)]

    @property
    def verdict_tone(self) -> str:
        """The tone of the decision's badge."""
        return VERDICT_TONES[FindingVerdict(self.finding.verdict)]


@dataclass(frozen=True)
class Findings:
    """The findings of one proposal: what needs a look, what passed, and how many wait for a decision."""

    shown: list[Shown]
    passed: list[Shown]

    @property
    def open(self) -> int:
        """How many wait for a decision."""
        return sum(one.finding.verdict == FindingVerdict.OPEN for one in self.shown)

    @property
    def total(self) -> int:
        """How many results there are."""
        return len(self.shown) + len(self.passed)


def findings_of(proposal: Proposal) -> Findings:
    """One query, and one more for each rule over regions."""
    found = [_shown(one) for one in proposal.findings.select_related("decided_by__person").order_by("pk")]
    return Findings(
        shown=[one for one in found if one.finding.level != FindingLevel.PASSED],
        passed=[one for one in found if one.finding.level == FindingLevel.PASSED],
    )


def _shown(one: Finding) -> Shown:
    params: dict[str, Any] = one.params
    evidence = [_evidence(hold) for hold in params.get("holds", ())]
    return Shown(one, sentence(params), str(params.get("explanation", "")), evidence)


def _evidence(hold: dict[str, str]) -> Evidence:
    return Evidence(hold["number"], reverse(PAGES[hold["kind"]], args=[hold["uid"]]))


def may_see_findings(who: Standing) -> bool:
    """Findings are the department's own; applicant and organisation read its decision."""
    return who.has(*READERS)
