from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import User
from experts.actions.meeting_room import close_meeting, declare_leave, open_vote, skip_item, step_to_item
from experts.conflicts import LABELS
from experts.conflicts.codes import SAME_UNIT
from experts.minutes import minutes_for
from experts.models import ConflictPin, Dossier, Meeting, MeetingItem
from experts.queries.attachments import reads_copies
from experts.queries.meeting_dates import meeting_dates
from tests.factories.directory import PersonFactory, auditor, expert, officer
from tests.factories.experts import days, expert_user, profile_of, scored
from tests.factories.meetings import items_of, open_one, planned_meeting, voted
from tests.workflows.scrub import canaries
from workflows.actions.files import receive_file
from workflows.inbox import waiting_for
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(user: User, address: str, *args: Any, **query: Any) -> str:
    return client_of(user).get(reverse(address, args=args), query).content.decode()


def act(user: User, item: MeetingItem, name: str, **typed: str) -> int:
    return client_of(user).post(reverse("meeting_act", args=[item.meeting.uid, item.pk, name]), typed).status_code


def test_an_officer_plans_a_meeting_from_the_page_of_the_round_and_changes_it() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    review_round = scored(boss, [{one: 90, two: 40}, {one: 80, two: 79}, {one: 30, two: 31}])
    third = expert_user()
    page, client = reverse("round_meetings", args=[review_round.uid]), client_of(boss)
    typed: dict[str, Any] = {
        "title": "会议评审",
        "starts_at": f"{timezone.localtime(days(1)):%Y-%m-%d %H:%M}",
        "how": "secret",
        "members": [profile_of(one).pk, profile_of(two).pk],
        "others": third.person.name,
        "chair": profile_of(two).pk,
        "agenda": "proposed",
    }
    wrong = client.post(page, {**typed, "others": "查无此人", "title": "保留的标题"})
    assert (wrong.status_code, Meeting.objects.count()) == (422, 0)
    assert "查无此人" in wrong.content.decode()
    assert "保留的标题" in wrong.content.decode()
    assert client.post(page, typed).status_code == 302
    meeting = Meeting.objects.get()
    assert [item.dossier.title[-2] for item in items_of(meeting)] == ["1"]
    chair = meeting.members.get(is_chair=True).expert
    assert (meeting.members.count(), chair.person) == (3, two.person)
    everybody = [profile_of(each).pk for each in (one, two, third)]
    changed = {**typed, "others": "", "members": everybody, "agenda": "all", "how": "open", "places": "2"}
    assert client.post(reverse("meeting_plan", args=[meeting.uid]), changed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.items.count(), meeting.secret, meeting.places) == (3, False, 2)
    assert "会议评审" in body(boss, "round_meetings", review_round.uid)
    assert client_of(one).get(page).status_code == 404
    assert client_of(auditor()).post(page, typed).status_code == 404


def test_a_meeting_is_held_from_the_room_alone() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = planned_meeting(boss, panel)
    chair = client_of(panel[0])
    for member in meeting.members.all():
        chair.post(reverse("meeting_attendance", args=[meeting.uid, member.pk]), {"attends": "yes"})
    assert chair.post(reverse("meeting_step", args=[meeting.uid, "open"])).status_code == 302
    first, second, third = items_of(meeting)
    assert act(panel[1], first, "step") == 404
    assert [act(panel[0], second, name) for name in ("step", "vote")] == [302, 302]
    assert 'id="vote-yes"' in body(panel[1], "meeting", meeting.uid)
    assert 'id="vote-yes"' not in body(boss, "meeting", meeting.uid)
    assert [act(user, second, "cast", value="yes") for user in panel] == [302] * 3
    assert act(panel[1], second, "cast", value="no") == 409
    assert 'id="vote-yes"' not in body(panel[1], "meeting", meeting.uid)
    assert "资助 3" not in body(boss, "meeting", meeting.uid)
    assert act(panel[0], second, "count") == 302
    assert "资助 3" in body(boss, "meeting", meeting.uid)
    short = chair.post(reverse("meeting_act", args=[meeting.uid, second.pk, "decide"]), {"reason": "好"})
    assert (short.status_code, ">好</textarea>" in short.content.decode()) == (409, True)
    assert act(panel[0], second, "decide", reason="填补空白，全组一致。") == 302
    for item in (first, third):
        assert act(panel[0], item, "skip", reason="材料待补充") == 302
    assert chair.get(reverse("meeting_minutes", args=[meeting.uid])).status_code == 409
    chair.post(reverse("meeting_step", args=[meeting.uid, "close"]))
    assert "填补空白，全组一致。" in body(panel[1], "meeting_minutes", meeting.uid)
    assert [one.badge for one in waiting_for(panel[0])] == ["会议纪要"]
    assert chair.get(reverse("meeting_step", args=[meeting.uid, "confirm"])).status_code == 302
    assert chair.post(reverse("meeting_step", args=[meeting.uid, "confirm"])).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes_sha256 in body(auditor(), "meeting_minutes", meeting.uid)
    _can_be_signed(meeting, panel)
    assert act(panel[0], second, "nothing") == 404


