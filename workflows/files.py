"""Who may read which upload: one rule per kind of subject by the room that owns it, and guests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from workflows.enums import FileState
from workflows.models import StoredFile

Rule = Callable[[Any, Any], bool]
Keeper = Callable[[StoredFile], bool]
Guest = Callable[[Any, StoredFile], bool]
_readers: dict[str, Rule] = {}
_keepers: dict[str, Keeper] = {}
_guests: list[Guest] = []
_holders: list[Keeper] = []


def register_reader(model_label: str, rule: Rule, *, keeps: Keeper | None = None) -> None:
    """Files of `model_label` are read by whom `rule(user, subject)` lets.

    keeps -- (file) -> bool: whether something frozen still refers to a removed file, which then stays readable.
    """
    label = model_label.lower()
    if label in _readers:
        raise ValueError(f"readers of {label} are registered twice")
    _readers[label] = rule
    if keeps:
        _keepers[label] = keeps


def register_guest(rule: Guest) -> None:
    """Let `rule(user, file)` open files of subjects that another room owns: a copy of them was handed in there.

    Asked only when the owner's rule said no, of signed-in users alone. A file the guest may have stays readable
    for the guest after its removal: what was handed in is frozen.
    """
    _guests.append(rule)


def register_holder(rule: Keeper) -> None:
    """Keep the bytes of files that `rule(file)` names: records of another room refer to them."""
    _holders.append(rule)


def is_held(file: StoredFile) -> bool:
    """Whether something frozen still refers to a file that was removed: its owner's records, or another room's."""
    keeps = _keepers.get(file.subject_type)
    return (keeps is not None and keeps(file)) or any(holds(file) for holds in _holders)


def may_read(user: Any, file: StoredFile) -> bool:
    """Whether `user` may have the bytes: they are clean, and the rule of the subject or a guest's rule says yes."""
    if file.state != FileState.CLEAN or file.bytes_gone_at is not None:
        return False
    return _owner_allows(user, file) or (user.is_authenticated and any(rule(user, file) for rule in _guests))


def _owner_allows(user: Any, file: StoredFile) -> bool:
    rule = _readers.get(file.subject_type)
    if rule is None or not _is_there(file):
        return False
    subject = apps.get_model(file.subject_type)._base_manager.filter(pk=file.subject_id).first()
    return subject is not None and rule(user, subject)


def _is_there(file: StoredFile) -> bool:
    if file.removed_at is None:
        return True
    keeps = _keepers.get(file.subject_type)
    return keeps is not None and keeps(file)


def files_of(subject: models.Model, purpose: str = "") -> models.QuerySet[StoredFile]:
    """The files of a subject that were not removed, in order of arrival."""
    files = StoredFile.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, removed_at__isnull=True
    )
    return files.filter(purpose=purpose) if purpose else files


def place_of(sha256: str) -> str:
    """The name of the bytes in the private storage."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"
