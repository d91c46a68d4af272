"""What a project that is over owes the department, and what came back of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from directory.queries.standing import standing
from projects.budget import ZERO, in_wan
from projects.enums import RepaymentState
from projects.models import Project, Repayment
from projects.queries.change_words import day_in_words
from projects.queries.in_charge import cared_for

STANDING = (RepaymentState.TOLD, RepaymentState.CONFIRMED)


def still_owed(project: Project) -> Decimal:
    """Yuan that are to be returned and that nobody has said to have paid: one query."""
    told = Repayment.objects.filter(project=project, state__in=STANDING).aggregate(sum=Sum("amount"))["sum"]
    return max(project.to_return - (told or ZERO), ZERO)


def owing() -> Q:
    """The condition that a project owes more than is confirmed to have come back."""
    rows = Repayment.objects.filter(project=OuterRef("pk"), state=RepaymentState.CONFIRMED).order_by()
    back = rows.values("project").annotate(sum=Sum("amount")).values("sum")
    found = Project._base_manager.filter(to_return__gt=0).annotate(back=Coalesce(Subquery(back), ZERO))
    return Q(pk__in=found.filter(to_return__gt=F("back")).values("pk"))


def to_return(user: Any) -> QuerySet[Project]:
    """Projects of the organisations of an administrator that owe what nobody has said to have paid."""
    rows = Repayment.objects.filter(project=OuterRef("pk"), state__in=STANDING).order_by()
    told = rows.values("project").annotate(sum=Sum("amount")).values("sum")
    owed = Project.objects.filter(to_return__gt=0, organisation_id__in=standing(user).admin_of)
    found: QuerySet[Project] = owed.annotate(told=Coalesce(Subquery(told), ZERO)).filter(to_return__gt=F("told"))
    return found


def to_check(user: Any) -> QuerySet[Repayment]:
    """Repayments that wait for the officer in charge."""
    return Repayment.objects.filter(cared_for(user), state=RepaymentState.TOLD)


def in_words(repayment: Repayment) -> str:
    """How much was transferred, when and under which number: for the page on which it is confirmed."""
    facts = {
        "amount": in_wan(repayment.amount),
        "day": day_in_words(repayment.paid_on),
        "number": repayment.voucher,
    }
    return _("%(amount)s 万元, transferred on %(day)s under the number %(number)s.") % facts
