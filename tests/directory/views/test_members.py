"""Pages of members: inviting, answering, asking to join, appointing and ending administrators."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions.invitations import invite_member, withdraw_invitation
from directory.actions.members import request_membership
from directory.enums import MembershipState, OrganisationState
from directory.models import Membership, Organisation, User
from directory.queries.standing import standing
from tests.directory.views.conftest import browser, text
from tests.factories.directory import OrganisationFactory, PersonFactory, UserFactory, applicant, organisation_admin
from workflows.actions.deadlines import fire_deadlines

pytestmark = pytest.mark.django_db
ADDRESS, JOIN = "guest@example.org", "/bench/organisations/join/"


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = OrganisationFactory.create(name="敕勒川大学")
    return made


@pytest.fixture
def admin(organisation: Organisation) -> User:
    return organisation_admin(organisation)


@pytest.fixture
def guest() -> User:
    user = PersonFactory.create(user__email=ADDRESS).user
    assert user is not None
    return user


@pytest.fixture
def invitation(organisation: Organisation, admin: User) -> Membership:
    return invite_member(organisation=organisation, email=ADDRESS, by=admin)


def link(membership: Membership) -> str:
    return reverse("membership-invitation", args=[membership.token])


def verb(membership: Membership, name: str) -> str:
    return reverse("transition", args=["directory.membership", membership.uid, name])


def state(membership: Membership) -> str:
    return str(Membership.objects.values_list("state", flat=True).get(pk=membership.pk))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# --- Inviting ---


def test_the_administrator_invites_and_sees_the_invitation_with_its_state(
    organisation: Organisation, admin: User
) -> None:
    client = browser(admin)
    answer = client.post(reverse("member-invite", args=[organisation.uid]), {"email": ADDRESS, "position": "研究员"})
    assert answer.headers["Location"] == organisation.get_absolute_url()
    page = text(client.get(organisation.get_absolute_url()))
    assert ADDRESS in page
    assert "已邀请" in page


@pytest.mark.parametrize("email", ["", "guest@", "guest example.org"])
def test_what_is_no_address_is_said_and_kept(organisation: Organisation, admin: User, email: str) -> None:
    answer = browser(admin).post(
        reverse("member-invite", args=[organisation.uid]), {"email": email, "position": "首席研究员"}
    )
    assert list(answer.context["form"].errors) == ["email"]
    assert "首席研究员" in text(answer)
    assert Membership.objects.filter(state=MembershipState.INVITED).count() == 0


def test_who_is_there_already_is_not_invited(organisation: Organisation, admin: User) -> None:
    member = applicant(organisation)
    answer = browser(admin).post(reverse("member-invite", args=[organisation.uid]), {"email": member.email})
    assert [one.code for one in answer.context["reasons"]] == ["member_already"]
    assert member.email in text(answer)


def test_nobody_else_finds_the_page_of_inviting(organisation: Organisation) -> None:
    page = reverse("member-invite", args=[organisation.uid])
    for user in (applicant(organisation), organisation_admin(OrganisationFactory.create())):
        assert browser(user).get(page).status_code == 404


def test_an_expired_invitation_is_renewed_on_the_page(
    organisation: Organisation, admin: User, invitation: Membership, guest: User
) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=16)):
        fire_deadlines()
        client = browser(admin)
        assert "已过期" in text(client.get(organisation.get_absolute_url()))
        assert "本邀请已过期" in text(browser(guest).get(link(invitation)))
        assert client.get(verb(invitation, "renew")).status_code == 200
        assert client.post(verb(invitation, "renew"), {}).headers["Location"] == organisation.get_absolute_url()
        assert "请在" in text(browser(guest).get(link(invitation)))
    assert state(invitation) == MembershipState.INVITED


def test_a_withdrawn_invitation_says_so(invitation: Membership, admin: User, guest: User) -> None:
    browser(admin).post(verb(invitation, "withdraw"), {"note": "写错了"})
    assert state(invitation) == MembershipState.WITHDRAWN
    page = browser(guest).get(link(invitation))
    assert "已撤回" in text(page)
    assert verb(invitation, "accept") not in text(page)


# --- Answering ---


def test_a_stranger_with_the_link_reads_no_address_and_no_button(invitation: Membership) -> None:
    for client in (Client(), browser(applicant())):
        page = text(client.get(link(invitation)))
        assert "敕勒川大学" in page
        assert ADDRESS not in page
        assert verb(invitation, "accept") not in page


def test_the_person_invited_accepts_and_is_led_to_the_organisation(
    organisation: Organisation, invitation: Membership, guest: User
) -> None:
    client = browser(guest)
    assert verb(invitation, "accept") in text(client.get(link(invitation)))
    assert client.get(verb(invitation, "accept")).status_code == 200
    answer = client.post(verb(invitation, "accept"), {})
    assert answer.headers["Location"] == organisation.get_absolute_url()
    assert client.get(organisation.get_absolute_url()).status_code == 200
    assert "本邀请已答复" in text(client.get(link(invitation)))


def test_declining_leads_home_and_not_to_a_page_that_is_not_there(invitation: Membership, guest: User) -> None:
    client = browser(guest)
    assert 'href="/bench/"' in text(client.get(verb(invitation, "decline")))
    answer = client.post(verb(invitation, "decline"), {"note": "已在其他单位"})
    assert (answer.headers["Location"], state(invitation)) == ("/bench/", MembershipState.DECLINED)
    assert client.get(answer.headers["Location"]).status_code == 200


def test_without_a_profile_the_invitation_asks_for_it_first(invitation: Membership) -> None:
    page = text(browser(UserFactory.create(email=ADDRESS)).get(link(invitation)))
    assert "/bench/profile/" in page
    assert verb(invitation, "accept") not in page


def test_a_made_up_link_leads_nowhere(invitation: Membership) -> None:
    withdraw_invitation(membership=invitation, by=invitation.invited_by or pytest.fail("nobody invited"))
    assert Client().get("/bench/invitations/made-up/").status_code == 404
    assert Client().get(link(invitation)).status_code == 200


# --- Asking to join ---


def test_asking_to_join_waits_for_the_administrator_who_confirms(
    organisation: Organisation, admin: User, guest: User
) -> None:
    answer = browser(guest).post(JOIN, {"organisation": organisation.pk, "position": "讲师"})
    assert answer.headers["Location"] == "/bench/profile/"
    membership = Membership.objects.get(person=guest.person)
    page = text(browser(admin).get(organisation.get_absolute_url()))
    assert verb(membership, "confirm") in page
    browser(admin).post(verb(membership, "confirm"), {})
    assert standing(fresh(guest)).member_of == {organisation.pk}


def test_turning_down_needs_a_reason(organisation: Organisation, admin: User, guest: User) -> None:
    membership = request_membership(organisation=organisation, by=guest)
    client = browser(admin)
    client.post(verb(membership, "turn_down"), {"note": ""})
    assert state(membership) == MembershipState.REQUESTED
    client.post(verb(membership, "turn_down"), {"note": "非本单位人员"})
    assert state(membership) == MembershipState.DECLINED
    assert browser(guest).get(organisation.get_absolute_url()).status_code == 404


def test_an_organisation_that_was_not_verified_meanwhile_is_said_and_the_position_kept(
    organisation: Organisation, guest: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the list of the form and the action the organisation was closed: the action's refusal is shown."""
    client = browser(guest)
    real = request_membership

    def closed_meanwhile(**asked: Any) -> Membership:
        Organisation.objects.filter(pk=organisation.pk).update(state=OrganisationState.CLOSED)
        return real(**asked)

    monkeypatch.setattr("directory.views.members.request_membership", closed_meanwhile)
    answer = client.post(JOIN, {"organisation": organisation.pk, "position": "首席研究员"})
    assert [one.code for one in answer.context["reasons"]] == ["organisation_not_verified"]
    assert "首席研究员" in text(answer)


