"""The documents of a call as its pages list them, and who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from projects.enums import DocumentKind
from projects.models import Call
from workflows.enums import FileState
from workflows.files import files_of
from workflows.models import StoredFile


@dataclass(frozen=True)
class Document:
    """One document: the stored file and what it is for."""

    file: StoredFile
    kind: DocumentKind

    @property
    def ready(self) -> bool:
        """Whether it can be read now: the scanner has passed it."""
        return bool(self.file.state == FileState.CLEAN)


def documents(call: Call) -> list[Document]:
    """All documents of `call`, the guide first, then by name. One query."""
    order = list(DocumentKind)
    found = [Document(file, DocumentKind(file.purpose)) for file in files_of(call)]
    return sorted(found, key=lambda one: (order.index(one.kind), one.file.name))


def documents_to_read(call: Call) -> list[Document]:
    """Those that can be read: what the public page and the writing page list."""
    return [one for one in documents(call) if one.ready]


def reads_documents(user: Any, call: Call) -> bool:
    """Whether `user` (who may be anonymous) reads the documents of `call`: exactly those who see the call."""
    return bool(Call.objects.visible_to(user).filter(pk=call.pk).exists())
