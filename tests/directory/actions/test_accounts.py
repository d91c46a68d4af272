"""An account that is closed is out with the next request, and in again when it is reopened."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.actions.accounts import choose_language, set_account_active
from directory.models import User
from directory.queries.standing import standing
from tests.factories.directory import OrganisationFactory, applicant, officer, organisation_admin, system_admin
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_a_closed_account_is_signed_out_with_its_next_request(client: Client) -> None:
    root, user = system_admin(), organisation_admin(OrganisationFactory.create())
    client.force_login(user)
    assert client.get("/bench/profile/").status_code == 200
    set_account_active(user=user, active=False, by=root, note="已调离")
    assert client.get("/bench/profile/").headers["Location"] == "/accounts/login/?next=/bench/profile/"
    assert standing(user).roles == set()


def test_reopened_it_has_its_roles_again(client: Client) -> None:
    root, user = system_admin(), officer()
    set_account_active(user=user, active=False, by=root, note="停用")
    set_account_active(user=user, active=True, by=root)
    assert (user.is_active, len(standing(User.objects.get(pk=user.pk)).roles)) == (True, 1)
    assert list(JournalEntry.objects.order_by("link__seq").values_list("action", flat=True)) == [
        "directory.account.close",
        "directory.account.reopen",
    ]


def test_closing_needs_a_reason_and_another_account() -> None:
    root, user = system_admin(), applicant()
    with pytest.raises(Refused) as refusal:
        set_account_active(user=user, active=False, by=root, note=" ")
    assert refusal.value.codes == ["field:note"]
    with pytest.raises(Refused) as refusal:
        set_account_active(user=root, active=False, by=root, note="试试")
    assert refusal.value.codes == ["own_account"]
    user.refresh_from_db()
    assert user.is_active


def test_only_system_administrators_close_accounts() -> None:
    user = applicant()
    with pytest.raises(NotAllowed):
        set_account_active(user=user, active=False, by=officer(), note="停用")


def test_a_language_that_the_site_does_not_speak_is_refused() -> None:
    user = applicant()
    with pytest.raises(Refused) as refusal:
        choose_language(user=user, language="xx")
    assert refusal.value.codes == ["language_unknown"]
    assert choose_language(user=user, language="en").language == "en"
