"""Signing in, being let in no more, and what strangers learn about who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from directory.actions.members import end_membership
from directory.actions.sessions import end_sessions
from directory.models import User
from tests.directory.accounts.conftest import BENCH, LOGIN, sign_in, signed_in, verified
from tests.factories.directory import PASSWORD, OrganisationFactory, PersonFactory, applicant, organisation_admin
from workflows.errors import NotAllowed
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
RESET, CHANGE, SESSIONS = "/accounts/password/reset/", "/accounts/password/change/", "/accounts/sessions/"
FRESH = "steppe-wind-after-rain"


def account() -> User:
    user = PersonFactory.create().user
    assert user is not None
    return verified(user)


def is_in(client: Client) -> bool:
    return client.get(BENCH).status_code == 200


def test_the_right_password_lets_in_and_a_wrong_one_does_not() -> None:
    user = account()
    client = Client()
    answer = sign_in(client, user, "not-the-password")
    assert (answer.status_code, is_in(client)) == (200, False)
    assert user.email in answer.content.decode()
    sign_in(client, user)
    assert is_in(client)


def test_signing_in_leads_back_to_the_page_that_was_asked_for() -> None:
    user = account()
    client = Client()
    asked = client.get("/bench/profile/").headers["Location"]
    answer = client.post(asked, {"login": user.email, "password": PASSWORD, "next": "/bench/profile/"})
    assert answer.headers["Location"] == "/bench/profile/"
    elsewhere = Client().post(LOGIN, {"login": user.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert elsewhere.headers["Location"] == BENCH


def test_after_five_wrong_passwords_even_the_right_one_waits() -> None:
    user = account()
    client = Client()
    for _attempt in range(5):
        sign_in(client, user, "not-the-password")
    assert sign_in(client, user).status_code == 200
    assert not is_in(client)


def test_the_limit_of_one_account_does_not_shut_out_another() -> None:
    user, other = account(), account()
    for _attempt in range(5):
        sign_in(Client(), user, "not-the-password")
    assert is_in(signed_in(other))


def test_an_unverified_address_cannot_sign_in_yet() -> None:
    user = PersonFactory.create().user
    assert user is not None
    client = Client()
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert not is_in(client)
    link = re.search(r"/accounts/confirm-email/[^/\s]+/", str(mail.outbox[0].body))
    assert link is not None
    client.post(link.group())
    sign_in(client, user)
    assert is_in(client)


def test_the_answer_to_a_password_reset_does_not_tell_whether_there_is_an_account() -> None:
    user = account()
    answers = [Client().post(RESET, {"email": email}) for email in (user.email, "nobody@example.org")]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, RESET + "done/")] * 2
    pages = [without_tokens(Client().get(one.headers["Location"])) for one in answers]
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[user.email], ["nobody@example.org"]]


def test_the_answer_to_signing_up_does_not_tell_either() -> None:
    user = account()
    answers = [
        Client().post("/accounts/signup/", {"email": email, "password1": FRESH, "password2": FRESH})
        for email in (user.email, "new@example.org")
    ]
    assert len({(one.status_code, one.headers["Location"]) for one in answers}) == 1
    assert User.objects.filter(email=user.email).count() == 1


def test_nor_does_the_answer_to_a_wrong_password() -> None:
    user = account()
    texts = []
    for email in (user.email, "nobody@example.org"):
        answer = Client().post(LOGIN, {"login": email, "password": "not-the-password"})
        texts.append(without_tokens(answer).replace(email, "…"))
    assert texts[0] == texts[1]


def without_tokens(answer: Any) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def test_a_reset_password_works_once_and_ends_what_was_open() -> None:
    user = account()
    before = signed_in(user)
    Client().post(RESET, {"email": user.email})
    link = re.search(r"/accounts/password/reset/key/\S+/", str(mail.outbox[0].body))
    assert link is not None
    client = Client()
    form = client.get(link.group(), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": FRESH, "password2": FRESH})
    assert not is_in(before)
    assert sign_in(Client(), user, FRESH).headers["Location"] == BENCH
    assert "password1" not in Client().get(link.group(), follow=True).content.decode()


def test_changing_the_password_ends_every_session() -> None:
    user = account()
    here, there = signed_in(user), signed_in(user)
    here.post(CHANGE, {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH})
    assert (is_in(here), is_in(there)) == (False, False)
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert sign_in(Client(), user).status_code == 200
    assert sign_in(Client(), user, FRESH).headers["Location"] == BENCH


def test_a_weak_password_is_refused_and_the_old_one_stays() -> None:
    user = account()
    client = signed_in(user)
    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": "1234567890", "password2": "1234567890"})
    assert answer.status_code == 200
    assert is_in(signed_in(user))


def test_sessions_are_listed_to_their_owner_who_ends_the_others() -> None:
    user, other = account(), account()
    here, there, theirs = signed_in(user), signed_in(user), signed_in(other)
    page = here.get(SESSIONS)
    assert page.context["session_count"] == 2
    assert page.content.decode().count("本设备") == 1
    here.post(SESSIONS)
    assert (is_in(here), is_in(there), is_in(theirs)) == (True, False, True)
    assert here.get(SESSIONS).context["session_count"] == 1
    assert JournalEntry.objects.filter(action="directory.session.end", actor=f"user:{user.pk}").count() == 1


def test_one_session_is_ended_after_a_question() -> None:
    user = account()
    here, there, elsewhere = (signed_in(user) for _turn in range(3))
    row = UserSession.objects.get(session_key=there.session.session_key)
    page = f"/bench/sessions/{row.pk}/end/"
    assert page in here.get(SESSIONS).content.decode()
    assert here.get(page).status_code == 200
    assert is_in(there)
    assert here.post(page).headers["Location"] == SESSIONS
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)
    entry = JournalEntry.objects.get(action="directory.session.end")
    assert (entry.actor, entry.subject_id, entry.data) == (f"user:{user.pk}", str(user.pk), {"session": row.pk})
    assert here.post(page).status_code == 404


def test_the_present_session_is_left_by_signing_out_and_others_sessions_are_not_there() -> None:
    user, other = account(), account()
    here, theirs = signed_in(user), signed_in(other)
    own, foreign = (UserSession.objects.get(session_key=one.session.session_key) for one in (here, theirs))
    assert f"/bench/sessions/{own.pk}/end/" not in here.get(SESSIONS).content.decode()
    assert here.post(f"/bench/sessions/{own.pk}/end/").headers["Location"] == "/accounts/logout/"
    assert here.post(f"/bench/sessions/{foreign.pk}/end/").status_code == 404
    assert (is_in(here), is_in(theirs)) == (True, True)
    with pytest.raises(NotAllowed):
        end_sessions(sessions=[own, foreign], by=user)
    assert (is_in(here), is_in(theirs)) == (True, True)
    assert JournalEntry.objects.filter(action="directory.session.end").count() == 0


def test_a_closed_account_neither_stays_in_nor_gets_in() -> None:
    user = account()
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(BENCH).headers["Location"] == f"{LOGIN}?next={BENCH}"
    assert sign_in(Client(), user).headers["Location"] != BENCH


def test_a_removed_member_does_not_see_the_organisation_with_the_next_request() -> None:
    organisation = OrganisationFactory.create()
    admin, member = organisation_admin(organisation), applicant(organisation)
    client = signed_in(member)
    page = organisation.get_absolute_url()
    assert client.get(page).status_code == 200
    end_membership(membership=organisation.memberships.get(person=member.person), by=admin)
    assert client.get(page).status_code == 404


def test_signing_out_ends_the_session() -> None:
    client = signed_in(account())
    client.post("/accounts/logout/")
    assert not is_in(client)
