"""Names of the applicant's side in what experts of an anonymous review will read: texts, and the texts of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.definitions.form import FieldKind, FormField, Section
from projects.definitions.plan import Plan
from projects.queries.content import Content
from projects.queries.own_names import own_names
from workflows.errors import Reason
from workflows.models import FileText, StoredFile
from workflows.naming.finding import Name, find, written

TEXTS = frozenset({FieldKind.TITLE, FieldKind.KEYWORDS, FieldKind.TEXT, FieldKind.LONG_TEXT})
READ = TEXTS | {FieldKind.TABLE, FieldKind.EQUIPMENT}
SHORTEST_TEXT = 20
# Between two answers: no name goes on over it.
APART = "\n|\n"


class NameProblems:
    """The search through one proposal: names are put together and files are read once."""

    def __init__(self, found: Content) -> None:
        plan = Plan.model_validate(found.call.plan or {})
        self.found, self.blocks = found, plan.names_block
        self.names: list[Name] = own_names(found.proposal, found.participants) if plan.blind else []
        self.texts = self._texts() if plan.blind else {}

    def reasons(self, section: Section, field: FormField) -> list[tuple[Reason, bool]]:
        """The problems of one field as (reason, blocks)."""
        if field.blind or not self.names:
            return []
        if field.kind is FieldKind.FILES:
            return [one for file in self.found.files.get(field.id, ()) for one in self._of_file(file)]
        if field.kind not in READ:
            return []
        hits = find(APART.join(_strings(field, self.found.answer(section, field))), self.names)
        return [(_in_text(words), self.blocks) for words in written(hits)]

    def _texts(self) -> dict[str, FileText]:
        """The texts of the files that experts will get, by digest: a query where there are some."""
        shown = [one.id for one in self.found.form.all_fields() if one.kind is FieldKind.FILES and not one.blind]
        wanted = {file.sha256 for name in shown for file in self.found.files.get(name, ())}
        return {one.sha256: one for one in FileText.objects.filter(sha256__in=wanted)} if wanted else {}

    def _of_file(self, file: StoredFile) -> Iterator[tuple[Reason, bool]]:
        known = self.texts.get(file.sha256)
        if known is None:
            return
        text = known.text
        if len(text.strip()) < SHORTEST_TEXT:
            yield _not_searched(file), False
        for words in written(find(text, self.names)):
            yield _in_file(file, words), self.blocks


def _strings(field: FormField, answer: Any) -> Iterable[str]:
    """The texts of an answer; those of a row in the order of its columns, in whatever order a database keeps them."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        yield from (text for column in field.columns if isinstance(text := answer.get(column.id), str))
    elif isinstance(answer, list):
        for part in answer:
            yield from _strings(field, part)


def _in_text(words: str) -> Reason:
    return Reason(
        "names_applicant",
        _("“%(name)s” may tell the experts who applies; the review is anonymous.") % {"name": words},
        _("Rewrite it without the name."),
    )


def _in_file(file: StoredFile, words: str) -> Reason:
    return Reason(
        "file_names_applicant",
        _("“%(name)s” in the file “%(file)s” may tell the experts who applies; the review is anonymous.")
        % {"name": words, "file": file.name},
        _("Upload the file without the name."),
    )


def _not_searched(file: StoredFile) -> Reason:
    return Reason(
        "file_not_searched",
        _("The file “%(file)s” holds hardly any text that can be searched for names.") % {"file": file.name},
        _("If it is a scan, look yourself: no name, seal or signature may show."),
    )
