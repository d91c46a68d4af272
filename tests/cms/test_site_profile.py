"""The site's names and numbers change by two people, are sealed, and show who wrote past them."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cms.actions.profile import approve_profile, propose_profile, withdraw_profile
from cms.machines import PROFILE_CHANGE
from cms.models import HomePage, ProfileChange, SiteProfile
from cms.models.profile import FACTS
from cms.queries.profile import facts
from cms.queries.seals import site_faults
from directory.models import User
from tests.cms.test_approval import both_roles, signed_in
from tests.factories import directory as people
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
ICP = "蒙ICP备05001234号-1"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def live() -> SiteProfile:
    profile: SiteProfile = SiteProfile.objects.get()
    return profile


def typed(**other: str) -> dict[str, str]:
    """The form as the page shows it, with some fields typed over."""
    return {name: getattr(live(), name) for name in FACTS} | {"reason": "新的备案号"} | other


def proposed(by: User | None = None, **values: str) -> ProfileChange:
    return propose_profile(
        profile=live(), facts=values or {"icp_number": ICP}, reason="新的备案号", by=by or people.editor()
    )


def step(client: Client, change: ProfileChange, name: str, note: str = "") -> int:
    url = reverse("transition", args=["cms.profilechange", change.uid, name])
    return client.post(url, {"note": note, "version": change.version}).status_code


def test_an_editor_proposes_and_an_approver_puts_live(home: HomePage, client: Client) -> None:
    editor = people.editor()
    answer = signed_in(editor).post(reverse("site_profile_edit"), typed(icp_number=ICP, phone="0471-1234567"))
    assert (answer.status_code, live().icp_number) == (302, "示例ICP备00000000号")
    change = ProfileChange.objects.get()
    approver = people.approver()
    assert step(signed_in(approver), change, "approve_profile") == 302
    text = client.get("/").content.decode()
    assert (ICP in text, "0471-1234567" in text, list(site_faults())) == (True, True, [])
    entries = JournalEntry.objects.filter(action__in=("cms.profilechange.propose", "cms.profilechange.approve_profile"))
    assert [(entry.actor, entry.data.get("fields")) for entry in entries.order_by("link__seq")] == [
        (f"user:{editor.pk}", ["icp_number", "phone"]),
        (f"user:{approver.pk}", None),
    ]
    seals = JournalEntry.objects.filter(action="cms.profile.seal").order_by("link__seq")
    assert [entry.actor for entry in seals] == ["system", f"user:{approver.pk}"]


def test_whoever_proposed_cannot_approve_in_any_way(home: HomePage) -> None:
    both = both_roles()
    change = proposed(by=both)
    assert step(signed_in(both), change, "approve_profile") == 404
    with pytest.raises(NotAllowed):
        approve_profile(change=change, by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileChange.objects.filter(pk=change.pk).update(approved_by=both)
    assert live().icp_number == "示例ICP备00000000号"


def test_only_editors_propose_and_only_approvers_decide(home: HomePage) -> None:
    for user in (people.approver(), people.officer(), people.auditor(), people.system_admin()):
        with pytest.raises(NotAllowed):
            proposed(by=user)
    change = proposed()
    for user in (people.editor(), people.officer(), people.auditor()):
        assert [step(signed_in(user), change, row.name, "不") for row in PROFILE_CHANGE.transitions] == [404] * 3
    assert ProfileChange.objects.get().state == "proposed"


def test_a_refusal_needs_a_reason_and_leaves_what_is_live(home: HomePage) -> None:
    change, client = proposed(), signed_in(people.approver())
    assert step(client, change, "refuse_profile") in (200, 409)
    assert ProfileChange.objects.get().state == "proposed"
    assert step(client, change, "refuse_profile", "备案号不对") == 302
    assert (ProfileChange.objects.get().state, live().icp_number) == ("refused", "示例ICP备00000000号")


def test_one_change_waits_at_a_time_and_can_be_withdrawn(home: HomePage) -> None:
    editor = people.editor()
    change = proposed(by=editor)
    with pytest.raises(Refused) as refused:
        proposed(by=editor, phone="0471-1234567")
    assert refused.value.codes == ["change_waits"]
    withdraw_profile(change=change, by=editor)
    assert proposed(by=editor, phone="0471-1234567").state == "proposed"


def test_a_change_of_nothing_is_refused(home: HomePage) -> None:
    with pytest.raises(Refused) as refused:
        proposed(name=live().name)
    assert refused.value.codes == ["no_difference"]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "<script>alert(1)</script>", "纯文本"),
        ("name", "塔拉\u202e门户", "纯文本"),
        ("name", "长" * 81, "80"),
        ("name", "", "必填"),
        ("domain", "https://kjt.nmg.gov.cn/", "域名"),
        ("id_code", "150000005", "十位"),
        ("id_code", "１５００００００５７", "十位"),
        ("icp_number", "05001234", "ICP备"),
        ("police_number", "公网安备15010502000173号", "公网安备"),
        ("phone", "打电话", "数字"),
        ("fax", "javascript:alert(1)", "数字"),
        ("email", "nobody", "邮"),
        ("links", "坏链接 javascript:alert(1)", "第 1 行"),
        ("links", "政府网 https://www.gov.cn/\n没有地址", "第 2 行"),
        ("links", "<b>政府网</b> https://www.gov.cn/", "第 1 行"),
        ("links", "政府网 https://www.gov.cn/\n" * 13, "12"),
        ("reason", "", "必填"),
    ],
)
def test_bad_input_names_the_field_keeps_what_was_typed_and_changes_nothing(
    home: HomePage, field: str, value: str, word: str
) -> None:
    answer = signed_in(people.editor()).post(reverse("site_profile_edit"), typed(**{field: value}))
    faults = answer.context["form"].errors
    assert (list(faults), word in str(faults[field])) == ([field], True)
    assert answer.context["form"][field].value() == value
    assert "<script>alert" not in answer.content.decode()
    assert ProfileChange.objects.count() == 0


def test_the_action_refuses_what_the_form_would(home: HomePage) -> None:
    with pytest.raises(Refused) as refused:
        proposed(id_code="15", name="<b>")
    assert refused.value.codes == ["invalid_name", "invalid_id_code"]
    assert ProfileChange.objects.count() == 0


def test_links_of_the_footer_are_shown_in_order(home: HomePage, client: Client) -> None:
    change = proposed(links="中国政府网 https://www.gov.cn/\n找错 平台 https://zfwzgl.www.gov.cn/a?b=1&c=2")
    approve_profile(change=change, by=people.approver())
    text = client.get("/").content.decode()
    first, second = text.index('href="https://www.gov.cn/"'), text.index("找错 平台</a>")
    assert first < second


@pytest.mark.parametrize("field", FACTS)
def test_a_change_in_the_database_is_found_whatever_the_field(home: HomePage, field: str) -> None:
    profile = live()
    SiteProfile.objects.filter(pk=profile.pk).update(**{field: "666"})
    assert list(site_faults()) == [f"names and numbers {profile.pk}: {field} are not what was put live"]
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_site", stdout=StringIO())


def test_names_and_numbers_removed_or_slipped_in_are_found(home: HomePage) -> None:
    gone = live().pk
    live().delete()
    fresh = SiteProfile.objects.create(site=home.get_site())
    assert list(site_faults()) == [
        f"names and numbers {gone}: were removed past the site",
        f"names and numbers {fresh.pk}: are live but were never sealed",
    ]


def shown(change: ProfileChange | None = None) -> dict[str, tuple[bool, bool]]:
    """Which rows are not as approved or differ: (as sealed, differs) by what is live."""
    return {row.live: (row.as_sealed, row.differs) for row in facts(live(), change) if row.differs or not row.as_sealed}


def test_a_value_slipped_in_shows_as_a_difference_even_where_a_proposal_copied_it(home: HomePage) -> None:
    SiteProfile.objects.update(phone="0000-6666666")
    assert shown() == {"0000-6666666": (False, False)}
    text = signed_in(people.approver()).get(reverse("site_profile")).content.decode()
    assert "未经审批" in text
    change = proposed(icp_number=ICP)
    assert shown(change) == {"0000-6666666": (False, True), "示例ICP备00000000号": (True, True)}


def test_the_right_value_proposed_again_and_approved_mends_it(home: HomePage) -> None:
    right = live().phone
    SiteProfile.objects.update(phone="0000-6666666")
    approve_profile(change=proposed(phone=right), by=people.approver())
    assert (live().phone, list(site_faults())) == (right, [])


def test_the_approver_finds_it_in_the_inbox_and_the_proposer_does_not(home: HomePage) -> None:
    both = both_roles()
    proposed(by=both)
    inbox = reverse("inbox")
    found = ["新的备案号" in signed_in(user).get(inbox).content.decode() for user in (people.approver(), both)]
    assert found == [True, False]


def test_the_page_takes_as_many_queries_for_three_changes_as_for_one(
    home: HomePage, django_assert_max_num_queries: Any
) -> None:
    approver, client = people.approver(), signed_in(people.auditor())
    for number in (1, 2, 3):
        approve_profile(change=proposed(phone=f"0471-123456{number}"), by=approver)
        client.get(reverse("site_profile"))
        with django_assert_max_num_queries(14):
            client.get(reverse("site_profile"))
