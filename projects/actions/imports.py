"""Importing published lists: one transaction and one journal entry each; a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from directory.models import Organisation, Person
from experts.actions.imports import PastTitle, import_expertise
from projects.importing.awards import AwardRow, kind_of, reader_of
from projects.importing.calls import COLUMNS, call_from
from projects.importing.reading import RefusedRowError, Row, Source, demand
from projects.importing.report import Report
from projects.models import Award, Call
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import Actor

BATCH = 1000
Progress = Callable[[int, int], None]
T = TypeVar("T")


def import_calls(*, source: Source, by: Actor, progress: Progress | None = None) -> Report:
    """Take the rows as concluded calls. Raises BrokenFileError for other columns, before anything is written."""
    demand(source, COLUMNS)
    report = Report()
    with unit():
        known = set(Call.objects.exclude(imported_key="").values_list("imported_key", flat=True))
        fresh = list(_fresh(source, call_from, lambda call: call.imported_key, known, report))
        for batch in _batches(fresh, progress):
            Call.objects.bulk_create(batch)
        _note("projects.call.import", fresh, source, report, by)
        if fresh:
            queue(kind="call.imported", key=f"call.imported:{fresh[0].imported_key}")
    return report


def import_awards(*, source: Source, by: Actor, progress: Progress | None = None) -> Report:
    """Take the rows as awards, with the people and organisations they name.

    Organisations are found by name or made as imported ones, without a credit code; people by name and
    organisation, since the lists know no better. Raises BrokenFileError for other columns.
    """
    reader = reader_of(source)
    report = Report()
    with unit():
        known = set(Award.objects.values_list("key", flat=True))
        rows = list(_fresh(source, reader, lambda award: award.key, known, report))
        organisations = _organisations(rows)
        people = _people(rows)
        awards = [_award(row, organisations, people) for row in rows]
        for batch in _batches(awards, progress):
            Award.objects.bulk_create(batch)
        import_expertise(titles=[_past_title(row, people) for row in rows if row.person])
        _note("projects.award.import", Award.objects.filter(key__in=[a.key for a in awards[:1]]), source, report, by)
    return report


def _fresh(
    source: Source, read: Callable[[Row], T], key_of: Callable[[T], str], known: set[str], report: Report
) -> Iterator[T]:
    """The rows that are new, counting the others with the reason; `known` grows with each."""
    for line, row in enumerate(source.rows, start=2):
        try:
            record = read(row)
        except RefusedRowError as refusal:
            report.refused.append((line, str(refusal)))
            continue
        key = key_of(record)
        if key in known:
            report.merged.append((line, "the same record is there already"))
            continue
        known.add(key)
        report.taken += 1
        yield record


def _organisations(rows: list[AwardRow]) -> dict[str, int]:
    names = {row.organisation for row in rows if row.organisation}
    known = dict(Organisation.objects.order_by("-pk").values_list("name", "pk"))
    missing = sorted(names - known.keys())
    Organisation.objects.bulk_create(
        [Organisation(name=name, kind=kind_of(name), imported=True) for name in missing], batch_size=BATCH
    )
    return known | dict(Organisation.objects.filter(imported=True).values_list("name", "pk"))


def _people(rows: list[AwardRow]) -> dict[str, int]:
    by_key = {row.person_key: row for row in reversed(rows) if row.person}
    known = dict(Person.objects.exclude(imported_key="").values_list("imported_key", "pk"))
    Person.objects.bulk_create(
        [
            Person(name=row.person, imported_key=key, title=row.level, discipline=row.discipline)
            for key, row in by_key.items()
            if key not in known
        ],
        batch_size=BATCH,
    )
    return dict(Person.objects.exclude(imported_key="").values_list("imported_key", "pk"))


def _award(row: AwardRow, organisations: dict[str, int], people: dict[str, int]) -> Award:
    return Award(
        source=row.source,
        number=row.number,
        kind=row.kind,
        title=row.title,
        discipline=row.discipline,
        person_id=people.get(row.person_key),
        organisation_id=organisations.get(row.organisation),
        amount=row.amount,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        awarded_on=row.awarded_on,
        rating=row.rating,
        key=row.key,
    )


def _past_title(row: AwardRow, people: dict[str, int]) -> PastTitle:
    begun = row.awarded_on or row.starts_on
    return PastTitle(people[row.person_key], row.title, begun.year if begun else None, row.kind, row.discipline)


def _batches(records: list[Any], progress: Progress | None) -> Iterator[list[Any]]:
    rest, done = iter(records), 0
    while batch := list(islice(rest, BATCH)):
        yield batch
        done += len(batch)
        if progress:
            progress(done, len(records))


def _note(action: str, taken: Iterable[Any], source: Source, report: Report, by: Actor) -> None:
    """One entry for the whole file, about its first record; nothing taken, nothing to note."""
    first = next(iter(taken), None)
    if first is not None:
        journal.append(action=action, subject=first, by=by, data={"sha256": source.sha256, **report.counts})
