"""Groups of dossiers without a common expert: their scores cannot be set off against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from experts.models import Dossier, ExpertProfile
from experts.queries.scores import Score, groups_of
from workflows.errors import Reason

MOST_NAMED = 8


@dataclass(frozen=True)
class Group:
    """One group: the titles of its dossiers, the names of its experts."""

    dossiers: tuple[str, ...]
    experts: tuple[str, ...]


def groups(scores: Sequence[Score]) -> list[Group]:
    """The groups with their names, the largest first; empty when all can be compared: two queries when not."""
    found = groups_of(scores)
    if len(found) < 2:  # noqa: PLR2004 - one group is everything
        return []
    at = {pk: number for number, group in enumerate(found) for pk in group}
    titles = dict(Dossier.objects.filter(pk__in=at).values_list("pk", "title"))
    experts: dict[int, set[int]] = defaultdict(set)
    for one in scores:
        experts[at[one.dossier]].add(one.expert)
    rows = ExpertProfile.objects.filter(pk__in={one.expert for one in scores}).values_list("pk", "person__name")
    names = dict(rows)
    return [
        Group(tuple(titles[pk] for pk in group), tuple(names[pk] for pk in sorted(experts[number])))
        for number, group in enumerate(found)
    ]


def group_reasons(found: Iterable[Group]) -> list[Reason]:
    """The refusal that names each group; empty without groups."""
    return [
        Reason(
            "scores_not_linked",
            _("Group %(number)d has no expert in common with the others: %(dossiers)s. Its experts: %(experts)s.")
            % {"number": number, "dossiers": some(group.dossiers), "experts": some(group.experts)},
            _("Have one more expert score dossiers of both groups."),
        )
        for number, group in enumerate(found, start=1)
    ]


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = _(", ").join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return _("%(names)s and %(more)d more") % {"names": shown, "more": more} if more > 0 else shown
