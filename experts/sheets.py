"""What a score sheet still lacks: the same sentences on the page and in the refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from experts.scheme import Scheme, points
from workflows.errors import Reason

if TYPE_CHECKING:
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


def missing(scheme: Scheme, sheet: ScoreSheet) -> list[Reason]:
    """What the sheet lacks, in the order of the page; codes name fields: score_ID, veto_ID, recommendation, opinion."""
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
    if scheme.recommendation and not sheet.recommendation:
        found.append(Reason("recommendation", _("The recommendation is missing."), _("Choose A to D.")))
    return found + _opinion(scheme, sheet.opinion)


def _opinion(scheme: Scheme, text: str) -> list[Reason]:
    lacking = scheme.least_opinion - letters(text)
    if lacking > 0:
        return [
            Reason(
                "opinion",
                _("The opinion lacks %(count)d characters.") % {"count": lacking},
                _("What you wrote is kept."),
            )
        ]
    if scheme.least_opinion and is_placeholder(text):
        return [
            Reason(
                "opinion",
                _("The opinion says nothing about the dossier."),
                _("Write what is strong and what is doubtful."),
            )
        ]
    return []
