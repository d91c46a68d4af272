"""The columns of a sheet in the workbook: the same list writes it and reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from experts.scheme import Scheme

# Rows of a worksheet, counted from 1: identifiers of the columns (hidden), heads, then one row per dossier.
IDS_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
FIXED = ("dossier", "version", "title")


@dataclass(frozen=True)
class Column:
    """One column that the expert fills in.

    id      -- as the page names the field: score_ID, veto_ID, opinion, recommendation
    most    -- the full points of a criterion
    choices -- the words that may be chosen
    """

    id: str
    head: str
    width: int
    most: Decimal | None = None
    choices: tuple[str, ...] = ()
    guidance: str = ""


def columns(scheme: Scheme) -> list[Column]:
    """The columns that answer a scheme, in the order of the page."""
    found = [
        Column(f"score_{one.id}", _score_head(one.name, one.weight, one.most), 14, one.most, guidance=one.guidance)
        for one in scheme.criteria
    ]
    found += [Column(f"veto_{one.id}", one.name, 16, choices=verdicts()) for one in scheme.vetoes]
    found.append(Column("opinion", _("Opinion"), 70))
    if scheme.recommendation:
        found.append(
            Column(
                "recommendation",
                _("Recommendation"),
                18,
                choices=tuple(words for _letter, words in scheme.recommendations()),
            )
        )
    return found


def verdicts() -> tuple[str, str]:
    """The words for passing and failing, in this order."""
    return str(_("passes")), str(_("fails"))


def _score_head(name: str, weight: Decimal, most: Decimal) -> str:
    text = _("%(name)s (0 to %(most)s points, weight %(weight)s %%)")
    return text % {"name": name, "most": f"{most.normalize():f}", "weight": f"{weight.normalize():f}"}
