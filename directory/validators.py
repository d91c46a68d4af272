"""What is valid: identity numbers, credit codes, ORCID, mobile numbers. All raise ValidationError."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_11_2

OLDEST = 110


def validate_id_number(value: str) -> None:
    """A resident identity number (GB 11643): 18 characters, check digit, a birth date that can be.

    The region code is not looked up: numbers were issued under codes that were changed since.
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        raise ValidationError(_("This is no identity number: 18 digits, the last may be X."), "format")
    if ric.calc_check_digit(value) != value[-1]:
        raise ValidationError(
            _("The check digit of the identity number does not match. Compare it with the card."), "checksum"
        )
    try:
        born = birth_date_of(value)
    except ValueError:
        raise ValidationError(_("The identity number states a birth date that does not exist."), "date") from None
    validate_birth_date(born)


def birth_date_of(id_number: str) -> dt.date:
    """The birth date that an identity number states. Raises ValueError when there is no such day."""
    return dt.datetime.strptime(id_number[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone


def gender_of(id_number: str) -> str:
    """The gender that an identity number states: its 17th digit is odd for men."""
    return "male" if int(id_number[16]) % 2 else "female"


def validate_birth_date(value: dt.date) -> None:
    """A birth date in the past and at most 110 years ago."""
    today = timezone.localdate()
    if value >= today or value.year < today.year - OLDEST:
        raise ValidationError(_("This birth date is impossible."), "birth_date")


def validate_credit_code(value: str) -> None:
    """A unified social credit code (GB 32100-2015): 18 characters with its check digit."""
    try:
        uscc.validate(value)
    except InvalidChecksum:
        raise ValidationError(
            _("The check digit of the credit code does not match. Compare it with the licence."), "checksum"
        ) from None
    except NumberError:
        raise ValidationError(
            _("This is no unified social credit code: 18 digits and capital letters."), "format"
        ) from None


def validate_orcid(value: str) -> None:
    """An ORCID with hyphens and its ISO 7064 check character."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", value):
        raise ValidationError(_("An ORCID looks like 0000-0002-1825-0097."), "format")
    if not mod_11_2.is_valid(value.replace("-", "")):
        raise ValidationError(_("The last character of the ORCID does not match the others."), "checksum")


def validate_mobile(value: str) -> None:
    """A mobile number of mainland China: 11 digits beginning with 13 to 19."""
    if not re.fullmatch(r"1[3-9]\d{9}", value):
        raise ValidationError(_("This is no mobile number: 11 digits beginning with 1."), "format")
