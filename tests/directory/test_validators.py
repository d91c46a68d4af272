"""Numbers that are wrong are refused, each for its reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from directory import typed
from directory.validators import validate_credit_code, validate_id_number, validate_mobile, validate_orcid
from tests.factories.directory import credit_code, id_number


def code_of(check: object, value: str) -> str | None:
    try:
        check(value)  # type: ignore[operator]
    except ValidationError as fault:
        return fault.code
    return None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (id_number(1), None),
        (id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1"), "checksum"),
        ("15010219800517", "format"),
        ("1501021980051700a8", "format"),
        ("", "format"),
        ("1" * 1_000_000, "format"),
        ("15010219801317001X", "checksum"),
    ],
)
def test_identity_numbers(value: str, code: str | None) -> None:
    assert code_of(validate_id_number, value) == code


@pytest.mark.parametrize("born", ["18500101", "20991231", "19800230"])
def test_impossible_birth_dates_in_an_identity_number(born: str) -> None:
    from stdnum.cn import ric

    body = f"150102{born}001"
    assert code_of(validate_id_number, body + ric.calc_check_digit(body + "0")) in {"birth_date", "date"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (credit_code(5), None),
        (credit_code(5)[:-1] + ("0" if credit_code(5)[-1] != "0" else "1"), "checksum"),
        ("9115010270123456", "format"),
        ("", "format"),
    ],
)
def test_credit_codes(value: str, code: str | None) -> None:
    assert code_of(validate_credit_code, value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0000-0002-1825-0097", None),
        ("0000-0002-1825-0098", "checksum"),
        ("0000000218250097", "format"),
        ("0000-0002-1694-233X", None),
    ],
)
def test_orcids(value: str, code: str | None) -> None:
    assert code_of(validate_orcid, value) == code


@pytest.mark.parametrize(
    ("value", "code"), [("13847100000", None), ("12847100000", "format"), ("1384710000", "format")]
)
def test_mobile_numbers(value: str, code: str | None) -> None:
    assert code_of(validate_mobile, value) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" 911502 00MA 2000 ", "91150200MA2000"),
        ("９１１５０２", "911502"),
        ("911502.0", "911502"),
        ("91150200ma", "91150200MA"),
    ],
)
def test_harmless_differences_are_taken_out(text: str, code: str) -> None:
    assert typed.code(text) == code


@pytest.mark.parametrize("text", ["9.1150102701234567E+17", "1.50102E+17", "9E17"])
def test_what_a_spreadsheet_has_rounded_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as fault:
        typed.code(text)
    assert fault.value.code == "rounded"
