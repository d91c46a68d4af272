"""People of the field: researchers, officers, experts."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import Degree, Gender, Title
from directory.fields import EncryptedTextField, blind_index
from directory.querysets import PersonQuerySet
from directory.validators import validate_id_number, validate_mobile, validate_orcid


class Person(models.Model):
    """One human being. Identity number, mobile number and birth date are encrypted and masked on screen."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    name = models.CharField(_("real name"), max_length=60)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, default=Gender.UNKNOWN)
    id_number = EncryptedTextField(_("identity number"), blank=True, validators=[validate_id_number])
    id_number_index = models.CharField(max_length=64, blank=True, editable=False)
    mobile = EncryptedTextField(_("mobile number"), blank=True, validators=[validate_mobile])
    birth_date_text = EncryptedTextField(blank=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    title = models.CharField(_("title level"), max_length=16, choices=Title.choices, default=Title.NONE)
    title_name = models.CharField(_("professional title"), max_length=60, blank=True)
    degree = models.CharField(_("degree"), max_length=16, choices=Degree.choices, default=Degree.NONE)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True, validators=[validate_orcid])
    discipline = models.CharField(_("discipline"), max_length=80, blank=True)
    imported_key = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["name"], name="person_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_index"],
                condition=~models.Q(id_number_index=""),
                name="person_id_number_once",
                violation_error_code="field:id_number",
                violation_error_message=_("This identity number is registered already."),
            ),
            models.UniqueConstraint(
                fields=["orcid"],
                condition=~models.Q(orcid=""),
                name="person_orcid_once",
                violation_error_code="field:orcid",
                violation_error_message=_("This ORCID is registered already."),
            ),
            models.UniqueConstraint(
                fields=["imported_key"], condition=~models.Q(imported_key=""), name="person_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def birth_date(self) -> dt.date | None:
        """The date of birth, None when unknown."""
        return dt.date.fromisoformat(self.birth_date_text) if self.birth_date_text else None

    @birth_date.setter
    def birth_date(self, value: dt.date | None) -> None:
        self.birth_date_text = value.isoformat() if value else ""

    def age_on(self, day: dt.date) -> int | None:
        """Full years on `day`; None when the birth date is unknown."""
        born = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def index_of_number(self) -> str:
        """The keyed index of the identity number: what makes it unique without being readable."""
        return blind_index(self.id_number)

    def get_absolute_url(self) -> str:
        """The person's record page."""
        return reverse("person", args=[self.uid])

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, keeping the index of the identity number in step with it."""
        self.id_number_index = self.index_of_number()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
