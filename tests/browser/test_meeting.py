"""A panel meeting in real browsers: the chair steps, the screens of the members follow without loading again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from experts.actions.meeting_room import declare_leave
from experts.models import MeetingItem, Vote
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.factories.directory import officer
from tests.factories.experts import expert_user
from tests.factories.meetings import items_of, open_one

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, selector: str) -> None:
    """Reach a button by focus and press it with a key."""
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def test_the_screens_of_the_members_follow_the_chair_and_a_vote_is_cast_by_key(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = open_one(boss, panel)
    first = items_of(meeting)[0]
    declare_leave(item=first, kind="family", by=panel[2])
    chair, member, away = (desk.page(panel[number], size=size) for number, size in ((0, None), (1, PHONE), (2, None)))
    for page in (chair, member, away):
        page.goto(meeting.get_absolute_url())
    member.evaluate("window.sameDocument = true")
    press(chair, "#next")
    expect(member.locator("#present-title")).to_contain_text(first.dossier.title)
    expect(member.locator("#present")).to_contain_text(panel[2].person.name)
    expect(member.locator("#meeting-said")).to_contain_text("讨论中")
    expect(away.locator("#present")).to_contain_text("您已回避该议题")
    expect(away.locator("body")).not_to_contain_text(first.dossier.title)
    press(chair, "#open-vote")
    expect(member.locator("#vote-no")).to_be_visible()
    assert member.evaluate("window.sameDocument") is True
    press(member, "#vote-no")
    expect(member.locator("#present")).to_contain_text("您的投票已计入")
    expect(chair.locator("#present")).to_contain_text("已投票 1 / 4")
    expect(away.locator("#vote-no")).to_have_count(0)
    assert (Vote.objects.get().value, MeetingItem.objects.get(pk=first.pk).tally["no"]) == ("", 1)
    chair.get_by_text("搁置该议题").click()
    chair.locator(f"#why-{first.pk}").fill("材料待补充")
    press(chair, "#vote-yes")
    expect(chair.locator("#present")).to_contain_text("已投票 2 / 4")
    assert [scrolls_sideways(page) for page in (chair, member)] == [False, False]
    assert axe(chair) == []
