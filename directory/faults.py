"""From what a model finds wrong to what an action refuses, and from there to the fields of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from workflows.errors import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = "field:"


def refusal(fault: ValidationError) -> Refused:
    """One reason per fault with the code "field:NAME"; a constraint says NAME in its `violation_error_code`."""
    return Refused(*_reasons(fault))


def _reasons(fault: ValidationError) -> Iterator[Reason]:
    for name, errors in fault.error_dict.items():
        for error in errors:
            code = error.code if error.code and error.code.startswith(FIELD) else FIELD + name
            yield from (Reason(code, text) for text in error.messages)


def show(form: BaseForm, refused: Refused) -> list[Reason]:
    """Put each reason that names a field of `form` (as NAME or new_NAME) beside it; the other reasons."""
    left = []
    for reason in refused.reasons:
        name = _field(form, reason.code)
        if name:
            form.add_error(name, f"{reason.text} {reason.mend}".strip())
        else:
            left.append(reason)
    return left


def _field(form: BaseForm, code: str) -> str | None:
    name = code.removeprefix(FIELD)
    return next((one for one in (name, f"new_{name}") if one in form.fields), None)
