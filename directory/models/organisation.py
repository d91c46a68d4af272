"""Organisations: who hosts projects, who recommends, the department itself."""

from __future__ import annotations

import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganisationKind, OrganisationState
from directory.querysets import OrganisationQuerySet
from directory.validators import validate_credit_code
from workflows.models.stateful import Stateful, state_constraint, state_field


class Organisation(Stateful):
    """A legal person with its unified social credit code (统一社会信用代码).

    `authority` is the organisation that verifies it and recommends its proposals (归口管理部门).
    """

    state = state_field(OrganisationState, OrganisationState.REGISTERED)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    other_names = models.CharField(
        _("other short names"),
        max_length=300,
        blank=True,
        help_text=_("separated by semicolons; looked for in anonymous proposals, as people write them: 内大；蒙大"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=OrganisationKind.choices)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[validate_credit_code]
    )
    region = models.ForeignKey(
        "directory.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    authority = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="recommends")
    is_authority = models.BooleanField(_("recommends others"), default=False)
    is_department = models.BooleanField(_("is the department"), default=False)
    founded_on = models.DateField(_("registered on"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    internal_lead_days = models.PositiveSmallIntegerField(
        _("internal deadline, days before the department's"), default=2
    )
    imported = models.BooleanField(default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["authority", "state"], name="organisation_authority")]
        constraints = [
            state_constraint(OrganisationState, "organisation_state"),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code="") & ~models.Q(state="refused"),
                name="organisation_credit_code_once",
                violation_error_code="field:credit_code",
                violation_error_message=_("An organisation with this credit code is registered already."),
            ),
            models.UniqueConstraint(
                fields=["is_department"],
                condition=models.Q(is_department=True),
                name="organisation_one_department",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def all_short_names(self) -> list[str]:
        """The short name and the others, as they were typed."""
        parts = re.split(r"[;；,，、\n]+", f"{self.short_name};{self.other_names}")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def get_absolute_url(self) -> str:
        """The organisation's record page."""
        return reverse("organisation", args=[self.uid])
