"""What a list of experts would change: each row as new, merged, the same or refused, before anything is written.

People are told apart by identity number, then by ORCID, then by the name and organisation of an earlier list. A person
who is there keeps every datum: only what is empty is filled in, and every such change is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from directory.enums import MembershipState, OrganisationState, Title
from directory.fields import blind_index
from directory.models import Membership, Organisation, Person
from experts.enums import ExpertState
from experts.listing.columns import BY_KEY
from experts.listing.parsing import Fault, Parsed, parse
from experts.listing.reading import Line
from experts.models import ExpertiseItem, ExpertProfile
from workflows.digest import digest

NEW, MERGED, SAME, REFUSED = "new", "merged", "same", "refused"
FILLED = ("orcid", "birth_date", "title", "title_name", "email", "mobile")
# What may be said of these when the list says otherwise.
SHOWN = ("title", "title_name", "email")
# Beyond these, what is added to a profile that is there already.
ADDED = ("kinds", "discipline_codes", "keywords")


@dataclass
class Outcome:
    """One row and what becomes of it; `fills` and `adds` are the changes of a person who is there."""

    row: Parsed
    outcome: str = NEW
    person: Person | None = None
    profile: ExpertProfile | None = None
    organisation: Organisation | None = None
    fills: dict[str, Any] = field(default_factory=dict)
    adds: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells the person from others in the list."""
        facts = self.row.facts
        return str(facts.get("id_number") or facts.get("orcid") or imported_key(facts))

    def shown(self) -> dict[str, Any]:
        """For the preview: without identity number, birth date or telephone number."""
        facts = self.row.facts
        return {
            "line": self.row.number,
            "outcome": self.outcome,
            "name": facts.get("name", ""),
            "organisation": facts.get("organisation", ""),
            "faults": [asdict(fault) for fault in self.faults],
            "notes": [*self.notes, *self._changes()],
        }

    def _changes(self) -> list[str]:
        found = []
        if self.outcome == MERGED:
            found += [_("Filled in: %(column)s") % {"column": BY_KEY[key].head} for key in self.fills]
            for key, values in self.adds.items():
                text = _("Added to %(column)s: %(count)d")
                found.append(text % {"column": BY_KEY[key].head, "count": len(values)})
        return found


def imported_key(facts: dict[str, Any]) -> str:
    """The key of a person of whom a list knows no more than name and organisation."""
    return f"pool:{digest([facts.get('name', ''), facts.get('organisation', '')])[:40]}"


def fingerprint(outcomes: Iterable[Outcome]) -> str:
    """Tells this outcome from any other: what is taken is what was looked through."""
    return digest([[one.shown(), one.person.pk if one.person else 0] for one in outcomes])


def outcomes(lines: Sequence[Line]) -> list[Outcome]:
    """What would become of each row: a fixed number of queries, nothing is written."""
    rows = [parse(line) for line in lines]
    known = _Known.of(rows)
    seen: dict[str, int] = {}
    return [_outcome(row, known, seen) for row in rows]


def _outcome(row: Parsed, known: _Known, seen: dict[str, int]) -> Outcome:
    found = Outcome(row, faults=list(row.faults))
    if not found.faults:
        _twice(found, seen)
        _who(found, known)
    if found.faults:
        found.outcome = REFUSED
        return found
    _where(found, known)
    _merge(found, known)
    return found


def _twice(found: Outcome, seen: dict[str, int]) -> None:
    first = seen.setdefault(found.key, found.row.number)
    if first != found.row.number:
        text = _("The same person stands in row %(line)d.") % {"line": first}
        found.faults.append(Fault(str(BY_KEY["name"].head), text, _("Keep one of the rows.")))


def _who(found: Outcome, known: _Known) -> None:
    facts = found.row.facts
    by_number = known.numbers.get(blind_index(facts["id_number"])) if facts.get("id_number") else None
    by_orcid = known.orcids.get(facts.get("orcid") or "-")
    if by_number and by_orcid and by_number.pk != by_orcid.pk:
        _against(found, "orcid", _("Identity number and ORCID belong to two people."), _("Correct one of the two."))
    found.person = by_number or by_orcid or known.keys.get(imported_key(facts))
    if found.person is None:
        _namesake(found, known)
        return
    if found.person.name != facts["name"]:
        text = _("The identity number or ORCID is registered under another name.")
        _against(found, "name", text, _("Compare name and number with the card."))
    if by_orcid and facts.get("id_number") and by_orcid.id_number and by_orcid != by_number:
        text = _("The ORCID is registered with another identity number.")
        _against(found, "id_number", text, _("Compare the number with the card."))
    found.profile = known.profiles.get(found.person.pk)
    if found.profile is not None and found.profile.state == ExpertState.LEFT:
        _against(found, "name", _("The person does not want to take part."), _("Take the row out."))


