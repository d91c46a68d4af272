"""Who belongs to which organisation, and who holds which role where and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import MembershipState, Role
from directory.querysets import MembershipQuerySet, RoleGrantQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Membership(Stateful):
    """A person (or, until the invitation is accepted, an e-mail address) in an organisation."""

    state = state_field(MembershipState, MembershipState.INVITED)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    invited_email = models.EmailField(_("e-mail address"), blank=True)
    token = models.CharField(max_length=64, blank=True, editable=False)
    position = models.CharField(_("position"), max_length=60, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    open_until = models.DateTimeField(_("open until"), null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["person", "state"], name="membership_person")]
        constraints = [
            state_constraint(MembershipState, "membership_state"),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(state__in=["requested", "active"]),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["invited", "declined", "ended", "expired", "withdrawn"])
                | models.Q(person__isnull=False),
                name="membership_person_when_active",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.invited_email} · {self.organisation}"

    def get_absolute_url(self) -> str:
        """Memberships are shown with their organisation."""
        return reverse("organisation", args=[self.organisation.uid])


class RoleGrant(models.Model):
    """A role of a person, within an organisation where the role demands one, and for a term."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="role_grants"
    )
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [models.Index(fields=["person", "role"], name="role_person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_known"),
            models.CheckConstraint(
                condition=~models.Q(role__in=["organisation_admin", "recommending_officer"])
                | models.Q(organisation__isnull=False),
                name="role_scope_given",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="role_term_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"
