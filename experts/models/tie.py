"""What ties an expert to others, as the expert wrote it down, and what officers ruled about one dossier."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import LASTING_TIES, PinVerdict, TieKind
from experts.querysets import FollowsDossier, FollowsExpert


class Tie(models.Model):
    """A tie to an organisation or to a person by name (回避单位, 回避人员), with its years.

    A tie of a kind that fades counts for some years after `until` (settings.RECUSAL_YEARS); without `until` it goes on.
    """

    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(_("kind"), max_length=16, choices=TieKind.choices)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person_name = models.CharField(_("name of the person"), max_length=60, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("what it is"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TieKind.values), name="tie_kind"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, person_name="")
                | (models.Q(organisation__isnull=True) & ~models.Q(person_name="")),
                name="tie_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.party}"

    @property
    def party(self) -> str:
        """The organisation or person of the tie."""
        return str(self.organisation or self.person_name)

    def counts_on(self, today: dt.date, recent: dt.date) -> bool:
        """Whether the tie counts on `today`; `recent` is the day from which faded ties still count."""
        if self.until is None:
            return True
        return self.until >= (today if self.kind in LASTING_TIES else recent)


class ConflictPin(models.Model):
    """An officer's ruling about one expert and one dossier, either way, with its reason."""

    dossier = models.ForeignKey("experts.Dossier", on_delete=models.CASCADE, related_name="pins")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="pins")
    verdict = models.CharField(_("ruling"), max_length=12, choices=PinVerdict.choices)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsDossier.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ruling on a conflict")
        verbose_name_plural = _("rulings on conflicts")
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=PinVerdict.values), name="pin_verdict"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="pin_reason"),
            models.UniqueConstraint(fields=["dossier", "expert"], name="pin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.expert}"
