"""Staff roles need a second factor before they reach anything, whatever the address they ask for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from directory.actions.roles import grant_role
from directory.enums import STAFF_ROLES, Role
from directory.models import User
from portal.policies import addresses
from tests.directory.accounts.conftest import BENCH, FACTORS, LOGIN, SECOND, sign_in, signed_in, totp
from tests.factories import directory as people
from tests.factories.directory import PASSWORD, AuthorityFactory, OrganisationFactory, applicant, officer, system_admin

pytestmark = pytest.mark.django_db
ACTIVATE, CODES = "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/"
STAFF: dict[Role, Callable[[], User]] = {
    Role.RECOMMENDING_OFFICER: lambda: people.recommending_officer(AuthorityFactory.create()),
    Role.PROGRAMME_OFFICER: people.officer,
    Role.DECISION_MAKER: people.decision_maker,
    Role.INTEGRITY_OFFICER: people.integrity_officer,
    Role.EDITOR: people.editor,
    Role.APPROVER: people.approver,
    Role.AUDITOR: people.auditor,
    Role.SYSTEM_ADMIN: people.system_admin,
}


def reauthenticate(client: Client) -> None:
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def activate(client: Client) -> str:
    """Set up the authenticator app as a person does, typing the password once more; its secret."""
    reauthenticate(client)
    secret: str = client.get(ACTIVATE).context["form"].secret
    assert client.post(ACTIVATE, {"code": totp(secret)}).status_code == 302
    return secret


def test_every_staff_role_is_tried_here() -> None:
    assert set(STAFF) == STAFF_ROLES


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_staff_role_is_sent_to_set_up_its_second_factor(role: Role) -> None:
    client = signed_in(STAFF[role]())
    for page in (BENCH, "/bench/profile/", "/"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, FACTORS)
    assert "您的角色须使用双重验证" in client.get(FACTORS).content.decode()


@pytest.mark.parametrize("make", [people.applicant, people.expert])
def test_applicants_and_experts_are_not_asked(make: Callable[[], User]) -> None:
    client = signed_in(make())
    assert client.get(BENCH).status_code == 200
    assert "您的角色须使用双重验证" not in client.get(FACTORS).content.decode()


def test_nor_are_administrators_of_organisations() -> None:
    user = people.organisation_admin(OrganisationFactory.create())
    assert signed_in(user).get(BENCH).status_code == 200


def test_the_demand_begins_with_the_request_after_the_role_was_granted() -> None:
    user = applicant()
    client = signed_in(user)
    assert client.get(BENCH).status_code == 200
    grant_role(person=user.person, role=Role.AUDITOR, by=system_admin())
    assert client.get(BENCH).headers["Location"] == FACTORS


def test_no_address_of_ours_answers_staff_without_a_second_factor() -> None:
    """Every address that takes no arguments, the account's own pages apart; by GET and by POST."""
    client = signed_in(system_admin())
    ours = [one.route for one in addresses() if not one.route.startswith("accounts/") and is_plain(one.route)]
    assert len(ours) > 40
    reached = []
    for route in ours:
        for ask in (client.get, client.post):
            answer = ask(f"/{route}")
            # 404 and 405 come from the address itself and show nothing.
            if answer.status_code not in (404, 405) and answer.headers.get("Location") != FACTORS:
                reached.append((route, answer.status_code, answer.headers.get("Location")))
    assert reached == []


def is_plain(route: str) -> bool:
    return not set(route) & set("<(^[\\$")


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/../bench/roles/",
        "/accounts/%2e%2e/bench/roles/",
        "/accounts//bench/roles/",
        "//bench/roles/",
        "/static/../bench/roles/",
        "/bench/roles/?next=/accounts/",
        "/bench/roles/;/accounts/",
        "/BENCH/roles/",
    ],
)
def test_odd_spellings_of_an_address_do_not_lead_round_the_demand(path: str) -> None:
    answer = signed_in(system_admin()).get(path)
    assert answer.status_code in (302, 404)
    assert answer.headers.get("Location", FACTORS) == FACTORS


def test_an_open_screen_is_not_enough_to_change_the_factors() -> None:
    client = signed_in(officer())
    assert client.get(ACTIVATE).headers["Location"].startswith("/accounts/reauthenticate/")


def test_a_code_of_the_authenticator_app_opens_the_workbench() -> None:
    client = signed_in(officer())
    activate(client)
    assert client.get(BENCH).status_code == 200


def test_a_wrong_code_sets_nothing_up() -> None:
    client = signed_in(officer())
    reauthenticate(client)
    secret = client.get(ACTIVATE).context["form"].secret
    stale = totp(secret, time.time() - 600)
    assert client.post(ACTIVATE, {"code": stale}).status_code == 200
    assert Authenticator.objects.count() == 0
    assert client.get(BENCH).headers["Location"] == FACTORS


def test_signing_in_then_asks_for_a_code_and_a_used_one_does_not_pass_again() -> None:
    user = officer()
    secret = activate(signed_in(user))
    client = Client()
    assert sign_in(client, user).headers["Location"].startswith(SECOND)
    assert client.get(BENCH).headers["Location"] == f"{LOGIN}?next={BENCH}"
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    code = totp(secret)
    assert client.post(SECOND, {"code": code}).headers["Location"] == BENCH
    assert client.get(BENCH).status_code == 200
    again = Client()
    sign_in(again, user)
    assert again.post(SECOND, {"code": code}).status_code == 200
    assert again.get(BENCH).status_code == 302


def test_recovery_codes_are_given_with_the_app_and_each_passes_once() -> None:
    user = officer()
    first = signed_in(user)
    activate(first)
    codes = first.get(CODES).context["unused_codes"]
    assert len(codes) == 10
    for expected in (BENCH, None):
        client = Client()
        sign_in(client, user)
        answer = client.post(SECOND, {"code": codes[0]})
        assert answer.headers.get("Location") == expected
    assert len(first.get(CODES).context["unused_codes"]) == 9


def test_a_passkey_is_offered_for_signing_in_and_as_second_factor() -> None:
    page = Client().get(LOGIN).content.decode()
    assert 'id="passkey_login"' in page
    assert 'action="/accounts/2fa/webauthn/login/"' in page
    client = signed_in(officer())
    assert "/accounts/2fa/webauthn/add/" in client.get(FACTORS).content.decode()
    reauthenticate(client)
    options = client.get("/accounts/2fa/webauthn/add/").context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["id"] == "testserver"
    asked = Client().get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert asked.json()["request_options"]["publicKey"]["rpId"] == "testserver"


def test_without_the_factor_the_demand_is_there_again() -> None:
    user = officer()
    client = signed_in(user)
    activate(client)
    Authenticator.objects.filter(user=user).delete()
    assert client.get(BENCH).headers["Location"] == FACTORS