def test_what_is_not_in_the_list_is_refused(guest: User) -> None:
    hidden = OrganisationFactory.create(state=OrganisationState.REGISTERED)
    answer = browser(guest).post(JOIN, {"organisation": hidden.pk, "position": "首席研究员"})
    assert list(answer.context["form"].errors) == ["organisation"]
    assert "首席研究员" in text(answer)
    assert Membership.objects.filter(person=guest.person).count() == 0


# --- Leaving ---


def test_who_leaves_is_led_home(organisation: Organisation) -> None:
    member = applicant(organisation)
    client = browser(member)
    answer = client.post(verb(organisation.memberships.get(person=member.person), "end"), {"note": "调离"})
    assert answer.headers["Location"] == "/bench/"
    assert client.get("/bench/").status_code == 200


def test_the_administrator_who_removes_somebody_stays_on_the_organisation(
    organisation: Organisation, admin: User
) -> None:
    member = applicant(organisation)
    page = verb(organisation.memberships.get(person=member.person), "end")
    assert browser(admin).post(page, {}).headers["Location"] == organisation.get_absolute_url()


# --- Administrators ---


def admin_page(organisation: Organisation, user: User) -> str:
    return reverse("member-administrator", args=[organisation.memberships.get(person=user.person).pk])


def test_a_member_is_appointed_after_the_page_has_said_what_follows(organisation: Organisation, admin: User) -> None:
    member = applicant(organisation)
    page = admin_page(organisation, member)
    assert "可以邀请、确认和移除人员" in text(browser(admin).get(page))
    assert standing(fresh(member)).admin_of == set()
    browser(admin).post(page, {})
    assert standing(fresh(member)).admin_of == {organisation.pk}


