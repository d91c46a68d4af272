"""What a score sheet still lacks: the same sentences on the page and in the refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from experts.scheme import HUNDRED, Scheme, points
from workflows.errors import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from experts.models import ScoreSheet

# Words that say nothing about a dossier (占位文字); an opinion made of them alone is none.
STOCK = re.compile(
    "同意|很好|较好|良好|一般|不错|暂无|没有|无|略|待补充|测试|合格|可以|通过|同上|"
    "good|fine|none|test|todo|tbd|asdf|lorem ipsum|n/a|ok|xx",
    re.IGNORECASE,
)
FEWEST_DIFFERENT = 5


def letters(text: str) -> int:
    """The length of an opinion: characters without blanks."""
    return len("".join(text.split()))


def is_placeholder(text: str) -> bool:
    """Whether the text says nothing: stock words only, or the same few characters over and over."""
    said = re.sub(r"[\W_]", "", STOCK.sub("", text))
    return len(set(said)) < FEWEST_DIFFERENT


def plain(text: str) -> str:
    """The text without blanks and marks, in small letters: what is the same opinion pasted once more."""
    return re.sub(r"[\W_]", "", text).casefold()


def at_the_ends(scheme: Scheme, sheet: ScoreSheet) -> list[str]:
    """The names of the criteria, and of the total, that lie at the top or the bottom which the scheme sets."""
    if scheme.extremes is None:
        return []
    given = [(one.name, one.most, points(sheet.scores.get(one.id), one.most)) for one in scheme.criteria]
    shares = [(name, value * HUNDRED / most) for name, most, value in given if value is not None]
    total = scheme.total(sheet.scores)
    if total is not None:
        shares.append((_("the total"), total))
    return [name for name, share in shares if scheme.extremes.hold(share)]


def needed_letters(scheme: Scheme, sheet: ScoreSheet) -> int:
    """How long the opinion must be: longer where a score lies at the very top or bottom."""
    if scheme.extremes is not None and at_the_ends(scheme, sheet):
        return max(scheme.least_opinion, scheme.extremes.length)
    return scheme.least_opinion


def missing(scheme: Scheme, sheet: ScoreSheet, others: Mapping[str, str] | None = None) -> list[Reason]:
    """What the sheet lacks, in the order of the page; codes name fields: score_ID, veto_ID, recommendation, opinion.

    others -- the expert's other submitted opinions of the round, {plain text: title of the dossier}.
    """
    found = [
        Reason(
            f"score_{one.id}",
            _("“%(name)s” has no valid score.") % {"name": one.name},
            _("Give 0 to %(most)s points.") % {"most": f"{one.most.normalize():f}"},
        )
        for one in scheme.criteria
        if points(sheet.scores.get(one.id), one.most) is None
    ]
    found += [
        Reason(f"veto_{one.id}", _("“%(name)s” is not answered.") % {"name": one.name})
        for one in scheme.vetoes
        if sheet.vetoes.get(one.id) not in (True, False)
    ]
    found += _opinion(scheme, sheet)
    if scheme.recommendation and not sheet.recommendation:
        found.append(Reason("recommendation", _("The recommendation is missing."), _("Choose A to D.")))
    return found + [reason for name, reason in doubts(scheme, sheet, others or {}) if _is(scheme, name, "refuse")]


def asked(scheme: Scheme, sheet: ScoreSheet, others: Mapping[str, str] | None = None) -> list[Reason]:
    """What looks careless and may be meant: the expert says so for each before submitting. Codes are those of CHECKS.

    others -- as for `missing`.
    """
    found = doubts(scheme, sheet, others or {})
    return [Reason(name, one.text, one.mend) for name, one in found if _is(scheme, name, "ask")]


def doubts(scheme: Scheme, sheet: ScoreSheet, others: Mapping[str, str]) -> list[tuple[str, Reason]]:
    """What looks careless, whatever the scheme says to it: (name of the check, reason with the field as code)."""
    said, found = plain(sheet.opinion), []
    if letters(sheet.opinion) and is_placeholder(sheet.opinion):
        text, mend = _("The opinion says nothing about the dossier."), _("Write what is strong and what is doubtful.")
        found.append(("placeholder", Reason("opinion", text, mend)))
    elif said and said in others:
        text = _("The same opinion stands in your sheet for “%(title)s”.") % {"title": others[said]}
        found.append(("pasted", Reason("opinion", text, _("Write what is particular to this dossier."))))
    if _all_equal(scheme, sheet):
        first = scheme.criteria[0].id
        text, mend = _("Every criterion has the same share of points."), _("Look at each criterion by itself.")
        found.append(("all_equal", Reason(f"score_{first}", text, mend)))
    return found


def _is(scheme: Scheme, name: str, strictness: str) -> bool:
    return scheme.checks[name] == strictness


def _all_equal(scheme: Scheme, sheet: ScoreSheet) -> bool:
    given = [(points(sheet.scores.get(one.id), one.most), one.most) for one in scheme.criteria]
    shares = {value / most for value, most in given if value is not None}
    return len(given) > 1 and len(shares) == 1 and all(value is not None for value, _most in given)


def _opinion(scheme: Scheme, sheet: ScoreSheet) -> list[Reason]:
    lacking = needed_letters(scheme, sheet) - letters(sheet.opinion)
    if lacking <= 0:
        return []
    ends = at_the_ends(scheme, sheet)
    if lacking > scheme.least_opinion - letters(sheet.opinion) and ends:
        names = " / ".join(ends)
        told = _("At the very top or bottom: %(names)s. The opinion lacks %(count)d characters.")
        return [Reason("opinion", told % {"names": names, "count": lacking}, _("Say what makes it so."))]
    text = _("The opinion lacks %(count)d characters.") % {"count": lacking}
    return [Reason("opinion", text, _("What you wrote is kept."))]
