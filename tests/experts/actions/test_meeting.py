from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from experts import invariants_meeting as invariants
from experts.actions.meeting import (
    Facts,
    add_member,
    change_meeting,
    name_chair,
    plan_meeting,
    record_attendance,
    remove_member,
    set_agenda,
)
from experts.actions.meeting_room import (
    cancel_meeting,
    cast_vote,
    close_meeting,
    close_vote,
    confirm_minutes,
    decide_item,
    declare_leave,
    open_meeting,
    open_vote,
    reopen_meeting,
    skip_item,
    step_to_item,
)
from experts.conflicts import standing_conflicts
from experts.conflicts.ground import ground
from experts.enums import Outcome
from experts.models import ConflictPin, Dossier, ExpertProfile, Leave, Meeting, MeetingItem, MeetingMember, Vote
from experts.queries.meeting import decisions, departs, outcome_of
from tests.factories.directory import officer
from tests.factories.experts import days, expert_user, planned, profile_of
from tests.factories.meetings import items_of, open_one, planned_meeting, seat, voted
from workflows.digest import digest
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db


def refused(work: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        work()
    return found.value.codes


@pytest.mark.parametrize(
    ("yes", "no", "may_vote", "outcome", "codes"),
    [
        (3, 2, 5, Outcome.FUND, []),
        (1, 2, 5, Outcome.REFUSE, []),
        (2, 2, 5, None, ["tie"]),
        (2, 0, 5, None, ["too_few_votes"]),
        (0, 0, 3, None, ["too_few_votes"]),
    ],
)
def test_votes_decide_by_majority_and_neither_at_a_tie_nor_when_too_few(
    yes: int, no: int, may_vote: int, outcome: Outcome | None, codes: list[str]
) -> None:
    found, reasons = outcome_of({"yes": yes, "no": no, "abstain": may_vote - yes - no}, may_vote)
    assert (found, [one.code for one in reasons]) == (outcome, codes)


@pytest.mark.parametrize(
    ("rank", "places", "outcome", "found"),
    [
        (1, 1, "fund", False),
        (1, 1, "refuse", True),
        (2, 1, "fund", True),
        (2, None, "fund", False),
        (None, 1, "x", False),
    ],
)
def test_a_decision_departs_when_it_stands_on_the_other_side_of_the_line(
    rank: int | None, places: int | None, outcome: str, *, found: bool
) -> None:
    assert departs(rank, places, outcome) is found


def test_a_meeting_is_planned_changed_and_called_off_and_its_members_are_told() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = planned_meeting(boss, panel)
    name_chair(member=seat(meeting, panel[1]), by=boss)
    assert [one.is_chair for one in MeetingMember.objects.order_by("pk")] == [False, True, False]
    with pytest.raises(NotAllowed):
        name_chair(member=seat(meeting, panel[0]), by=panel[0])
    facts = Facts(title="会议评审", starts_at=days(2), place="线上", secret=False, places=2)
    change_meeting(meeting=meeting, facts=facts, by=boss)
    assert (meeting.place, meeting.secret, meeting.places) == ("线上", False, 2)
    past = Facts(title="会议评审", starts_at=days(-1))
    assert refused(lambda: change_meeting(meeting=meeting, facts=past, by=boss)) == ["field:starts_at"]
    other = Dossier.objects.create(title="别的", subject_type="x", subject_id="1", sha256="0")
    assert refused(lambda: set_agenda(meeting=meeting, dossiers=[other], by=boss)) == ["other_round"]
    set_agenda(meeting=meeting, dossiers=[one.dossier for one in items_of(meeting)][::-1][:2], by=boss)
    assert [(one.number, one.dossier.title[-2]) for one in items_of(meeting)] == [(1, "3"), (2, "2")]
    cancel_meeting(meeting=meeting, by=boss, note="主持人生病")
    told = Message.objects.filter(to=panel[2], key__startswith="meeting:").order_by("pk")
    assert [one.title.split("：", 1)[0].split(":", 1)[0] for one in told] == [
        "您是会议评审专家组成员",
        "会议评审的时间或地点有变化",
        "会议评审取消",
    ]
    assert refused(lambda: change_meeting(meeting=meeting, facts=facts, by=boss)) == ["wrong_state"]


def test_a_meeting_opens_with_an_odd_panel_a_chair_and_a_quorum() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = planned_meeting(boss, panel)
    fourth = add_member(meeting=meeting, expert=profile_of(expert_user()), by=boss)
    set_agenda(meeting=meeting, dossiers=[], by=boss)
    everything = ["no_items", "members_not_odd", "no_chair", "no_quorum"]
    assert refused(lambda: open_meeting(meeting=meeting, by=boss)) == everything
    remove_member(member=fourth, by=boss)
    set_agenda(meeting=meeting, dossiers=list(Dossier.objects.all()), by=boss)
    record_attendance(member=seat(meeting, panel[1]), attends=True, by=boss)
    assert refused(lambda: open_meeting(meeting=meeting, by=boss)) == ["no_chair", "no_quorum"]
    record_attendance(member=seat(meeting, panel[0]), attends=True, by=panel[0])
    with pytest.raises(NotAllowed):
        open_meeting(meeting=meeting, by=panel[1])
    assert open_meeting(meeting=meeting, by=panel[0]).state == "open"
    assert [(one.rank, str(one.score)) for one in items_of(meeting)] == [(1, "90.00"), (2, "80.00"), (3, "70.00")]
    assert list(invariants.panels_are_whole()) == []


def test_only_admitted_experts_are_added_and_a_round_without_scores_has_no_meeting() -> None:
    boss = officer()
    review_round = planned(boss)
    meeting = plan_meeting(review_round=review_round, facts=Facts("会", days(1)), by=boss)
    out = expert_user(state="suspended")
    assert refused(lambda: add_member(meeting=meeting, expert=profile_of(out), by=boss)) == ["not_admitted"]
    assert "round_not_judged" in refused(lambda: open_meeting(meeting=meeting, by=boss))


def test_who_has_a_conflict_leaves_the_item_before_it_opens_and_does_not_vote() -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = planned_meeting(boss, panel)
    first, second, _third = items_of(meeting)
    kept = profile_of(panel[2])
    ConflictPin.objects.create(dossier=first.dossier, expert=kept, verdict="keep_away", reason="同一课题组", by=boss)
    declare_leave(item=second, kind="teacher", note="硕士导师", by=panel[3])
    for one in panel:
        record_attendance(member=seat(meeting, one), attends=True, by=boss)
    open_meeting(meeting=meeting, by=boss)
    rows = Leave.objects.order_by("item__number").values_list("item", "member__expert", "codes", "evidence", "declared")
    assert list(rows) == [
        (first.pk, kept.pk, ["PINNED"], "同一课题组", False),
        (second.pk, profile_of(panel[3]).pk, ["DECLARED"], "有师生关系: 硕士导师", True),
    ]
    late = profile_of(panel[4])
    ConflictPin.objects.create(dossier=first.dossier, expert=late, verdict="keep_away", reason="同事", by=boss)
    step_to_item(item=first, by=panel[0])
    open_vote(item=first, by=panel[0])
    for user in (panel[2], panel[4]):
        assert refused(partial(cast_vote, item=first, value="yes", by=user)) == ["left_item"]
    known = ground(meeting.round, [profile_of(panel[3])])
    assert [one.code for one in standing_conflicts(known, profile_of(panel[3]), second.dossier)] == ["DECLARED"]
    vote = Vote.objects.create(item=first, member=seat(meeting, panel[2]), ballot=1)
    assert list(invariants.who_left_does_not_vote()) == [f"item {first.pk}"]
    vote.delete()


def test_a_chair_who_left_an_item_does_not_lead_it() -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = open_one(boss, panel)
    first = items_of(meeting)[0]
    declare_leave(item=first, kind="family", by=panel[0])
    step_to_item(item=first, by=panel[0])
    assert refused(lambda: open_vote(item=first, by=panel[0])) == ["left_item"]
    assert open_vote(item=first, by=boss).state == "voting"


def test_a_secret_vote_counts_once_and_nothing_joins_it_to_its_member() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel)
    first, second, _third = items_of(meeting)
    step_to_item(item=first, by=panel[0])
    assert refused(lambda: cast_vote(item=first, value="yes", by=panel[1])) == ["not_voting"]
    open_vote(item=first, by=panel[0])
    cast_vote(item=first, value="yes", by=panel[1])
    assert refused(lambda: cast_vote(item=first, value="no", by=panel[1])) == ["voted"]
    assert refused(lambda: cast_vote(item=first, value="perhaps", by=panel[2])) == ["field:value"]
    with pytest.raises(NotAllowed):
        cast_vote(item=first, value="yes", by=boss)
    assert refused(lambda: step_to_item(item=second, by=boss)) == ["voting"]
    assert refused(lambda: close_vote(item=first, by=boss)) == ["too_few_voters"]
    for user in (panel[0], panel[2]):
        cast_vote(item=first, value="no", by=user)
    close_vote(item=first, by=boss)
    assert sorted(Vote.objects.values_list("member__expert__person", "value")) == sorted(
        (one.person.pk, "") for one in panel
    )
    cast = JournalEntry.objects.filter(action="experts.meeting.cast").values_list("data", flat=True)
    assert list(cast) == [{"item": first.pk, "ballot": 1}] * 3
    assert MeetingItem.objects.get(pk=first.pk).tally == {"yes": 1, "no": 2, "abstain": 0}
    assert list(invariants.votes_add_up()) == []
    MeetingItem.objects.filter(pk=first.pk).update(tally={"yes": 3, "no": 2, "abstain": 0})
    assert list(invariants.votes_add_up()) == [f"item {first.pk}"]
    MeetingItem.objects.filter(pk=first.pk).update(tally={"yes": 1, "no": 2, "abstain": 0})


