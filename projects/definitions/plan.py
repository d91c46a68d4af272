"""The plan of a call: which steps it uses and their clocks. Working days by the working calendar."""

from __future__ import annotations

from django.conf import settings
from pydantic import Field

from experts.enums import RankingMethod
from projects.definitions.form import Part
from projects.enums import FeedbackAfter


class Plan(Part):
    """Steps and clocks. The defaults are this department's configuration, not rules found in a text.

    blind -- True: double blind, experts learn no name of the applicant's side; False: single blind, they do.
        Applicants never learn who reviewed.
    names_first -- whether experts of a double-blind review declare conflicts on the mixed names before any title.
    names_block -- whether names found in an anonymous proposal keep it from being submitted.
    answer_days, divergence, extra_expert -- what the review round begins with: days to answer an invitation, the spread
        of scores (points) that is flagged, whether one more expert is proposed there.
    notice_working_days -- 5 is what Inner Mongolia's notices were seen to use (domain 2.3).
    """

    proposals_per_applicant: int = Field(default=1, ge=1, le=10)
    recommendation: bool = True
    experts_per_proposal: int = Field(default=3, ge=1, le=15)
    blind: bool = True
    names_block: bool = False
    names_first: bool = False
    feedback_after: FeedbackAfter = FeedbackAfter.DECISION
    answer_days: int = Field(default_factory=lambda: settings.ANSWER_DAYS, ge=1, le=60)
    divergence: int = Field(default_factory=lambda: settings.DIVERGENCE, ge=1, le=100)
    extra_expert: bool = Field(default_factory=lambda: settings.EXTRA_EXPERT)
    ranking_method: RankingMethod = RankingMethod.MEAN
    review_days: int = Field(default=21, ge=1, le=180)
    notice_working_days: int = Field(default=5, ge=1, le=60)
    contract_working_days: int = Field(default=20, ge=1, le=120)
    places: int = Field(default=0, ge=0, le=2000)
    programme_year: int = Field(default=2027, ge=2000, le=2100)

    @property
    def ranks_follow(self) -> str:
        """The name of the method that binds the ranking."""
        return str(RankingMethod(self.ranking_method).label)

    @property
    def opinions_go_out(self) -> str:
        """The name of the decision after which applicants read the opinions."""
        return str(FeedbackAfter(self.feedback_after).label)
