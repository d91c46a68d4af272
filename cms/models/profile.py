"""What the foot of every page must say of the site (国办发〔2017〕47号 and the filing rules)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting

from cms import validators as valid
from cms.enums import ProfileState
from directory.enums import Role
from directory.queries.standing import standing
from workflows.models.stateful import Stateful, state_constraint, state_field

READERS = (Role.EDITOR, Role.APPROVER, Role.AUDITOR)


class SiteFacts(models.Model):
    """The site's names and filing numbers. The defaults are placeholders, to be replaced before the first release."""

    name = models.CharField(
        _("name of the site"),
        max_length=80,
        default="塔拉科技计划与平台基地门户（演示）",
        validators=[valid.plain_text],
    )
    domain = models.CharField(_("domain"), max_length=120, default="tala.example", validators=[valid.domain_name])
    id_code = models.CharField(_("site code"), max_length=10, default="0000000000", validators=[valid.site_code])
    host = models.CharField(
        _("host body"), max_length=80, default="自治区科学技术厅（演示）", validators=[valid.plain_text]
    )
    operator = models.CharField(
        _("operating body"), max_length=80, default="某某信息中心（演示）", validators=[valid.plain_text]
    )
    icp_number = models.CharField(
        _("ICP filing"), max_length=60, default="示例ICP备00000000号", validators=[valid.icp_number]
    )
    police_number = models.CharField(
        _("public security filing"),
        max_length=60,
        default="示例公网安备00000000000000号",
        validators=[valid.police_number],
    )
    address = models.CharField(_("address"), max_length=120, default="示例市示例路1号", validators=[valid.plain_text])
    phone = models.CharField(_("telephone"), max_length=60, default="0000-0000000", validators=[valid.phone_number])
    fax = models.CharField(_("fax"), max_length=60, blank=True, validators=[valid.phone_number])
    email = models.EmailField(_("mail address"), max_length=120, blank=True)
    links = models.TextField(
        _("links of the footer"),
        max_length=2000,
        blank=True,
        validators=[valid.footer_links],
        help_text=_("One per line: a name, a space, the address with https://."),
    )

    class Meta:
        abstract = True

    def footer_links(self) -> list[valid.FooterLink]:
        """The links of the footer, in order."""
        return valid.read_links(self.links)


# The names of the fields above, in the order in which they are shown.
FACTS: tuple[str, ...] = tuple(field.name for field in SiteFacts._meta.local_fields)


class SiteProfile(SiteFacts, BaseSiteSetting):
    """The names and numbers that are live. Written by `cms.actions.profile` alone: no page of the admin edits it."""

    class Meta:
        verbose_name = _("names and numbers of the site")

    def __str__(self) -> str:
        return self.name


class ProfileChangeQuerySet(models.QuerySet[Any]):
    """Proposed changes of the site's names and numbers."""

    def visible_to(self, user: Any) -> ProfileChangeQuerySet:
        """Editors, approvers and auditors see all of them, others none."""
        return self.all() if standing(user).has(*READERS) else self.none()


class ProfileChange(SiteFacts, Stateful):
    """Names and numbers as an editor proposes them; live once a second person has approved."""

    state = state_field(ProfileState, ProfileState.PROPOSED)
    profile = models.ForeignKey(SiteProfile, on_delete=models.PROTECT, related_name="changes")
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of the site's names and numbers")
        verbose_name_plural = _("changes of the site's names and numbers")
        constraints = [
            state_constraint(ProfileState, "profilechange_state"),
            models.UniqueConstraint(
                fields=["profile"], condition=models.Q(state="proposed"), name="profilechange_one_proposed"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="profilechange_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def get_absolute_url(self) -> str:
        """It stands on the page of the site's names and numbers."""
        return reverse("site_profile")
