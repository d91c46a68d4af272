"""Experts' fees: the standard with its document, the sheet of a round, where the money goes."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.fields import EncryptedTextField
from experts.enums import FeeGrade, FeeState
from experts.querysets import DepartmentQuerySet, FollowsExpert
from workflows.models.stateful import Stateful, state_constraint, state_field


class FeeStandard(models.Model):
    """What a day and a task are paid, in yuan after tax, from one day to another; never changed, only followed.

    Shares are percent of the day's rate. The defaults and ranges are those of 财科教〔2017〕128号: half a day 60,
    from the third day on 50, academicians and the nationally known 150, a task by correspondence 20 to 50. The document
    says 高级专业技术职称 and does not say whether associate titles (副高级) are among them; the department does.
    """

    document = models.CharField(_("basis (document)"), max_length=120)
    valid_from = models.DateField(_("from (date)"), unique=True)
    senior_day = models.DecimalField(_("senior title, a day"), max_digits=8, decimal_places=2)
    other_day = models.DecimalField(_("others, a day"), max_digits=8, decimal_places=2)
    associate_is_senior = models.BooleanField(_("associate senior titles are paid as senior ones"), default=True)
    national_share = models.PositiveSmallIntegerField(
        _("academicians, percent of senior"), default=150, validators=[MinValueValidator(100)]
    )
    half_day_share = models.PositiveSmallIntegerField(
        _("half a day, percent"), default=60, validators=[MaxValueValidator(100)]
    )
    full_days = models.PositiveSmallIntegerField(_("days paid in full"), default=2)
    later_share = models.PositiveSmallIntegerField(
        _("later days, percent"), default=50, validators=[MaxValueValidator(100)]
    )
    task_share = models.PositiveSmallIntegerField(
        _("a task by correspondence, percent of a day"),
        default=20,
        validators=[MinValueValidator(20), MaxValueValidator(50)],
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other_day__gt=0) & models.Q(senior_day__gte=models.F("other_day")),
                name="fee_rates_ordered",
                violation_error_message=_("The rate of a senior title is not below that of others; both are above 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(half_day_share__lte=100) & models.Q(later_share__lte=100), name="fee_shares"
            ),
            models.CheckConstraint(
                condition=models.Q(task_share__gte=20) & models.Q(task_share__lte=50), name="fee_task_share"
            ),
            models.CheckConstraint(condition=models.Q(national_share__gte=100), name="fee_national_share"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.valid_from})"


class FeeSheet(Stateful):
    """The fees of one round: made by one officer, confirmed by another."""

    state = state_field(FeeState, FeeState.DRAFT)
    round = models.OneToOneField("experts.ReviewRound", on_delete=models.PROTECT, related_name="fee_sheet")
    standard = models.ForeignKey(FeeStandard, on_delete=models.PROTECT, related_name="sheets")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("fee sheet")
        verbose_name_plural = _("fee sheets")
        constraints = [
            state_constraint(FeeState, "fee_state"),
            models.CheckConstraint(
                condition=models.Q(state="draft", confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(state="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="fee_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("made_by")),
                name="fee_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)


class FeeLine(models.Model):
    """What one expert gets.

    tasks -- sheets that counted
    days, half_days -- at meetings
    amount -- yuan, computed
    editors -- the officers who changed it by hand, and so cannot confirm the sheet
    """

    sheet = models.ForeignKey(FeeSheet, on_delete=models.PROTECT, related_name="lines")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="fees")
    grade = models.CharField(_("grade"), max_length=10, choices=FeeGrade.choices)
    tasks = models.PositiveSmallIntegerField(_("sheets"), default=0)
    days = models.PositiveSmallIntegerField(_("days at meetings"), default=0)
    half_days = models.PositiveSmallIntegerField(_("half days at meetings"), default=0)
    amount = models.DecimalField(_("amount, yuan"), max_digits=10, decimal_places=2, default=Decimal(0))
    note = models.CharField(_("remark"), max_length=200, blank=True)
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "expert"], name="fee_line_once"),
            models.CheckConstraint(condition=models.Q(grade__in=FeeGrade.values), name="fee_line_grade"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="fee_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.amount}"


class PayeeAccount(models.Model):
    """Where an expert's fees are paid, written by the expert; nobody is shown more than its last four digits."""

    expert = models.OneToOneField("experts.ExpertProfile", on_delete=models.PROTECT, related_name="account")
    bank = models.CharField(_("bank and branch"), max_length=120)
    number = EncryptedTextField(_("account number"))

    objects = FollowsExpert.as_manager()

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        """The last four digits."""
        return f"**** {self.number[-4:]}"
