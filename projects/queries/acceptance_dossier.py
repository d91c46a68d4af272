"""What experts read of an acceptance: the papers as they were filed, and whom to keep away from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.models import Organisation, Person
from experts.actions.dossier import HandIn
from projects.budget import LABELS, in_wan
from projects.models import Acceptance
from projects.queries.acceptance import shown
from projects.queries.change_words import day_in_words
from projects.queries.contract_versions import present_content
from projects.queries.dossier import kept_away_organisations, kept_away_people

SUBJECT = Acceptance._meta.label_lower


def dossier_of(acceptance: Acceptance) -> HandIn:
    """The frozen dossier, in the language of the site: who takes part is no secret to the experts of an acceptance."""
    with translation.override(settings.LANGUAGE_CODE):
        sections = tuple(_sections(acceptance))
    project = acceptance.project
    proposal, area = project.proposal, project.proposal.direction
    team = present_content(project.contract).get("team", [])
    return HandIn(
        subject_type=SUBJECT,
        subject_id=str(acceptance.pk),
        title=f"{project.number} {project.title}",
        sections=sections,
        focus_areas=(area.focus_area_id,) if area and area.focus_area_id else (),
        keywords=tuple(word.strip() for word in proposal.keywords.replace("；", ";").split(";") if word.strip()),
        kept_away_people=tuple(sorted({*kept_away_people(proposal), project.investigator_id, *_people(team)})),
        kept_away_organisations=tuple(
            dict.fromkeys([project.organisation_id, *kept_away_organisations(proposal), *_organisations(team)])
        ),
    )


def _people(team: Sequence[Mapping[str, Any]]) -> list[int]:
    """Who is in the team of the contract as it stands, as far as the contract knows them by their account."""
    uids = [one["person"] for one in team if one.get("person")]
    return list(Person.objects.filter(uid__in=uids).values_list("pk", flat=True))


def _organisations(team: Sequence[Mapping[str, Any]]) -> list[int]:
    """Whom those people work for: who joined later is known by the name of the organisation alone."""
    names = {str(one.get("organisation", "")).strip() for one in team} - {""}
    return list(Organisation.objects.filter(name__in=names).order_by("pk").values_list("pk", flat=True))


def _sections(acceptance: Acceptance) -> Iterator[dict[str, str]]:
    known, agreed = shown(acceptance), present_content(acceptance.project.contract)
    for title, text in (
        (_("Summary of the work and what came of it"), known["texts"]["summary"]),
        (_("Benefit for economy and society"), known["texts"]["benefit"]),
        (_("Goals of the contract"), str(agreed.get("goals", ""))),
        (_("Targets of the contract"), _targets(known)),
        (pgettext("of a project", "Results"), _results(known)),
        (_("Milestones"), _milestones(known)),
        (_("Money, in 万元"), _money(known)),
    ):
        if text:
            yield {"title": str(title), "text": text}


def _targets(known: dict[str, Any]) -> str:
    rows = known["targets"]
    return "\n".join(f"{one['name']} {one['value']}：{one['label'] or '–'}；{one['evidence']}" for one in rows)


def _results(known: dict[str, Any]) -> str:
    return "\n".join(
        f"{one['kind']} {one['title']} {one['number']} {day_in_words(one['dated_on'])}" for one in known["results"]
    )


def _milestones(known: dict[str, Any]) -> str:
    return "\n".join(
        f"{one['number']}. {one['text']}：{day_in_words(one['due_on'])}，{one['state']}" for one in known["milestones"]
    )


def _money(known: dict[str, Any]) -> str:
    sums = known["money"]
    lines = [
        f"{_('Approved budget')}：{in_wan(sums['total'])}",
        f"{_('Arrived at the organisation')}：{in_wan(sums['arrived'])}",
        f"{pgettext('money', 'Spent')}：{in_wan(known['spent'])}",
        f"{_('Own money arrived')}：{in_wan(sums['own_arrived'])} / {in_wan(sums['own_promised'])}",
    ]
    if sums["own_missing"]:
        lines.append(_("Own money not arrived: %(amount)s") % {"amount": in_wan(sums["own_missing"])})
    return "\n".join([*lines, *(_category(row) for row in known["spending"])])


def _category(row: dict[str, Any]) -> str:
    name = LABELS.get(row["category"], row["category"])
    said = (
        f"{pgettext('budget', 'Approved')} {in_wan(row['approved'])}",
        f"{pgettext('money', 'Spent')} {in_wan(row['spent'])}",
        f"{_('Own money spent')} {in_wan(row['own'])}",
    )
    return f"{name}：{'，'.join(said)}"
