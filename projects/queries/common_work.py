"""Who works with whom in funded projects: what the review service asks when it looks for conflicts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from experts.conflicts import CommonWork
from experts.conflicts.codes import COPROJECT
from projects.enums import ProposalState
from projects.models import Participant, Proposal


def common_projects(people: Collection[int], since: dt.date) -> Iterator[CommonWork]:
    """What `people` (primary keys in `directory`) did with others in approved projects that ran after `since`.

    Who leads a project by now, and how long it runs by now, counts too. Two queries, whatever the number of people.
    """
    lasts = Q(ends_on__gte=since) | Q(project__ends_on__gte=since)
    running = Proposal.objects.filter(lasts, state=ProposalState.APPROVED)
    lead = Q(applicant__in=people) | Q(project__investigator__in=people)
    theirs = running.filter(lead | Q(participants__person__in=people)).distinct()
    rows = theirs.values_list("pk", "title", "applicant_id", "project__investigator_id")
    titles = {pk: (title, {first, now or first}) for pk, title, first, now in rows}
    teams: defaultdict[int, set[int]] = defaultdict(set)
    members = Participant.objects.filter(proposal__in=titles, person__isnull=False)
    for proposal, person in members.values_list("proposal_id", "person_id"):
        teams[proposal].add(person)
    wanted = set(people)
    for proposal, (title, leads) in titles.items():
        team = teams[proposal] | leads
        evidence = _("Common project: %(title)s.") % {"title": title}
        for person in sorted(team & wanted):
            for other in sorted(team - {person}):
                yield CommonWork(person, other, COPROJECT, evidence)
