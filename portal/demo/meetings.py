"""A panel meeting that is held just now: one item decided, one being voted on, others waiting."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.models import User
from experts.actions.meeting import Facts, name_chair, plan_meeting, record_attendance
from experts.actions.meeting_room import (
    cast_vote,
    close_vote,
    decide_item,
    declare_leave,
    open_meeting,
    open_vote,
    step_to_item,
)
from experts.actions.round import discuss_round
from experts.enums import RoundState
from experts.models import Dossier, ExpertProfile, Meeting, MeetingItem, MeetingMember, ReviewRound
from portal.demo.ground import World

MOST_ITEMS = 6
PANEL = 5
REASON = "填补自治区空白，产业带动作用明显，专家组讨论后一致建议支持。"


def build_meeting(world: World) -> None:
    """The meeting of the round that is being reviewed, with Fang Zhiyuan in the chair."""
    review_round = ReviewRound.objects.filter(state=RoundState.SCORING).order_by("pk").last()
    if review_round is None:
        return
    officer = world.user("wulan")
    discuss_round(review_round=review_round, by=officer)
    chair = ExpertProfile.objects.get(person__user=world.user("fangzhiyuan"))
    scored = Dossier.objects.filter(round=review_round, assignments__submitted_at__isnull=False)
    facts = Facts(
        title=f"{review_round.title}会议评审",
        starts_at=timezone.now() + dt.timedelta(minutes=1),
        place="科技厅三楼会议室",
        places=2,
    )
    meeting = plan_meeting(
        review_round=review_round,
        facts=facts,
        by=officer,
        experts=_panel(chair),
        dossiers=list(scored.distinct().order_by("pk")[:MOST_ITEMS]),
    )
    name_chair(member=meeting.members.get(expert=chair), by=officer)
    for member in meeting.members.order_by("pk"):
        record_attendance(member=member, attends=True, by=officer)
    open_meeting(meeting=meeting, by=officer)
    _hold(meeting, officer)


def _panel(chair: ExpertProfile) -> list[ExpertProfile]:
    others = ExpertProfile.objects.filter(state="admitted", person__user__isnull=False).exclude(pk=chair.pk)
    return [chair, *others.order_by("pk")[: PANEL - 1]]


def _hold(meeting: Meeting, officer: User) -> None:
    items = list(meeting.items.select_related("meeting__round", "dossier"))
    if not items:
        return
    _vote(items[0], officer, "yes")
    close_vote(item=items[0], by=officer)
    decide_item(item=items[0], by=officer, reason=REASON)
    if len(items) > 1:
        _leave(items[1])
        _vote(items[1], officer, "no", all_but=2)


def _vote(item: MeetingItem, officer: User, value: str, all_but: int = 0) -> None:
    step_to_item(item=item, by=officer)
    open_vote(item=item, by=officer)
    there = _voters(item)
    for user in there[: len(there) - all_but]:
        cast_vote(item=item, value=value, by=user)


def _leave(item: MeetingItem) -> None:
    declare_leave(item=item, kind="cooperation", note="近三年共同发表论文", by=_voters(item)[0])


def _voters(item: MeetingItem) -> list[User]:
    """Who may vote on the item, the chair last."""
    rows = MeetingMember.objects.filter(meeting=item.meeting_id, attends=True).exclude(leaves__item=item)
    people = rows.order_by("is_chair", "pk").values_list("expert__person", flat=True)
    users = {
        one.person.pk: one for one in User.objects.filter(person__in=people).select_related("person") if one.person
    }
    return [users[pk] for pk in people]
