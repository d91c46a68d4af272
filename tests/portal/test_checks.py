"""Configurations that must not serve anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.checks.messages import CheckMessage
from pytest_django import Settings


def found(code: str) -> list[CheckMessage]:
    return [message for message in run_checks() if message.id == code]


@pytest.mark.parametrize("host", ["tala.example", "*", ".gov.cn", "10.0.0.5"])
def test_demo_mode_is_refused_outside_the_loopback_address(settings: Settings, host: str) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", host]
    assert [message.msg for message in found("portal.E001")] == [f"Demo mode is on and the site answers for {host}."]


def test_demo_mode_is_accepted_on_the_loopback_address(settings: Settings) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert found("portal.E001") == []


def test_a_public_site_without_demo_mode_is_accepted(settings: Settings) -> None:
    settings.DEMO = False
    settings.ALLOWED_HOSTS = ["tala.example"]
    assert found("portal.E001") == []


def test_no_address_lacks_a_policy() -> None:
    assert found("portal.E002") == []


def test_a_missing_field_key_is_refused(settings: Settings) -> None:
    settings.FIELD_KEYS = []
    assert [message.id for message in found("portal.E003")] == ["portal.E003"]


def found_on_deployment(code: str) -> list[str]:
    return [str(message.msg) for message in run_checks(include_deployment_checks=True) if message.id == code]


def test_a_missing_key_of_the_checkpoints_is_refused_where_none_is_made(settings: Settings, tmp_path: Path) -> None:
    settings.CHECKPOINT_KEY_FILE = tmp_path / "key.pem"
    assert found_on_deployment("portal.E004") == []
    settings.CHECKPOINT_KEY_MADE_HERE = False
    assert found_on_deployment("portal.E004") == [f"The key of the checkpoints is missing: {tmp_path}/key.pem."]
    settings.CHECKPOINT_KEY_FILE.touch()
    assert found_on_deployment("portal.E004") == []


def test_mail_that_goes_to_files_is_warned_of(settings: Settings) -> None:
    assert found_on_deployment("portal.W005") == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert found_on_deployment("portal.W005") == ["Mail is written to files."]
