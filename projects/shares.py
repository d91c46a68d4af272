"""How a budget is spread: by year, and by sub-project and participating organisation. Decimal yuan, exact.

Neither is a second budget: what stands there adds up to the grid, source by source, or is refused with both sums.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from projects.budget import LABELS, SOURCE_LABELS, SOURCES, ZERO, Line, Money, in_wan
from projects.definitions.budget import Scheme, budget_rules
from workflows.errors import Reason

CENT = Decimal("0.01")
Rows = Sequence[Mapping[str, Any]]


def split(amounts: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """`amounts` in proportion, to the fen, so that they add up to `total`: what rounding leaves goes to the largest.

    Amounts that are nothing together give nothing to share by: the first takes all.
    """
    asked = sum(amounts, ZERO)
    if not asked:
        return [total if number == 0 else ZERO for number, _amount in enumerate(amounts)]
    found = [(amount * total / asked).quantize(CENT, ROUND_DOWN) for amount in amounts]
    found[found.index(max(found))] += total - sum(found, ZERO)
    return found


def code_of(text: str, scheme: Scheme) -> str:
    """The category of `scheme` that is meant by a name in any language of the site, or by a code; "" for none."""
    return budget_rules().in_scheme(_names().get("".join(text.split()).casefold(), ""), scheme)


@lru_cache
def _names() -> dict[str, str]:
    codes = budget_rules().codes
    found = {code: code for code in codes}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {"".join(str(LABELS[code]).split()).casefold(): code for code in codes}
    return found


def category_names(scheme: Scheme) -> list[str]:
    """The names of the categories in the present language, as they are offered for typing."""
    return [str(LABELS[code]) for code in scheme.codes]


def money_of(rows: Iterable[Mapping[str, Any]]) -> Money:
    """What rows with the columns "fiscal" and "own" come to; empty cells count nothing."""
    kept = list(rows)
    return Money(*(sum((Decimal(row.get(source) or 0) for row in kept), ZERO) for source in SOURCES))


def year_faults(rows: Rows, total: Money, years: range | None) -> Iterator[Reason]:
    """What is wrong with a spread over years: outside the term, twice, or not adding up to `total`."""
    counted = Counter(row["year"] for row in rows)
    for year, count in counted.items():
        if count > 1:
            yield Reason("year_twice", _("The year %(year)s stands there twice.") % {"year": year}, _("Join the rows."))
        if years is not None and year not in years:
            term = {"year": year, "first": years[0], "last": years[-1]}
            yield Reason(
                "year_outside",
                _("The year %(year)s is outside the term (%(first)s to %(last)s).") % term,
                _("Correct the year, or the term."),
            )
    yield from _differs("years_differ", str(_("all years")), money_of(rows), total)


def share_faults(rows: Rows, lines: Iterable[Line], scheme: Scheme) -> Iterator[Reason]:
    """What is wrong with a spread over sub-projects and organisations: unknown, twice, or not adding up to the grid."""
    unknown = dict.fromkeys(row["category"] for row in rows if not code_of(row["category"], scheme))
    for name in unknown:
        yield Reason(
            "category_unknown",
            _("“%(name)s” is no category of the budget.") % {"name": name[:40]},
            _("Write it as in the grid."),
        )
    if unknown:
        return
    for (_topic, organisation, code), count in Counter(_place(row, scheme) for row in rows).items():
        if count > 1:
            place = {"organisation": organisation, "category": LABELS[code]}
            yield Reason(
                "share_twice", _("%(organisation)s, %(category)s: stands there twice.") % place, _("Join the rows.")
            )
    yield from _against_grid(rows, lines, scheme)


def _place(row: Mapping[str, Any], scheme: Scheme) -> tuple[str, str, str]:
    return row.get("topic") or "", row["organisation"], code_of(row["category"], scheme)


def _against_grid(rows: Rows, lines: Iterable[Line], scheme: Scheme) -> Iterator[Reason]:
    spread: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        spread[code_of(row["category"], scheme)].append(row)
    grid = {line.category: line.money for line in lines if line.category in scheme.codes}
    for code in scheme.codes:
        yield from _differs("shares_differ", str(LABELS[code]), money_of(spread[code]), grid.get(code, Money()))


def _differs(code: str, place: str, spread: Money, grid: Money) -> Iterator[Reason]:
    for source in SOURCES:
        over = spread.of(source) - grid.of(source)
        if not over:
            continue
        said = {
            "place": place,
            "source": SOURCE_LABELS[source],
            "spread": in_wan(spread.of(source)),
            "grid": in_wan(grid.of(source)),
        }
        mend = (
            _("Take %(amount)s 万元 off here, or correct the grid.")
            if over > 0
            else _("%(amount)s 万元 are missing here.")
        )
        yield Reason(
            code,
            _("%(place)s, %(source)s: %(spread)s 万元 here, %(grid)s 万元 in the grid.") % said,
            mend % {"amount": in_wan(abs(over))},
        )
