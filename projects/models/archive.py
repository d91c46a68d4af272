"""The archive package (归档包) of a project that is over."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.querysets import FollowsProject


class ProjectArchive(models.Model):
    """One package: `parts` of `total` are written so far; `seq` is the place in the journal up to which it tells.

    sha256 -- of the whole file. A later package is made where something happened to the project since.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="archives")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(made_at__isnull=True), name="archive_one_being_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project.number} #{self.seq}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, then the file."""
        return reverse("project-archive", args=[self.uid])
