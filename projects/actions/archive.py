"""Having the archive package of a project made, away from the request."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.models import User
from projects.enums import OVER
from projects.exports.archive import write_archive
from projects.exports.archive_parts import last_seq, parts_of
from projects.models import Project, ProjectArchive
from workflows.actions import journal
from workflows.actions.files import keep_made
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused

KIND = "projects.archive"


def ask_archive(*, project: Project, by: User) -> ProjectArchive:
    """Have the package made, for who sees the project. One that tells everything already, or is under way, stays.

    NotAllowed for others; Refused while the project is not over.
    """
    if not Project.objects.visible_to(by).filter(pk=project.pk).exists():
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if locked.state not in OVER:
            raise Refused(Reason("not_over", _("The project is not over."), _("Ask again when it is.")))
        standing = _standing(locked)
        if standing is not None:
            return standing
        made: ProjectArchive = ProjectArchive.objects.create(project=locked, asked_by=by, total=len(parts_of(locked)))
        queue(kind=KIND, key=f"{KIND}:{made.uid}", payload={"archive": made.pk})
        journal.append(action="projects.archive.ask", subject=made, by=by, data={"project": locked.pk})
    return made


def _standing(project: Project) -> ProjectArchive | None:
    last: ProjectArchive | None = project.archives.first()
    current = last is not None and (last.made_at is None or last.seq == last_seq(project))
    return last if current else None


def make_archive(*, archive: ProjectArchive) -> None:
    """Write the package; one that was made already stays as it is."""
    if archive.made_at is not None:
        return
    project = archive.project
    seq, parts = last_seq(project), parts_of(project)
    with tempfile.TemporaryDirectory() as folder, translation.override(settings.LANGUAGE_CODE):
        path = Path(folder) / "archive.zip"
        head = {"project": project.number, "title": project.title, "state": project.state, "journal_seq": seq}
        write_archive(path, head, parts, _teller(archive))
        _finish(archive, path, seq, len(parts))


def _teller(archive: ProjectArchive) -> Callable[[int], None]:
    def told(parts: int) -> None:
        ProjectArchive.objects.filter(pk=archive.pk).update(parts=parts)

    return told


def _finish(archive: ProjectArchive, path: Path, seq: int, parts: int) -> None:
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    with unit():
        locked = ProjectArchive.objects.select_for_update(of=("self",)).get(pk=archive.pk)
        if locked.made_at is not None:
            return
        name = f"{archive.project.number}-{seq}.zip"
        keep_made(subject=locked, purpose="archive", path=path, name=name, by=locked.asked_by)
        locked.parts = locked.total = parts
        locked.seq, locked.sha256, locked.made_at = seq, sha256, timezone.now()
        locked.save(update_fields=["parts", "total", "seq", "sha256", "made_at"])
