"""Numbers of results: plain forms, check digits, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from projects.numbers import doi_of, issn_of, patent_of, standard_of


@pytest.mark.parametrize(
    ("read", "typed", "plain"),
    [
        (doi_of, "https://doi.org/10.1000/XYZ123", "10.1000/xyz123"),
        (doi_of, "doi: 10.1016/j.jmmm.2026.01.002", "10.1016/j.jmmm.2026.01.002"),
        (doi_of, "10.10/x", ""),
        (doi_of, "11.1000/xyz", ""),
        (issn_of, "ISSN 0378-5955", "0378-5955"),
        (issn_of, "2434561x", "2434-561X"),
        (issn_of, "0378-5956", ""),
        (issn_of, "0378-59", ""),
        (patent_of, "ZL 2003 1 0100002.X", "ZL200310100002.X"),
        (patent_of, "专利号：ZL200310100002X", "ZL200310100002.X"),
        (patent_of, "CN202610012345.1", "CN202610012345.1"),
        (patent_of, "CN112345678B", "CN112345678B"),
        (patent_of, "ZL200310100002.1", ""),
        (patent_of, "ZL2003101", ""),
        (standard_of, "DB15/T 1234—2027", "DB15/T1234-2027"),
        (standard_of, "GB/T 13745-2009", "GB/T13745-2009"),
        (standard_of, "T/NMGZ 001-2026", "T/NMGZ001-2026"),
        (standard_of, "草案", ""),
    ],
)
def test_numbers_are_read_and_their_check_digits_tested(read: Callable[[str], str], typed: str, plain: str) -> None:
    assert read(typed) == plain
