"""The command that makes the first system administrator."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from directory.enums import Role
from directory.models import User
from directory.queries.standing import standing
from tests.factories.directory import PersonFactory
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_the_person_of_an_account_becomes_system_administrator() -> None:
    PersonFactory.create(user__email="root@example.org")
    call_command("grant_role", "Root@example.org", "system_admin")
    assert standing(User.objects.get(email="root@example.org")).roles == {Role.SYSTEM_ADMIN}
    assert JournalEntry.objects.get(action="directory.role.grant").actor == "system"


def test_an_account_without_a_person_is_named() -> None:
    User.objects.create_user("root@example.org")
    with pytest.raises(CommandError, match="fill in the profile"):
        call_command("grant_role", "root@example.org", "system_admin")


def test_roles_of_an_organisation_are_not_granted_here() -> None:
    with pytest.raises(CommandError):
        call_command("grant_role", "root@example.org", "organisation_admin")