def test_a_tie_is_voted_on_again_and_a_departure_needs_its_reason() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel, secret=False)
    second = items_of(meeting)[1]
    one, two, three = panel
    voted(second, one, [(one, "yes"), (two, "no"), (three, "abstain")])
    assert refused(lambda: decide_item(item=second, by=one)) == ["tie"]
    assert Vote.objects.filter(value="abstain").count() == 1
    voted(second, one, [(one, "yes"), (two, "yes"), (three, "no")])
    assert refused(lambda: decide_item(item=second, by=one)) == ["field:reason"]
    decide_item(item=second, by=one, reason="填补自治区空白，全组讨论后建议支持。")
    assert (second.state, second.outcome, second.earlier) == ("decided", "fund", [{"yes": 1, "no": 1, "abstain": 1}])
    assert refused(lambda: open_vote(item=second, by=one)) == ["wrong_item"]


def test_minutes_are_confirmed_by_the_chair_alone_and_never_change_again() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel)
    first, second, third = items_of(meeting)
    voted(first, boss, [(one, "yes") for one in panel])
    decide_item(item=first, by=boss)
    assert refused(lambda: close_meeting(meeting=meeting, by=boss)) == ["item_not_settled"] * 2
    assert refused(lambda: skip_item(item=second, by=boss, reason=" ")) == ["field:reason"]
    for item in (second, third):
        skip_item(item=item, by=boss, reason="材料待补充")
    close_meeting(meeting=meeting, by=boss)
    with pytest.raises(NotAllowed):
        confirm_minutes(meeting=meeting, by=boss)
    reopen_meeting(meeting=meeting, by=panel[0], note="出席有误")
    close_meeting(meeting=meeting, by=boss)
    subject = (first.dossier.subject_type, [first.dossier.subject_id, second.dossier.subject_id])
    assert decisions(*subject) == {}
    confirm_minutes(meeting=meeting, by=panel[0])
    assert meeting.minutes_sha256 == digest(meeting.minutes)
    for words in ("推荐资助", "材料待补充", panel[1].person.name, "资助 3 · 不资助 0 · 弃权 0"):
        assert words in meeting.minutes
    assert {key: one.funds for key, one in decisions(*subject).items()} == {first.dossier.subject_id: True}
    assert refused(lambda: step_to_item(item=first, by=boss)) == ["wrong_state"]
    assert list(invariants.minutes_are_kept()) == []
    Meeting.objects.update(minutes="改过的纪要")
    assert list(invariants.minutes_are_kept()) == [f"meeting {meeting.pk}"]
    Meeting.objects.update(minutes=meeting.minutes)


def test_a_ballot_that_is_given_up_is_dropped_uncounted() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel)
    first = items_of(meeting)[0]
    step_to_item(item=first, by=boss)
    open_vote(item=first, by=boss)
    cast_vote(item=first, value="no", by=panel[1])
    assert refused(lambda: record_attendance(member=seat(meeting, panel[1]), attends=False, by=boss)) == ["voting"]
    skip_item(item=first, by=boss, reason="投票中断")
    assert (first.tally, Vote.objects.count()) == ({}, 0)
    record_attendance(member=seat(meeting, panel[1]), attends=False, by=boss)
    step_to_item(item=first, by=boss)
    assert refused(lambda: open_vote(item=first, by=boss)) == ["too_few_voters"]
    assert ExpertProfile.objects.filter(meetings__attends=True).count() == 2