def test_who_left_an_item_sees_nothing_of_it_and_the_others_see_who_left() -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = open_one(boss, panel)
    first = items_of(meeting)[0]
    Dossier.objects.filter(pk=first.dossier_id).update(title="只有留下的人看得到")
    declare_leave(item=first, kind="family", note="表兄弟", by=panel[1])
    step_to_item(item=first, by=boss)
    gone, there = body(panel[1], "meeting", meeting.uid), body(panel[2], "meeting", meeting.uid)
    assert ("只有留下的人看得到" in gone, "您已回避该议题" in gone) == (False, True)
    assert ("只有留下的人看得到" in there, panel[1].person.name in there, "表兄弟" in there) == (True, True, False)
    assert "表兄弟" in body(boss, "meeting", meeting.uid)
    members = [meeting.members.get(expert__person=user.person) for user in panel[1:3]]
    assert ["只有留下的人看得到" in minutes_for(meeting, one).text for one in (*members, None)] == [False, True, True]
    assert "1. 您已回避该议题" in minutes_for(meeting, members[0]).text
    assert [minutes_for(meeting, one).whole for one in (*members, None)] == [False, True, True]
    papers = reverse("meeting_papers", args=[meeting.uid, first.pk])
    found = [client_of(user).get(papers).status_code for user in (panel[2], panel[1], boss, expert_user())]
    assert found == [200, 409, 404, 404]
    late = profile_of(panel[3])
    ConflictPin.objects.create(dossier=first.dossier, expert=late, verdict="keep_away", reason="同事", by=boss)
    assert client_of(panel[3]).get(papers).status_code == 409


def test_members_open_the_files_of_an_item_beside_their_own_sheet_until_they_leave_it_or_the_meeting_ends() -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = open_one(boss, panel)
    first = items_of(meeting)[0]
    file = _attached(first.dossier)
    step_to_item(item=first, by=boss)
    papers, address = reverse("meeting_papers", args=[meeting.uid, first.pk]), reverse("file", args=[file.uid])

    def opened() -> list[int]:
        return [_downloaded(user, address) for user in (*panel[:3], expert_user())]

    assert opened() == [200, 200, 200, 404]
    assert [reads_copies(user, first.dossier) for user in (panel[2], expert_user())] == [True, False]
    room, own, other = (body(panel[0], "meeting", meeting.uid), *(_page(user, papers) for user in (panel[0], panel[2])))
    assert (address in room, papers in room, "您的评分：90" in room) == (True, True, True)
    assert (address in own, "您的评分表" in own, "90.00" in own) == (True, True, True)
    assert (address in other, "您的评分表" in other) == (True, False)
    declare_leave(item=first, kind="family", by=panel[2])
    assert opened() == [200, 200, 404, 404]
    assert address not in body(panel[2], "meeting", meeting.uid)
    for item in items_of(meeting):
        skip_item(item=item, reason="材料待补充", by=boss)
    close_meeting(meeting=meeting, by=boss)
    assert opened() == [200, 404, 404, 404]


def _can_be_signed(meeting: Meeting, panel: list[User]) -> None:
    papers = [_paper(user, meeting) for user in (panel[1], auditor())]
    assert papers[0] == papers[1]
    told = _words(papers[0])
    assert all(text in told for text in (meeting.minutes_sha256, "填补空白，全组一致。", "第1页，共1页"))
    assert [told.count(user.person.name) >= 2 for user in panel] == [True] * 3


def _paper(user: User, meeting: Meeting) -> bytes:
    return client_of(user).get(reverse("meeting_minutes_pdf", args=[meeting.uid])).content


def _words(paper: bytes) -> str:
    """The text of a PDF without its blanks and line ends."""
    document = pypdfium2.PdfDocument(paper)
    told = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(told.split())


