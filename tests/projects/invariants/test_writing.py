from __future__ import annotations

from collections.abc import Callable

import pytest

from projects.actions.submission import submit_proposal, take_back
from projects.invariants import writing
from projects.models import Call, Participant, Proposal, ProposalVersion, SectionAnswer
from tests.projects.writing import draft, filled
from workflows.invariants import INVARIANTS

pytestmark = pytest.mark.django_db


OURS = {f"projects.{name}" for name, one in vars(writing).items() if getattr(one, "__module__", "") == writing.__name__}


def broken() -> list[str]:
    return [
        code.removeprefix("projects.") for code, one in INVARIANTS.items() if code in OURS and list(one.violations())
    ]


def test_all_hold_after_writing_submitting_and_taking_back() -> None:
    draft()
    submitted, by = filled()
    submit_proposal(proposal=submitted, by=by, key="k")
    returned, by = filled()
    submit_proposal(proposal=returned, by=by, key="k")
    take_back(proposal=returned, by=by)
    assert broken() == []


def change_content() -> None:
    ProposalVersion.objects.update(content={"title": "换过的"})


def lose_entry() -> None:
    ProposalVersion.objects.update(entry=None)


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (change_content, ["content_matches_digest"]),
        (lose_entry, ["submitted_has_a_receipt"]),
        (lambda: Call.objects.update(last_number=0), ["numbers_are_counted"]),
        (lambda: Proposal.objects.update(requested=1), ["sums_match_lines"]),
        (lambda: Proposal.objects.update(state="draft"), ["draft_has_no_live_receipt"]),
        (lambda: Participant.objects.update(role="member"), ["one_investigator"]),
        (lambda: Participant.objects.update(token="x"), ["writers_have_confirmed"]),
        (lambda: SectionAnswer.objects.filter(section="team").update(section="gone"), ["answers_belong_to_the_form"]),
    ],
)
def test_each_damage_breaks_its_sentence(damage: Callable[[], object], expected: list[str]) -> None:
    proposal, by = filled()
    submit_proposal(proposal=proposal, by=by, key="k")
    damage()
    assert broken() == expected
