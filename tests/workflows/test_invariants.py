from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory.models import Organisation, User
from tests.factories.directory import OrganisationFactory
from workflows.actions.perform import perform
from workflows.invariants import INVARIANTS, violations
from workflows.models import Deadline, JournalHead, OutboxMessage, Route, StateChange, StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine")]


def test_what_actions_write_violates_nothing(user: User) -> None:
    organisation = OrganisationFactory.create(state="registered")
    with perform(organisation, "toy_verify", by=user, note="好"):
        pass
    out = StringIO()
    call_command("check_invariants", stdout=out)

    assert out.getvalue() == f"{len(INVARIANTS)} invariants hold\n"


@pytest.mark.tampers
def test_each_invariant_names_its_violation(user: User) -> None:
    organisation = OrganisationFactory.create(state="registered")
    with perform(organisation, "toy_verify", by=user, note="好"):
        pass
    StateChange.objects.update(note="坏")
    Organisation.objects.update(state="refused")
    JournalHead.objects.update(seq=9)
    OutboxMessage.objects.create(key="a", kind="x", state="done")
    OutboxMessage.objects.create(key="b", kind="x", state="leased")
    StoredFile.objects.create(subject_type="x", subject_id=1, size=1, sha256="0" * 64, state="clean", by=user)
    given_up = {"bytes_gone_at": timezone.now(), "state": "clean", "size": 1, "sha256": "0" * 64}
    StoredFile.objects.create(subject_type="x", subject_id=2, by=user, **given_up)
    Route.objects.create(kind="x", subject_type="x", subject_id=1, started_by=user)
    ended = timezone.now() - dt.timedelta(days=1)
    Deadline.objects.create(kind="x", subject_type="x", subject_id=1, due_at=ended, state="met")

    assert [line.split(" ")[0] for line in violations() if line.split(".")[0] in OURS] == list(OURS_CODES)
    with pytest.raises(CommandError):
        call_command("check_invariants", stdout=StringIO())


OURS = {"journal", "history", "outbox", "files", "routes", "deadlines"}
OURS_CODES = (
    "journal.whole",
    "history.vouched",
    "history.present",
    "outbox.done",
    "outbox.leased",
    "files.bytes",
    "files.held",
    "routes.one_open",
    "deadlines.closed",
)