def _namesake(found: Outcome, known: _Known) -> None:
    """Somebody of this name at this organisation, whom nothing proves to be the same."""
    facts = found.row.facts
    if (facts["name"], facts["organisation"]) not in known.members:
        return
    if facts.get("id_number") or facts.get("orcid"):
        found.notes.append(_("Somebody of this name is registered at this organisation with no such number."))
        return
    text = _("Somebody of this name is registered at this organisation.")
    _against(found, "id_number", text, _("Give the identity number or ORCID, so that it is clear who is meant."))


def _against(found: Outcome, key: str, text: str, mend: str) -> None:
    found.faults.append(Fault(str(BY_KEY[key].head), text, mend))


def _where(found: Outcome, known: _Known) -> None:
    name = found.row.facts["organisation"]
    found.organisation = known.organisations.get(name)
    if found.organisation is None:
        found.notes.append(_("The organisation is not registered; it is kept by its name."))


def _merge(found: Outcome, known: _Known) -> None:
    """What is empty is filled in, what is said otherwise stays and is shown."""
    if found.person is None:
        return
    for key in FILLED:
        _fill(found, key, getattr(found.person, key))
    if (found.person.pk, found.row.facts["organisation"]) not in known.belonging:
        found.notes.append(_("Is registered at another organisation, which is kept."))
    _add(found, known)
    if found.profile is None:
        found.notes.append(_("Is registered and becomes a candidate of the pool."))
    found.outcome = SAME if found.profile and not found.fills and not found.adds else MERGED


def _fill(found: Outcome, key: str, there: Any) -> None:
    given = found.row.facts.get(key)
    if given and there in {None, "", Title.NONE}:
        found.fills[key] = given
    elif given and given != there and key in SHOWN:
        found.notes.append(_("Kept as it is registered: %(column)s") % {"column": BY_KEY[key].head})


def _add(found: Outcome, known: _Known) -> None:
    facts, profile = found.row.facts, found.profile
    titles = known.titles.get(profile.pk, set()) if profile else set()
    for key in ADDED:
        there = getattr(profile, key) if profile else []
        more = [value for value in facts.get(key) or [] if value not in there]
        if more:
            found.adds[key] = more
    more_titles = [pair for pair in facts.get("expertise") or [] if pair[0] not in titles]
    if more_titles:
        found.adds["expertise"] = more_titles


@dataclass
class _Known:
    """The people, organisations and profiles that a list can meet."""

    numbers: dict[str, Person]
    orcids: dict[str, Person]
    keys: dict[str, Person]
    members: set[tuple[str, str]]
    belonging: set[tuple[int, str]]
    organisations: dict[str, Organisation]
    profiles: dict[int, ExpertProfile]
    titles: dict[int, set[str]]

    @classmethod
    def of(cls, rows: Sequence[Parsed]) -> _Known:
        facts = [row.facts for row in rows]
        numbers = {blind_index(one["id_number"]) for one in facts if one.get("id_number")}
        orcids = {one["orcid"] for one in facts if one.get("orcid")}
        keys = {imported_key(one) for one in facts}
        wanted = Q(id_number_index__in=numbers) | Q(orcid__in=orcids) | Q(imported_key__in=keys)
        people = list(Person.objects.filter(wanted))
        profiles = {one.person_id: one for one in ExpertProfile.objects.filter(person__in=people)}
        names = {one.get("organisation", "") for one in facts} - {""}
        verified = Organisation.objects.filter(Q(state=OrganisationState.VERIFIED) | Q(imported=True), name__in=names)
        active = Membership.objects.filter(state=MembershipState.ACTIVE)
        namesakes = active.filter(person__name__in={one.get("name", "") for one in facts}, organisation__name__in=names)
        titles: dict[int, set[str]] = {}
        items = ExpertiseItem.objects.filter(expert__in=profiles.values())
        for expert, title in items.values_list("expert_id", "title"):
            titles.setdefault(expert, set()).add(title)
        return cls(
            numbers={one.id_number_index: one for one in people if one.id_number_index},
            orcids={one.orcid: one for one in people if one.orcid},
            keys={one.imported_key: one for one in people if one.imported_key},
            members=set(namesakes.values_list("person__name", "organisation__name")),
            belonging=set(active.filter(person__in=people).values_list("person_id", "organisation__name")),
            organisations={one.name: one for one in verified.order_by("-imported", "-pk")},
            profiles=profiles,
            titles=titles,
        )
