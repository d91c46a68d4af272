"""What a person changes about the own account."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from directory.models import User
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import Reason, Refused


def choose_language(*, user: User, language: str) -> User:
    """Keep `language` (a code of LANGUAGES) with the account. Raises Refused for one the site does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(Reason("language_unknown", _("The site does not speak this language.")))
    with unit():
        user.language = language
        user.save(update_fields=["language"])
        journal.append(action="directory.account.language", subject=user, by=user, data={"language": language})
    return user
