"""The pages that list rows, and who asks for them: held to their budget of queries by a test, measured by a benchmark.

Who is the name of one of `tests.factories.volume.Department`, empty for the anonymous.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from tests.factories.volume import Department


@dataclass(frozen=True)
class Listed:
    """One page as one person asks for it, in `most` queries."""

    who: str
    url: str
    most: int = 15

    def at(self, made: Department) -> str:
        """The address, with the code of the first call for CALL, the first round and its meetings for their names."""
        held, closed = made.meetings[:2]
        names = {"CALL": made.calls[0].code, "ROUND": held.round.uid, "HELD": held.uid, "CLOSED": closed.uid}
        names["ITEM"] = held.present_id
        found = self.url
        for name, value in names.items():
            found = found.replace(name, str(value))
        return found

    def __str__(self) -> str:
        return f"{self.who or 'reader'} {self.url}"


def _received(**asked: str) -> Listed:
    return Listed("officer", f"/bench/received/?{urlencode(asked)}")


OF_PROJECTS = ("acceptances", "reports", "changes", "adjustments")
PAGES: tuple[Listed, ...] = (
    Listed("", "/"),
    Listed("", "/calls/"),
    Listed("", "/calls/?q=专项&kind=project"),
    Listed("", "/calls/?phase=open"),
    Listed("", "/notices/"),
    Listed("", "/acceptances/"),
    Listed("", "/acceptances/?q=研究&outcome=failed"),
    Listed("", "/budget-changes/"),
    Listed("", "/search/?q=专项"),
    Listed("", "/search/?q=草原"),
    Listed("", "/search/?q=古籍"),
    Listed("", "/feed/"),
    Listed("", "/sitemap.xml"),
    Listed("applicant", "/bench/"),
    Listed("applicant", "/bench/inbox/"),
    Listed("applicant", "/bench/proposals/"),
    Listed("applicant", "/bench/projects/"),
    *(Listed("applicant", f"/bench/{name}/") for name in OF_PROJECTS),
    Listed("stranger", "/bench/proposals/"),
    Listed("admin", "/bench/"),
    Listed("admin", "/bench/inbox/"),
    Listed("admin", "/bench/endorsements/"),
    Listed("admin", "/bench/organisations/"),
    *(Listed("admin", f"/bench/{name}/") for name in OF_PROJECTS),
    Listed("recommender", "/bench/"),
    Listed("recommender", "/bench/inbox/"),
    Listed("recommender", "/bench/recommendations/"),
    Listed("recommender", "/bench/organisations/"),
    Listed("officer", "/bench/"),
    Listed("officer", "/bench/inbox/"),
    _received(),
    _received(q="草原"),
    _received(call="CALL"),
    _received(state="recommended"),
    _received(region="150100"),
    _received(findings="open"),
    _received(findings="failed"),
    _received(findings="none"),
    _received(sort="number"),
    _received(sort="requested"),
    _received(sort="organisation"),
    _received(sort="score"),
    Listed("officer", "/bench/programme/calls/"),
    Listed("officer", "/bench/programme/calls/?q=草原"),
    Listed("officer", "/bench/programme/calls/?state=published&year=2026"),
    Listed("officer", "/bench/programme/channel-rules/"),
    Listed("officer", "/bench/programme/standings/"),
    Listed("officer", "/bench/rounds/"),
    Listed("officer", "/bench/rounds/ROUND/meetings/"),
    Listed("officer", "/bench/meetings/HELD/"),
    Listed("officer", "/bench/meetings/CLOSED/minutes/"),
    Listed("officer", "/bench/experts/"),
    Listed("officer", "/bench/experts/?q=巴图&kind=technical&state=admitted"),
    Listed("officer", "/bench/funding/"),
    Listed("officer", "/bench/projects/"),
    *(Listed("officer", f"/bench/{name}/") for name in OF_PROJECTS),
    Listed("officer", "/bench/acceptances/?state=decided"),
    Listed("officer", "/bench/handovers/"),
    Listed("officer", "/bench/portfolio/"),
    Listed("officer", "/bench/portfolio/?by=organisation&risk=unsigned"),
    Listed("admin", "/bench/portfolio/?by=region"),
    Listed("officer", "/bench/organisations/"),
    Listed("officer", "/bench/organisations/?q=研究"),
    Listed("officer", "/bench/messages/"),
    Listed("expert", "/bench/"),
    Listed("expert", "/bench/inbox/"),
    Listed("expert", "/bench/reviews/"),
    Listed("expert", "/bench/meetings/HELD/"),
    Listed("expert", "/bench/meetings/HELD/live/"),
    # Every source of conflicts is asked anew before the papers are shown.
    Listed("expert", "/bench/meetings/HELD/items/ITEM/", most=23),
    Listed("expert", "/bench/meetings/CLOSED/minutes/"),
    Listed("decision_maker", "/bench/"),
    Listed("decision_maker", "/bench/inbox/"),
    Listed("integrity", "/bench/"),
    Listed("integrity", "/bench/objections/"),
    Listed("auditor", "/bench/"),
    Listed("auditor", "/bench/received/"),
    Listed("administrator", "/bench/"),
    Listed("administrator", "/bench/inbox/"),
    Listed("administrator", "/bench/organisations/"),
    Listed("administrator", "/bench/roles/"),
    Listed("administrator", "/bench/undelivered/"),
)
