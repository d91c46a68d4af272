"""Numbers by which results are known: DOI, ISSN, Chinese patents and standards. Each gives the plain form, or "".

The digit that checks the number of a patent application: ZC 0006-2003, the standard of the patent office.
"""

from __future__ import annotations

import re
import unicodedata

DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")
APPLICATION = re.compile(r"(\d{12}|\d{8})\.?([\dX])")
PUBLICATION = re.compile(r"CN\d{7,9}[ABCUSY]\d?")
STANDARD = re.compile(r"((GB|[A-Z]{2}|DB\d{2,4})(/[TZ])?|T/[A-Z0-9]+|Q/[A-Z0-9]+|ISO|IEC)\d+(\.\d+)*-\d{4}")
ISSN_DIGITS = 8
MODULUS = 11


def plain(text: str) -> str:
    """Without spaces, in plain characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def doi_of(text: str) -> str:
    """The DOI in its plain form, in small letters (they do not count)."""
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", plain(text).lower())
    return bare if DOI.fullmatch(bare) else ""


def issn_of(text: str) -> str:
    """The ISSN as NNNN-NNNC, its check digit tested."""
    bare = plain(text).upper().removeprefix("ISSN").replace("-", "")
    if len(bare) != ISSN_DIGITS or not bare[:-1].isdecimal():
        return ""
    rest = -sum(int(digit) * weight for digit, weight in zip(bare[:-1], range(8, 1, -1), strict=True)) % MODULUS
    return f"{bare[:4]}-{bare[4:]}" if bare[-1] == _digit(rest) else ""


def patent_of(text: str) -> str:
    """An application number (ZL or CN with its check digit, after a point) or a publication number."""
    bare = plain(text).upper().replace("专利号", "").lstrip(":")
    if PUBLICATION.fullmatch(bare):
        return bare
    sign = "ZL" if bare.startswith("ZL") else "CN"
    found = APPLICATION.fullmatch(re.sub(r"^(ZL|CN)", "", bare))
    if found is None or found[2] != patent_check(found[1]):
        return ""
    return f"{sign}{found[1]}.{found[2]}"


def patent_check(digits: str) -> str:
    """The check digit of the 8 or 12 digits of an application."""
    weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
    return _digit(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % MODULUS)


def standard_of(text: str) -> str:
    """The number of a national, regional, industry, group or enterprise standard."""
    bare = re.sub(r"[—–－]", "-", plain(text)).upper()
    return bare if STANDARD.fullmatch(bare) else ""


def _digit(rest: int) -> str:
    return "X" if rest == MODULUS - 1 else str(rest)
