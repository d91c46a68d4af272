"""What is valid in the names and numbers of the site. All raise ValidationError."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

MOST_LINKS = 12
LONGEST_NAME = 40
HAN = "[\u4e00-\u9fff]"

# Ten digits, as given out for government sites (国办函〔2016〕19号).
site_code = RegexValidator(r"^[0-9]{10}\Z", _("The site code has ten digits, for example 1500000000."))
icp_number = RegexValidator(
    rf"^{HAN}{{1,2}}ICP备[0-9]{{8,10}}号(-[0-9]{{1,3}})?\Z",
    _("An ICP filing reads like 蒙ICP备00000000号-1: the province, eight digits, the number of the site."),
)
police_number = RegexValidator(
    rf"^{HAN}{{1,2}}公网安备 ?[0-9]{{14}}号\Z",
    _("A public security filing reads like 蒙公网安备00000000000000号: the province and fourteen digits."),
)
domain_name = RegexValidator(
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\Z",
    _("Write the domain alone in small letters, without https:// and without a path."),
)
phone_number = RegexValidator(
    r"^[0-9+()（）,，、;；转 -]{5,60}\Z",
    _("Digits, hyphens and brackets only, for example 0471-0000000; separate several by commas."),
)


class FooterLink(NamedTuple):
    """One link of the footer."""

    name: str
    url: str


def plain_text(value: str) -> None:
    """One line of text without mark-up and without characters that cannot be seen."""
    if re.search(r"[<>]", value) or any(unicodedata.category(each).startswith("C") for each in value):
        raise ValidationError(_("Write plain text on one line, without < and > and invisible characters."), "plain")


def read_links(text: str) -> list[FooterLink]:
    """The links of a text with one "name address" per line; lines without both are left out."""
    rows = (re.fullmatch(r"(.+?)\s+(\S+)", line.strip()) for line in text.splitlines())
    return [FooterLink(row[1], row[2]) for row in rows if row]


def footer_links(value: str) -> None:
    """At most twelve lines, each a name of at most forty characters and an address of the web."""
    lines = [line for line in value.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise ValidationError(_("At most %(most)d links: leave some out.") % {"most": MOST_LINKS}, "many")
    for number, line in enumerate(lines, start=1):
        if not _is_link(line):
            message = _("Line %(number)d: write a name, a space and an address with https://, one link per line.")
            raise ValidationError(message % {"number": number}, "link")


def _is_link(line: str) -> bool:
    found = read_links(line)
    try:
        for name, url in found:
            plain_text(name)
            URLValidator(["https", "http"])(url)
    except ValidationError:
        return False
    return bool(found) and len(found[0].name) <= LONGEST_NAME