def _attached(dossier: Dossier) -> StoredFile:
    """An upload of a subject of which the dossier is a copy."""
    owner = expert()
    given = SimpleUploadedFile("附件.pdf", canaries.pdf())
    file = receive_file(subject=owner, purpose="proof", upload=given, by=owner)
    about = {"subject_type": file.subject_type, "subject_id": str(file.subject_id)}
    content = {**dossier.content, "files": [{"uid": str(file.uid), "name": "附件.pdf"}]}
    Dossier.objects.filter(pk=dossier.pk).update(content=content, **about)
    dossier.refresh_from_db()
    return file


def _downloaded(user: User, address: str) -> int:
    found: Any = client_of(user).get(address)
    b"".join(found.streaming_content if found.streaming else [])
    return int(found.status_code)


def _page(user: User, address: str) -> str:
    return client_of(user).get(address).content.decode()


def test_the_room_of_a_blind_round_names_neither_applicants_nor_the_rule_that_would_tell() -> None:
    boss, panel = officer(), [expert_user() for _number in range(5)]
    meeting = planned_meeting(boss, panel)
    hidden, unit = PersonFactory.create(name="PERSONTOKEN"), panel[1].person.memberships.get().organisation
    Dossier.objects.update(kept_away_people=[hidden.pk], kept_away_organisations=[unit.pk])
    meeting = _begun(meeting, boss)
    step_to_item(item=items_of(meeting)[0], by=boss)
    found = body(panel[2], "meeting", meeting.uid)
    assert (panel[1].person.name in found, "利益冲突" in found) == (True, True)
    assert ("PERSONTOKEN" in found, f"({LABELS[SAME_UNIT]})" in found, unit.name in found) == (False, False, False)
    assert unit.name in body(boss, "meeting", meeting.uid)


def _begun(meeting: Meeting, boss: User) -> Meeting:
    for member in meeting.members.all():
        client_of(boss).post(reverse("meeting_attendance", args=[meeting.uid, member.pk]), {"attends": "yes"})
    client_of(boss).post(reverse("meeting_step", args=[meeting.uid, "open"]))
    meeting.refresh_from_db()
    return meeting


def test_a_screen_that_is_up_to_date_costs_few_queries_and_one_that_is_behind_is_given_the_room(
    django_assert_max_num_queries: Any,
) -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel)
    client, page = client_of(panel[1]), reverse("meeting_live", args=[meeting.uid])
    with django_assert_max_num_queries(6):
        found = client.get(page, {"seen": str(meeting.tick)})
    assert (found.status_code, found.content) == (204, b"")
    step_to_item(item=items_of(meeting)[0], by=boss)
    found = client.get(page, {"seen": str(meeting.tick)})
    fresh = Meeting.objects.get().tick
    assert (found.status_code, f"seen={fresh}" in found.content.decode()) == (200, True)
    assert "hx-swap-oob" in found.content.decode()
    assert client_of(expert_user()).get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_the_same_for_one_item_and_for_three(count: int, django_assert_max_num_queries: Any) -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = open_one(boss, panel, totals=[90, 80, 70][:count])
    item = items_of(meeting)[0]
    step_to_item(item=item, by=boss)
    open_vote(item=item, by=boss)
    client = client_of(panel[1])
    with django_assert_max_num_queries(26):
        assert client.get(reverse("meeting", args=[meeting.uid])).status_code == 200
    with django_assert_max_num_queries(30):
        client_of(boss).get(reverse("round_meetings", args=[meeting.round.uid]))


def test_meetings_wait_for_their_members_and_stand_among_the_dates_of_the_officers() -> None:
    boss, panel = officer(), [expert_user() for _number in range(3)]
    meeting = planned_meeting(boss, panel)
    assert [(one.title, one.due) for one in waiting_for(panel[2]) if one.badge == "会议评审"] == [
        ("会议评审", meeting.starts_at)
    ]
    assert [one.title for one in meeting_dates(boss)] == ["会议评审"]
    assert list(meeting_dates(panel[2])) == []
    meeting = _begun(meeting, boss)
    voted(items_of(meeting)[0], boss, [(user, "abstain") for user in panel])
    for item in items_of(meeting):
        skip_item(item=item, reason="材料待补充", by=boss)
    close_meeting(meeting=meeting, by=boss)
    assert [one.badge for one in waiting_for(boss) if one.url.endswith("minutes/")] == ["会议纪要"]
