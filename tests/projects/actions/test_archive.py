"""The archive package: asked for when a project is over, made once, whole, and proven."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import uuid
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from projects.actions.archive import ask_archive, make_archive
from projects.actions.own_funds import Arrival, record_own_funds
from projects.enums import FundsSource
from projects.exports.archive import MANIFEST, faults_of
from projects.models import Acceptance, Project, ProjectArchive
from tests.factories import way
from tests.projects.budgets import running_project
from tests.projects.papers import pdf
from workflows.errors import NotAllowed, Refused
from workflows.files import files_of, may_read, place_of
from workflows.models import OutboxMessage

# The project is over without its way there.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def over(cast: way.Cast) -> Iterator[Project]:
    """A project with a paper that is over, its acceptance under way."""
    project = running_project(cast)
    signed_at = project.contract.signed_at
    assert signed_at is not None
    with time_machine.travel(signed_at + dt.timedelta(days=1)):
        arrival = Arrival(Decimal(35_000), timezone.localdate(signed_at), FundsSource.OWN, uuid.uuid4())
        record_own_funds(project=project, arrival=arrival, paper=pdf(), by=cast.admin)
        Acceptance.objects.filter(project=project).update(opinion="专家组内部意见")
        Project.objects.filter(pk=project.pk).update(state="terminated")
        project.refresh_from_db()
        yield project


def made(project: Project, cast: way.Cast) -> ProjectArchive:
    found = ask_archive(project=project, by=cast.applicant)
    make_archive(archive=found)
    done: ProjectArchive = ProjectArchive.objects.select_related("project").get(pk=found.pk)
    return done


def kept(archive: ProjectArchive, folder: Path) -> Path:
    """A copy of the file as it is kept."""
    path = folder / f"{archive.pk}.zip"
    with storages["private"].open(place_of(archive.sha256)) as content, path.open("wb") as target:
        shutil.copyfileobj(content, target)
    return path


def test_it_holds_everything_that_those_who_see_the_project_may_see(
    cast: way.Cast, over: Project, tmp_path: Path
) -> None:
    archive = made(over, cast)
    path = kept(archive, tmp_path)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        manifest = json.loads(package.read(MANIFEST))
        whole = b"".join(package.read(name) for name in names).decode("utf-8", "replace")
    assert [name for name in names if not name.startswith("papers/")] == [
        "adjustments.json",
        "changes.json",
        "contract/01.json",
        "contract/01.pdf",
        "journal.csv",
        "milestones.json",
        "money/instalments.csv",
        "money/ledger.csv",
        "money/own-funds.csv",
        "money/spending.csv",
        "project.json",
        "proposal.json",
        "reports.json",
        "results.json",
        MANIFEST,
    ]
    assert [name.partition("-")[2] for name in names if name.startswith("papers/")] == ["到账凭证.pdf"]
    assert (manifest["project"], manifest["journal_seq"]) == (over.number, archive.seq)
    assert (archive.parts, archive.total, archive.seq > 0) == (len(names) - 1, len(names) - 1, True)
    assert "专家组内部意见" not in whole
    assert faults_of(path) == []
    out = StringIO()
    call_command("verify_archive", str(path), stdout=out)
    assert out.getvalue().strip() == f"the package is whole: {path}"


def test_the_same_content_gives_the_same_bytes_and_is_made_once(cast: way.Cast, over: Project) -> None:
    first = made(over, cast)
    assert ask_archive(project=over, by=cast.officer) == first
    make_archive(archive=first)
    assert files_of(first).count() == 1
    ProjectArchive.objects.filter(pk=first.pk).update(seq=1)
    second = made(over, cast)
    assert (second.pk != first.pk, second.sha256) == (True, first.sha256)
    assert OutboxMessage.objects.filter(kind="projects.archive").count() == 2


def test_who_sees_the_project_reads_it_and_nobody_else(cast: way.Cast, over: Project) -> None:
    archive = made(over, cast)
    file = files_of(archive).get()
    found = {name: may_read(user, file) for name, user in cast.everybody().items()}
    seen = {name: Project.objects.visible_to(user).exists() for name, user in cast.everybody().items()}
    assert found == seen
    assert (found["applicant"], found["auditor"], found["stranger"], found["other_admin"]) == (True, True, False, False)
    with pytest.raises(NotAllowed):
        ask_archive(project=over, by=cast.stranger)


def test_a_project_under_way_has_none(cast: way.Cast, over: Project) -> None:
    Project.objects.update(state="active")
    with pytest.raises(Refused) as refused:
        ask_archive(project=over, by=cast.applicant)
    assert refused.value.codes == ["not_over"]


TAMPERED: tuple[tuple[str, bytes | None, str], ...] = (
    ("results.json", b"[{}]", "results.json已被改动。"),
    ("more.txt", b"x", "more.txt不在清单中。"),
    (MANIFEST, b"{", "清单缺失或无法读取。"),
    ("results.json", None, "缺少results.json。"),
)


def test_what_was_changed_added_or_taken_away_is_named(cast: way.Cast, over: Project, tmp_path: Path) -> None:
    path, other = kept(made(over, cast), tmp_path), tmp_path / "other.zip"
    for name, content, fault in TAMPERED:
        rewritten(path, other, name, content)
        assert faults_of(other) == [fault]
        with pytest.raises(CommandError, match=fault):
            call_command("verify_archive", str(other))


def rewritten(path: Path, other: Path, name: str, content: bytes | None) -> None:
    """The package with one part put in its place, added or left out."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(other, "w") as target:
        for one in package.namelist():
            if one != name:
                target.writestr(one, package.read(one))
        if content is not None:
            target.writestr(name, content)


def test_what_is_no_package_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no package")
    assert len(faults_of(path)) == 1
    assert len(faults_of(tmp_path / "missing.zip")) == 1
