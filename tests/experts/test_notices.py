from __future__ import annotations

import datetime as dt

import pytest

from directory.models import User
from experts.actions.assignment import expire_overdue, replace
from experts.actions.round import cancel_round, extend_deadline
from experts.models import Assignment, ReviewRound
from tests.factories.directory import officer
from tests.factories.experts import accepted, days, expert_user, invited, running
from workflows.actions.deadlines import remind_due
from workflows.models import Message, OutboxMessage

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return list(Message.objects.filter(to=user).order_by("pk").values_list("title", flat=True))


def test_an_invitation_reaches_the_expert_alone_as_message_and_mail() -> None:
    user, other = expert_user(), expert_user()
    assignment = invited(officer(), user)
    message = Message.objects.get()
    assert told(user) == ["邀请您评审：钠离子电池硬碳负极研究（1）"]
    assert (message.url, told(other)) == (f"/bench/reviews/{assignment.uid}/", [])
    assert OutboxMessage.objects.filter(kind="mail.send", payload__message=message.pk).count() == 1


def test_whoever_loses_the_seat_is_told_and_one_never_invited_is_not() -> None:
    boss, user, drawn = officer(), expert_user(), expert_user()
    replace(assignment=invited(boss, user), by=boss, note="未答复")
    from experts.actions.assignment import assign_expert
    from tests.factories.experts import profile_of

    review_round = running(boss)
    silent = assign_expert(dossier=review_round.dossiers.get(), expert=profile_of(drawn), by=boss)
    replace(assignment=silent, by=boss, note="换人")
    assert told(user)[1:] == ["无需继续评审：钠离子电池硬碳负极研究（1）"]
    assert told(drawn) == []


def test_a_cancelled_round_and_more_time_are_told_once() -> None:
    boss, user = officer(), expert_user()
    assignment = accepted(boss, user)
    extend_deadline(review_round=assignment.round, until=days(30), by=boss)
    cancel_round(review_round=Assignment.objects.get().round, by=boss, note="指南调整")
    assert told(user)[1:] == ["评分时间延长：2027年第一轮评审", "评审已取消：钠离子电池硬碳负极研究（1）"]


def test_an_expert_is_reminded_of_the_scores_and_told_when_the_seat_expires() -> None:
    boss, user, idle = officer(), expert_user(), expert_user()
    assignment = accepted(boss, user)
    invited(boss, idle)
    ReviewRound.objects.filter(pk=assignment.round_id).update(score_deadline=days(2))
    remind_due()
    remind_due()
    remind_due(at=days(1) + dt.timedelta(hours=1))
    ReviewRound.objects.filter(pk=assignment.round_id).update(score_deadline=days(-1))
    assert (expire_overdue(), expire_overdue()) == (1, 0)
    assert (len(told(user)), told(user)[3]) == (4, "评审席位已到期：钠离子电池硬碳负极研究（1）")
    assert all(title.endswith("前提交评分：钠离子电池硬碳负极研究（1）") for title in told(user)[1:3])
