"""Calls and proposals for tests. `CallFactory` makes a complete draft; traits publish and close it.

The state of a call made by a trait is set as it would be after its transitions; nothing is journaled.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from projects.definitions import standard
from projects.definitions.plan import Plan
from projects.definitions.rules import RULES
from projects.models import Call, CallContact, CallDirection, Proposal


def days(count: int) -> dt.datetime:
    """The instant `count` days from now (negative: ago)."""
    return timezone.now() + dt.timedelta(days=count)


class CallFactory(DjangoModelFactory[Call]):
    """A complete draft call of the kind `project`; with `directions=n` directions (one) and one contact."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"2027-T{n:03d}")
    title = factory.Sequence(lambda n: f"2027年度自治区重点研发计划项目申报指南（第{n}批）")
    programme = "自治区重点研发和成果转化计划"
    document_number = "内科发〔2027〕12号"
    summary = "支持现代能源、农牧业、稀土新材料等方向的技术攻关与成果转化。"
    body = "申报单位应在自治区境内注册满一年，具有完成项目所需的人员和条件。"
    form = factory.LazyAttribute(lambda call: standard.form_for(call.kind, call.budget_mode).model_dump(mode="json"))
    rules = factory.LazyAttribute(lambda call: RULES.dump_python(standard.rules_for(call.kind), mode="json"))
    scoring = factory.LazyAttribute(lambda call: standard.scoring_for(call.kind).model_dump(mode="json"))
    plan = factory.LazyFunction(lambda: Plan().model_dump(mode="json"))
    kind = "project"
    budget_mode = "itemised"
    opens_at = factory.LazyFunction(lambda: days(-10))
    filing_deadline = factory.LazyFunction(lambda: days(20))
    recommendation_deadline = factory.LazyFunction(lambda: days(25))

    class Params:
        draft = factory.Trait(state="draft")
        published = factory.Trait(state="published", published_at=factory.LazyFunction(lambda: days(-10)))
        closed = factory.Trait(
            published=True,
            opens_at=factory.LazyFunction(lambda: days(-40)),
            filing_deadline=factory.LazyFunction(lambda: days(-5)),
            recommendation_deadline=factory.LazyFunction(lambda: days(-2)),
        )
        concluded = factory.Trait(
            state="concluded",
            published_at=factory.LazyFunction(lambda: days(-400)),
            opens_at=factory.LazyFunction(lambda: days(-400)),
            filing_deadline=factory.LazyFunction(lambda: days(-370)),
            recommendation_deadline=factory.LazyFunction(lambda: days(-365)),
        )

    @factory.post_generation
    def directions(call: Call, create: bool, extracted: int | None, **fields: Any) -> None:  # noqa: N805, FBT001
        """As many directions as asked for, one when nothing is said."""
        if create:
            for _number in range(1 if extracted is None else extracted):
                DirectionFactory(call=call, **fields)

    @factory.post_generation
    def contacts(call: Call, create: bool, extracted: int | None, **fields: Any) -> None:  # noqa: N805, FBT001
        """One contact for the guide unless another count is asked for."""
        if create:
            for _number in range(1 if extracted is None else extracted):
                ContactFactory(call=call, **fields)

    @factory.post_generation
    def focus_areas(call: Call, create: bool, extracted: list[Any] | None, **_fields: Any) -> None:  # noqa: N805, FBT001
        """The focus areas given."""
        if create and extracted:
            call.focus_areas.set(extracted)


class DirectionFactory(DjangoModelFactory[CallDirection]):
    """A direction of at most 50万元."""

    class Meta:
        model = CallDirection

    call = factory.SubFactory(CallFactory, directions=0)
    code = factory.Sequence(lambda n: f"{1001 + n}")
    title = factory.Sequence(lambda n: f"草原生态修复与饲草高效利用关键技术（{n}）")
    text = "围绕退化草原修复、优良牧草选育与高效利用开展研究。"
    places = 5
    most_amount = Decimal("500000.00")
    own_ratio = Decimal(1)
    order = factory.Sequence(int)


class ContactFactory(DjangoModelFactory[CallContact]):
    """Whom to ask about the guide."""

    class Meta:
        model = CallContact

    call = factory.SubFactory(CallFactory, contacts=0)
    kind = "guide"
    name = "资源配置与管理处"
    phone = "0471-0000000"
    order = factory.Sequence(int)


class ProposalFactory(DjangoModelFactory[Proposal]):
    """A draft proposal under a published call, with the call's first direction."""

    class Meta:
        model = Proposal

    call = factory.SubFactory(CallFactory, published=True)
    applicant = factory.SubFactory("tests.factories.directory.PersonFactory")
    organisation = factory.SubFactory("tests.factories.directory.OrganisationFactory")
    direction = factory.LazyAttribute(lambda proposal: proposal.call.directions.first())
    title = factory.Sequence(lambda n: f"锡林郭勒草原退化机理与修复技术研究（{n}）")

    class Params:
        submitted = factory.Trait(
            state="submitted",
            number=factory.Sequence(lambda n: f"2027-T-{n:04d}"),
            submitted_at=factory.LazyFunction(lambda: days(-1)),
        )
