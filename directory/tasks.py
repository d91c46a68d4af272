"""Effects of this room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from directory.enums import MembershipState
from directory.models import Membership
from workflows.effects import effect


@effect("directory.invitation")
def send_invitation(key: str, payload: dict[str, Any]) -> None:
    """Mail an invitation to an organisation; nothing when it was answered or ended meanwhile."""
    row = (
        Membership.objects.select_related("organisation")
        .filter(pk=payload["membership"], state=MembershipState.INVITED)
        .first()
    )
    if row is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.SITE_ADDRESS + reverse("membership-invitation", args=[row.token])
        EmailMessage(
            subject=_("%(name)s invites you") % {"name": " ".join(row.organisation.name.split())},
            body=render_to_string("directory/invitation.txt", {"row": row, "url": url}),
            to=[row.invited_email],
            headers={"Message-ID": f"<{key.replace(':', '.')}@tala>"},
        ).send()
