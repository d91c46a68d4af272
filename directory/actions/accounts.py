"""Accounts: the language a person chooses, closing and reopening by a system administrator."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from directory.models import User
from directory.rules import is_system_admin
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused


def choose_language(*, user: User, language: str) -> User:
    """Keep `language` (a code of LANGUAGES) with the account. Raises Refused for one the site does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(Reason("language_unknown", _("The site does not speak this language.")))
    with unit():
        user.language = language
        user.save(update_fields=["language"])
        journal.append(action="directory.account.language", subject=user, by=user, data={"language": language})
    return user


def set_account_active(*, user: User, active: bool, by: User, note: str = "") -> User:
    """Close an account (with the reason), or reopen it. A closed one is signed out with its next request.

    Raises NotAllowed; Refused for one's own account, or when the reason is missing.
    """
    if not is_system_admin(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not close accounts.")))
    if user.pk == by.pk:
        raise Refused(Reason("own_account", _("This is your own account."), _("Ask another system administrator.")))
    if not active and not note.strip():
        raise Refused(Reason("field:note", _("A reason is required."), _("Say why the account is closed.")))
    with unit():
        row: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if row.is_active != active:
            row.is_active = active
            row.save(update_fields=["is_active"])
            verb = "reopen" if active else "close"
            journal.append(
                action=f"directory.account.{verb}", subject=row, by=by, data={"note": digest(note) if note else ""}
            )
    user.refresh_from_db()
    return user
