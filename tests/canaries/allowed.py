"""Who may meet which token where, and why. What stands in no row may be met by nobody.

The programme officer, the decision maker and the auditor are not asked: they read everything by their office.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.canaries.crawl import Leak

OWN, ALL = "own", "abxy"
EVERY = frozenset({"*"})
FACTS = frozenset({"org", "code", "address", "contact", "phone", "admin"})
PEOPLE = frozenset({"person", "admin", "org", "mail", "orcid"})
UNIT_PAGES = frozenset({"organisation", "organisations"})
PROPOSAL_PAGES = frozenset({"proposal", "proposal-versions", "proposal-receipt", "file"})
LETTERS = frozenset({"recommendation-letter", "recommendation-list"})
ROOM = frozenset({"meeting", "meeting_live", "meeting_act"})


@dataclass(frozen=True)
class Row:
    """Readers whose name begins with `role` meet `kinds` of `sides` at `addresses`."""

    role: str
    sides: str
    kinds: frozenset[str]
    addresses: frozenset[str]
    because: str

    def allows(self, leak: Leak) -> bool:
        """Whether the row covers this leak."""
        side = leak.role.rpartition(" ")[2] == leak.side if self.sides == OWN else leak.side in self.sides
        return (
            leak.role.startswith(self.role)
            and side
            and (self.kinds == EVERY or leak.kind in self.kinds)
            and (self.addresses == EVERY or leak.address in self.addresses)
        )


ALLOWED = (
    Row("applicant", OWN, EVERY, EVERY, "what is one's own"),
    Row("administrator", OWN, EVERY, EVERY, "the own organisation, its people and what they filed"),
    Row("expert", OWN, EVERY, EVERY, "the own profile, organisation and reviews"),
    Row("expert", "xy", frozenset({"person"}), ROOM, "the members of a panel sit together"),
    *(
        Row(role, ALL, frozenset({"org"}), frozenset({"membership-request"}), "one chooses the organisation to join")
        for role in (
            *("applicant", "administrator", "expert", "recommender", "stranger", "integrity"),
            *("editor", "approver", "system"),
        )
    ),
    Row("recommender", "ab", EVERY, PROPOSAL_PAGES, "reads what it recommended"),
    Row("recommender", "ab", frozenset({"org", "person"}), LETTERS | {"recommendations"}, "its own letter and list"),
    Row("recommender", ALL, FACTS, UNIT_PAGES, "verifies these organisations"),
    Row("integrity", "ab", EVERY, PROPOSAL_PAGES, "investigates any proposal"),
    Row("integrity", "ab", frozenset({"org", "person"}), LETTERS, "investigates any proposal"),
    Row("integrity", ALL, FACTS, UNIT_PAGES, "keeps the record of organisations"),
    Row("integrity", ALL, PEOPLE, frozenset({"people", "person"}), "keeps the record of people"),
    Row(
        "integrity", ALL, frozenset({"org"}), frozenset({"channel-standing-new"}), "chooses whose credit grade it gives"
    ),
    Row("system", ALL, FACTS | PEOPLE, UNIT_PAGES, "keeps the directory"),
    Row("system", ALL, PEOPLE | {"email"}, frozenset({"people", "person", "person-account"}), "keeps the accounts"),
    Row(
        "system",
        ALL,
        PEOPLE,
        frozenset({"roles", "roles-export", "role-end", "role-grant"}),
        "grants the roles, that of experts too",
    ),
)


def outside(leaks: set[Leak]) -> set[Leak]:
    """What no row allows."""
    return {leak for leak in leaks if not any(row.allows(leak) for row in ALLOWED)}


def unused(leaks: set[Leak]) -> list[str]:
    """The rows by which nobody met anything: they allow what is not needed."""
    return [f"{row.role}: {row.because}" for row in ALLOWED if not any(row.allows(leak) for leak in leaks)]
