"""What an expert wrote about the other dossiers of a round, to tell a pasted opinion from a fresh one."""

from __future__ import annotations

from experts.enums import DONE_ASSIGNMENTS
from experts.models import Assignment, ScoreSheet
from experts.sheets import plain


def other_opinions(assignment: Assignment) -> dict[str, str]:
    """The expert's submitted opinions of the round but this one, {plain text: title of the dossier}: one query."""
    rows = ScoreSheet.objects.filter(
        assignment__round=assignment.round_id,
        assignment__expert=assignment.expert_id,
        assignment__state__in=DONE_ASSIGNMENTS,
    )
    sheets = (
        rows.exclude(assignment=assignment.pk)
        .select_related("assignment__dossier")
        .only("opinion", "assignment__title_open", "assignment__dossier__title")
    )
    return {plain(one.opinion): one.assignment.shown_title for one in sheets if plain(one.opinion)}
