"""manage.py grant_role EMAIL ROLE: the first system administrator, and repairs when nobody can sign in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.roles import grant_role
from directory.enums import SCOPED_ROLES, Role
from directory.models import Person
from workflows.actors import SYSTEM


class Command(BaseCommand):
    help = "Grant a role that needs no organisation to the person of an account. Journaled as done by the system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=sorted(set(Role.values) - {role.value for role in SCOPED_ROLES}))

    def handle(self, *args: Any, email: str, role: str, **options: Any) -> None:
        person = Person.objects.filter(user__email=email.lower()).first()
        if person is None:
            raise CommandError(f"no person has an account {email}: sign up and fill in the profile first")
        grant_role(person=person, role=Role(role), by=SYSTEM)
        self.stdout.write(f"{person.name}: {Role(role).label}")
