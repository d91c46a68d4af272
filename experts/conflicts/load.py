"""How many more reviews an expert can take: at one time, in a round, in a year, and when away.

The limits of a round and of a year are the department's (`settings.EXPERT_ROUND_LOAD`, `settings.EXPERT_YEAR_LOAD`,
0 for none); an expert may ask for less a year (domain 3.1: Qingdao asks for at most 10).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.conflicts import codes
from experts.enums import LIVE_ASSIGNMENTS, RUNNING_ROUNDS
from experts.models import Absence, ExpertProfile

if TYPE_CHECKING:
    from experts.models import ReviewRound


@dataclass
class Load:
    """Seats by primary key of the expert: running now, in one round, in this calendar year; and the periods away."""

    now: dict[int, int] = field(default_factory=dict)
    in_round: dict[int, int] = field(default_factory=dict)
    in_year: dict[int, int] = field(default_factory=dict)
    away: dict[int, list[Absence]] = field(default_factory=lambda: defaultdict(list))
    today: dt.date = field(default_factory=timezone.localdate)
    due: dt.date | None = None

    def add(self, expert: int) -> None:
        """Count one seat more that was just taken in the round."""
        for counts in (self.now, self.in_round, self.in_year):
            counts[expert] = counts.get(expert, 0) + 1

    def limits(self, expert: ExpertProfile) -> Iterator[tuple[str, str, int, int]]:
        """Each limit that binds the expert: code, sentence, seats counted, seats at most."""
        text = _("The expert has %(load)d reviews at present, the most is %(most)d.")
        yield codes.LOAD, text, self.now.get(expert.pk, 0), expert.max_load
        if settings.EXPERT_ROUND_LOAD:
            text = _("The expert has %(load)d reviews in this round, the most is %(most)d.")
            yield codes.LOAD_IN_ROUND, text, self.in_round.get(expert.pk, 0), settings.EXPERT_ROUND_LOAD
        most = min((one for one in (settings.EXPERT_YEAR_LOAD, expert.max_in_year) if one), default=0)
        if most:
            text = _("The expert has %(load)d reviews in this year, the most is %(most)d.")
            yield codes.LOAD_IN_YEAR, text, self.in_year.get(expert.pk, 0), most

    def full(self, expert: ExpertProfile) -> Iterator[tuple[str, str]]:
        """Code and evidence of each limit that is reached."""
        for code, text, load, most in self.limits(expert):
            if load >= most:
                yield code, text % {"load": load, "most": most}
        absence = self.absence(expert.pk)
        if absence is not None:
            text = _("The expert is away from %(since)s until %(until)s.")
            yield codes.AWAY, text % {"since": absence.since.isoformat(), "until": absence.until.isoformat()}

    def room(self, expert: ExpertProfile) -> int:
        """How many seats more the expert can take; 0 when away."""
        if self.absence(expert.pk) is not None:
            return 0
        return max(0, min(most - load for _code, _text, load, most in self.limits(expert)))

    def absence(self, expert: int) -> Absence | None:
        """The period away that leaves fewer days to score than `settings.EXPERT_LEAST_DAYS`, if any."""
        last = max(self.due or self.today, self.today)
        least = min(settings.EXPERT_LEAST_DAYS, (last - self.today).days + 1)
        periods = [one for one in self.away.get(expert, ()) if one.until >= self.today and one.since <= last]
        if not periods or _present(periods, self.today, last) >= least:
            return None
        return periods[0]


def _present(periods: Sequence[Absence], first: dt.date, last: dt.date) -> int:
    """The days from `first` to `last` outside of every period."""
    days, reached = (last - first).days + 1, first
    for one in sorted(periods, key=lambda period: period.since):
        begin, end = max(one.since, reached), min(one.until, last)
        if end >= begin:
            days -= (end - begin).days + 1
            reached = end + dt.timedelta(days=1)
    return days


def load_of(review_round: ReviewRound | None, experts: Sequence[int]) -> Load:
    """The load of experts (primary keys), seen from a round: two queries."""
    due = review_round.score_deadline if review_round else None
    found = Load(due=timezone.localdate(due) if due else None)
    live = Q(assignments__state__in=LIVE_ASSIGNMENTS)
    running = live & Q(assignments__round__state__in=RUNNING_ROUNDS)
    new_year = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = ExpertProfile.objects.filter(pk__in=experts).annotate(
        now=Count("assignments", filter=running),
        here=Count("assignments", filter=live & Q(assignments__round=review_round)),
        year=Count("assignments", filter=live & Q(assignments__created_at__gte=new_year)),
    )
    for pk, now, here, year in counted.values_list("pk", "now", "here", "year"):
        found.now[pk], found.in_round[pk], found.in_year[pk] = now, here, year
    for absence in Absence.objects.filter(expert_id__in=experts, until__gte=found.today).order_by("since", "pk"):
        found.away[absence.expert_id].append(absence)
    return found
