"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from projects.enums import FindingLevel


@dataclass(frozen=True)
class Result:
    """The result of one rule for one subject; its fields are those of `Finding`.

    check_code -- the rule's id; subject -- whom it looked at, "" for the applicant and the organisation;
    params     -- JSON: what `projects.checks.sentences` needs, and under "holds" the evidence: each with
                  kind ("project" or "proposal"), number and uid.
    """

    check_code: str
    level: FindingLevel
    params: dict[str, Any] = field(default_factory=dict)
    document: str = ""
    subject: str = ""

    @property
    def text(self) -> str:
        """The sentence, in the reader's language."""
        from projects.checks.sentences import sentence

        return sentence(self.params)

    @property
    def explanation(self) -> str:
        """The officer's own words about the rule."""
        return str(self.params.get("explanation", ""))