def test_an_administrator_is_ended_after_the_page_has_said_what_follows(
    organisation: Organisation, admin: User
) -> None:
    other = organisation_admin(organisation)
    page = admin_page(organisation, other)
    assert "角色立即结束" in text(browser(admin).get(page))
    browser(admin).post(page, {"end": "1"})
    assert standing(fresh(other)).admin_of == set()
    assert standing(fresh(other)).member_of == {organisation.pk}


def test_a_second_click_does_not_undo_the_first(organisation: Organisation, admin: User) -> None:
    member = applicant(organisation)
    page = admin_page(organisation, member)
    for _click in range(2):
        browser(admin).post(page, {})
    assert standing(fresh(member)).admin_of == {organisation.pk}
    for _click in range(2):
        browser(admin).post(page, {"end": "1"})
    assert standing(fresh(member)).admin_of == set()


def test_the_last_administrator_reads_why_not_and_has_no_button(organisation: Organisation, admin: User) -> None:
    page = admin_page(organisation, admin)
    shown = text(browser(admin).get(page))
    assert "您是本单位最后一位管理员" in shown
    assert "请先任命另一位成员为管理员" in shown
    assert 'name="end"' not in shown
    assert browser(admin).post(page, {"end": "1"}).status_code == 409
    assert standing(fresh(admin)).admin_of == {organisation.pk}


def test_one_of_two_ends_the_own_role_knowing_that_it_cannot_be_taken_back(
    organisation: Organisation, admin: User
) -> None:
    organisation_admin(organisation)
    page = admin_page(organisation, admin)
    assert "您本人无法撤销此操作" in text(browser(admin).get(page))
    browser(admin).post(page, {"end": "1"})
    assert standing(fresh(admin)).admin_of == set()


def test_nobody_else_appoints(organisation: Organisation, admin: User) -> None:
    page = admin_page(organisation, admin)
    for user in (applicant(organisation), organisation_admin(OrganisationFactory.create())):
        assert browser(user).get(page).status_code == 404
        assert browser(user).post(page, {"end": "1"}).status_code == 404
