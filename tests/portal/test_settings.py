"""Settings that come from the environment."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@pytest.mark.parametrize("name", ["SECRET_KEY", "TALA_FIELD_KEYS", "ALLOWED_HOSTS", "SITE_ADDRESS"])
def test_without_a_secret_or_a_name_production_does_not_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("SECRET_KEY", "TALA_FIELD_KEYS", "ALLOWED_HOSTS", "SITE_ADDRESS"):
        monkeypatch.setenv(each, "x")
    assert runpy.run_module("portal.settings.production")["ALLOWED_HOSTS"] == ["x", "127.0.0.1"]
    monkeypatch.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_module("portal.settings.production")


def test_mail_without_a_server_is_kept_in_the_folder_of_the_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TALA_VAR", str(tmp_path))
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert runpy.run_path(str(settings.BASE_DIR / "portal" / "settings" / "base.py"))["EMAIL_FILE_PATH"] == str(
        tmp_path / "mail"
    )
