"""A passkey in a real browser, with an authenticator that Chromium plays: set up, then signing in without password."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.factories.directory import PASSWORD, officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_sets_up_a_passkey_and_signs_in_with_it(desk: Desk, settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = officer()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page = desk.page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )

    page.goto("/accounts/login/?next=/bench/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]:not([form])")
    page.wait_for_url("**/accounts/2fa/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .actions button")
    page.wait_for_url("**/webauthn/add/")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    assert list(Authenticator.objects.filter(user=user).values_list("type", flat=True).order_by("type")) == [
        "recovery_codes",
        "webauthn",
    ]

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/bench/")
    page.click("#passkey_login")
    page.wait_for_url("**/bench/")
    expect(page.locator("h1")).to_contain_text(user.get_full_name())
