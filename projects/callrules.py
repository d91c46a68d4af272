"""The eligibility rules of a call in words, for the public call page and the officer's preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.checks.engine import rules_of
from projects.checks.sentences import rule_in_words
from projects.definitions.rules import Consequence

if TYPE_CHECKING:
    from projects.models import Call


@dataclass(frozen=True)
class RuleSentence:
    """One condition: in words, the officer's explanation, the document it follows, whether it blocks."""

    text: str
    explanation: str
    document: str
    blocks: bool

    def __str__(self) -> str:
        return self.explanation or self.text


def sentences(call: Call) -> list[RuleSentence]:
    """The rules of `call` in their order, in the reader's language."""
    return [
        RuleSentence(rule_in_words(rule), rule.explanation, rule.document, blocks=rule.consequence is Consequence.BLOCK)
        for rule in rules_of(call.rules)
    ]
