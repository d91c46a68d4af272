"""People, organisations and roles for tests. Names and numbers are made up; numbers have valid check digits.

A state given to a factory is set as it would be after its transitions; nothing is journaled.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory
from stdnum.cn import ric, uscc

from directory.enums import MembershipState, OrganisationKind, OrganisationState, RegionLevel, Role, Title
from directory.models import FocusArea, Membership, Organisation, Person, Region, RoleGrant, User
from directory.validators import birth_date_of

PASSWORD = "meadow-lark-of-spring"


def id_number(running: int, born: dt.date = dt.date(1980, 5, 17), region: str = "150102") -> str:
    """A valid identity number; odd running numbers are men's."""
    body = f"{region}{born:%Y%m%d}{running % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def credit_code(running: int) -> str:
    """A valid unified social credit code of an institution in Hohhot."""
    body = f"12150100MB{running:07d}"
    return body + uscc.calc_check_digit(body)


class RegionFactory(DjangoModelFactory[Region]):
    """A league or city."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"15{n % 90 + 10}00")
    name = factory.Sequence(lambda n: f"第{n}盟")
    level = RegionLevel.LEAGUE


class FocusAreaFactory(DjangoModelFactory[FocusArea]):
    """A focus area of the first level."""

    class Meta:
        model = FocusArea
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"area_{n}")
    name = factory.Sequence(lambda n: f"领域{n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A verified university without an authority."""

    class Meta:
        model = Organisation

    name: Any = factory.Sequence(lambda n: f"第{n}大学")
    kind = OrganisationKind.UNIVERSITY
    credit_code = factory.Sequence(lambda n: credit_code(n + 1))
    region = factory.SubFactory(RegionFactory)
    founded_on = dt.date(1958, 6, 1)
    state = OrganisationState.VERIFIED


class AuthorityFactory(OrganisationFactory):
    """A bureau that recommends others."""

    name = factory.Sequence(lambda n: f"第{n}科学技术局")
    kind = OrganisationKind.GOVERNMENT
    is_authority = True


class DepartmentFactory(AuthorityFactory):
    """The department; there is one."""

    class Meta:
        model = Organisation
        django_get_or_create = ("is_department",)

    name: Any = "自治区科学技术厅"
    is_department = True


class UserFactory(DjangoModelFactory[User]):
    """An account with the password PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *_args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(kwargs.pop("email"), password, **kwargs)


class PersonFactory(DjangoModelFactory[Person]):
    """A person with an account, born in 1980, associate professor."""

    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"其木格{n}")
    id_number = factory.Sequence(lambda n: id_number(n, dt.date(1970 + n // 1000 % 25, 5, 17)))
    birth_date_text = factory.LazyAttribute(lambda person: birth_date_of(person.id_number).isoformat())
    mobile = "13847100000"
    email = factory.LazyAttribute(lambda person: person.user.email if person.user else "")
    title = Title.ASSOCIATE
    title_name = "副教授"
    degree = "doctor"


class MembershipFactory(DjangoModelFactory[Membership]):
    """An active membership."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    state = MembershipState.ACTIVE
    since = dt.date(2015, 9, 1)


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    """A role without end."""

    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = Role.PROGRAMME_OFFICER
    valid_from = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def _member(organisation: Organisation, **person: Any) -> User:
    somebody = PersonFactory.create(**person)
    MembershipFactory.create(organisation=organisation, person=somebody)
    assert somebody.user is not None
    return somebody.user


def _of_department(role: Role, **person: Any) -> User:
    user = _member(DepartmentFactory.create(), **person)
    RoleGrantFactory.create(person=user.person, role=role)
    return user


def applicant(organisation: Organisation | None = None, **person: Any) -> User:
    """A researcher, active member of `organisation` (a fresh verified one)."""
    return _member(organisation or OrganisationFactory.create(), **person)


def organisation_admin(organisation: Organisation, **person: Any) -> User:
    """An administrator of `organisation`, active member of it."""
    user = applicant(organisation, **person)
    RoleGrantFactory.create(person=user.person, role=Role.ORGANISATION_ADMIN, organisation=organisation)
    return user


def recommending_officer(authority: Organisation, **person: Any) -> User:
    """A recommending officer of `authority`, active member of it."""
    user = applicant(authority, **person)
    RoleGrantFactory.create(person=user.person, role=Role.RECOMMENDING_OFFICER, organisation=authority)
    return user


def officer(**person: Any) -> User:
    """A programme officer of the department."""
    return _of_department(Role.PROGRAMME_OFFICER, **person)


def decision_maker(**person: Any) -> User:
    """A decision maker of the department."""
    return _of_department(Role.DECISION_MAKER, **person)


def integrity_officer(**person: Any) -> User:
    """An integrity officer of the department."""
    return _of_department(Role.INTEGRITY_OFFICER, **person)


def auditor(**person: Any) -> User:
    """An auditor of the department."""
    return _of_department(Role.AUDITOR, **person)


def system_admin(**person: Any) -> User:
    """A system administrator of the department."""
    return _of_department(Role.SYSTEM_ADMIN, **person)


def editor(**person: Any) -> User:
    """An editor of public pages."""
    return _of_department(Role.EDITOR, **person)


def approver(**person: Any) -> User:
    """An approver of public pages."""
    return _of_department(Role.APPROVER, **person)


def expert(organisation: Organisation | None = None, **person: Any) -> User:
    """An expert, active member of `organisation` (a fresh one)."""
    user = applicant(organisation, **person)
    RoleGrantFactory.create(person=user.person, role=Role.EXPERT)
    return user
