"""Mail of messages: the same words, with an identity that makes a second copy recognisable."""

from __future__ import annotations

import hashlib
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from workflows.models import Message


def send(key: str, message_pk: int) -> None:
    """Mail the message unless that was done. Does nothing for a person who is gone or was locked out."""
    message = Message.objects.select_related("to").filter(pk=message_pk, mailed_at__isnull=True).first()
    if message is None or not message.to.is_active or not message.to.email:
        return
    compose(key, message).send()
    message.mailed_at = timezone.now()
    message.save(update_fields=["mailed_at"])


def compose(key: str, message: Message) -> EmailMessage:
    """The mail of one message. The subject is one line, whatever the title holds."""
    link = urljoin(settings.SITE_ADDRESS, message.url) if message.url else ""
    return EmailMessage(
        subject=" ".join(message.title.split()),
        body="\n\n".join(part for part in (message.title, message.body, link) if part),
        to=[message.to.email],
        headers={"Message-ID": message_id(key)},
    )


def message_id(key: str) -> str:
    """The Message-ID of an effect: the same for every attempt."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"
