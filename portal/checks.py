"""What must be true of a configuration before it serves anybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


@register(Tags.security)
def demo_stays_at_home(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode lets anybody sign in as anybody: it may answer on the loopback address only."""
    if not settings.DEMO:
        return []
    outside = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not outside:
        return []
    return [
        Error(
            f"Demo mode is on and the site answers for {', '.join(outside)}.",
            hint="Use portal.settings.production, or take these hosts out of ALLOWED_HOSTS.",
            id="portal.E001",
        )
    ]


@register(Tags.urls)
def every_address_has_a_policy(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Deny by default: an address that does not say who may ask for it is a fault."""
    from portal.policies import addresses

    return [
        Error(
            f"The address {address.route!r} has no policy.",
            hint="Put @guarded(…) on its view, or list it in portal.policies.",
            id="portal.E002",
        )
        for address in addresses()
        if address.policy is None
    ]


@register(Tags.security)
def personal_data_has_a_key(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Personal data is encrypted at rest; without a key it cannot be stored."""
    if settings.FIELD_KEYS:
        return []
    return [Error("TALA_FIELD_KEYS is empty.", hint="Give at least one Fernet key.", id="portal.E003")]


@register(Tags.security, deploy=True)
def checkpoints_have_a_key(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Where no key is made here it must have been brought: an unsigned journal has no witness."""
    if settings.CHECKPOINT_KEY_MADE_HERE or Path(settings.CHECKPOINT_KEY_FILE).is_file():
        return []
    return [
        Error(
            f"The key of the checkpoints is missing: {settings.CHECKPOINT_KEY_FILE}.",
            hint="openssl genpkey -algorithm ed25519 -out FILE, and name it in TALA_CHECKPOINT_KEY.",
            id="portal.E004",
        )
    ]


@register(deploy=True)
def mail_is_sent(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without EMAIL_URL mail is kept in files, and nobody can verify an address."""
    if "filebased" not in settings.EMAIL_BACKEND:
        return []
    return [Warning("Mail is written to files.", hint="Set EMAIL_URL=smtp+tls://…", id="portal.W005")]
