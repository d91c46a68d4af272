"""Who may read which upload: one rule per kind of subject, registered by the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from workflows.enums import FileState
from workflows.models import StoredFile

Rule = Callable[[Any, Any], bool]
Keeper = Callable[[StoredFile], bool]
_readers: dict[str, Rule] = {}
_keepers: dict[str, Keeper] = {}


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


def may_read(user: Any, file: StoredFile) -> bool:
    """Whether `user` may have the bytes: clean, not removed, and the rule of its subject says yes."""
    rule = _readers.get(file.subject_type)
    if rule is None or file.state != FileState.CLEAN or not _is_there(file):
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
