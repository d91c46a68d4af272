from __future__ import annotations

import json
import zlib
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.actions.draw import propose
from experts.invariants import confirmed_draws_are_kept, draws_come_out_the_same, secrets_are_kept
from experts.models import Assignment, Draw, DrawnSeat, DrawRecord, DrawRules
from experts.planning.replay import differences, first_difference
from experts.planning.solving import sha256, solved
from tests.experts.draw.instances import instance
from tests.factories.directory import officer
from tests.factories.experts import expert_user, handed_in, running
from workflows.digest import canonical


@pytest.fixture
def confirmed(db: None) -> Draw:
    boss = officer()
    for _one in range(6):
        expert_user()
    review_round = running(boss, *(handed_in(number, boss) for number in range(1, 4)), experts_per_dossier=2)
    DrawRules.objects.create(round=review_round, mode="drawn", probability_cap="0.5")
    propose(review_round=review_round, by=boss)
    return Draw.objects.get()


def replayed(draw: Draw) -> str:
    out = StringIO()
    call_command("replay_draw", str(draw.round.uid), stdout=out)
    return out.getvalue()


def changed(draw: Draw, part: str, change: Any) -> None:
    record = draw.record
    content = json.loads(zlib.decompress(getattr(record, part)))
    change(content)
    DrawRecord.objects.update(**{part: zlib.compress(canonical(content))})


def test_a_draw_done_over_is_identical(confirmed: Draw) -> None:
    assert list(differences(confirmed)) == []
    assert replayed(confirmed) == f"draw 1 (drawn, confirmed): identical, 6 seats, outcome {confirmed.outcome_sha256}\n"
    assert list(draws_come_out_the_same()) == []


@pytest.mark.tampers
def test_inputs_changed_afterwards_are_noticed_even_with_their_digest(confirmed: Draw) -> None:
    changed(confirmed, "inputs", lambda found: found["affinity"][0].__setitem__(2, 0.9))
    fresh = sha256(zlib.decompress(DrawRecord.objects.get().inputs))
    Draw.objects.update(inputs_sha256=fresh)
    found = list(differences(Draw.objects.get()))
    assert found[0].startswith(f"inputs: SHA-256 is {fresh}, the draw says {fresh}, the journal ")
    assert found[1].startswith("seed: ")
    with pytest.raises(CommandError) as error:
        replayed(confirmed)
    assert error.value.returncode == 1


@pytest.mark.tampers
def test_an_outcome_changed_afterwards_is_noticed_with_its_first_byte(confirmed: Draw) -> None:
    changed(confirmed, "outcome", lambda found: found["assignments"].pop())
    found = list(differences(Draw.objects.get()))
    assert [line.split(":")[0] for line in found[:2]] == ["outcome", "outcome"]
    assert "byte" in found[1]
    assert len(list(draws_come_out_the_same())) == 1


@pytest.mark.tampers
def test_another_secret_is_noticed(confirmed: Draw) -> None:
    Draw.objects.update(nonce="0" * 64)
    found = list(differences(Draw.objects.get()))
    assert found[0] == "the secret is not the one that was committed to"
    assert list(secrets_are_kept()) == [f"draw {confirmed.pk}"]


@pytest.mark.tampers
def test_another_chance_is_noticed(confirmed: Draw) -> None:
    changed(confirmed, "chances", lambda found: found["units"][0].__setitem__(2, 0))
    assert next(differences(Draw.objects.get())).startswith("chances: SHA-256 is ")


@pytest.mark.tampers
def test_a_seat_that_was_exchanged_is_noticed(confirmed: Draw) -> None:
    taken = Assignment.objects.order_by("pk")[0]
    seated = taken.dossier.assignments.values_list("expert_id", flat=True)
    other = taken.expert.__class__.objects.exclude(pk__in=list(seated)).first()
    assert other is not None
    was, taken.expert = taken.expert, other
    taken.save()
    assert list(differences(Draw.objects.get())) == [
        f"dossier {taken.dossier.uid}, expert {was.uid}: drawn and not assigned",
        f"dossier {taken.dossier.uid}, expert {other.uid}: assigned and not drawn",
    ]
    assert list(confirmed_draws_are_kept()) == [f"draw {confirmed.pk}"]


@pytest.mark.tampers
def test_a_record_that_is_gone_or_broken_is_noticed(confirmed: Draw) -> None:
    DrawRecord.objects.update(chances=b"not zlib")
    assert list(differences(Draw.objects.get())) == ["the record of the draw cannot be unpacked"]
    DrawRecord.objects.all().delete()
    assert list(differences(Draw.objects.get())) == ["the record of the draw is missing"]
    DrawnSeat.objects.all().delete()


@pytest.mark.parametrize("given_round", ["0", "nowhere", "00000000-0000-0000-0000-000000000007"])
def test_a_round_that_is_not_there_ends_with_two(db: None, given_round: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("replay_draw", given_round)
    assert error.value.returncode == 2


def test_a_round_without_a_draw_ends_with_two(db: None) -> None:
    with pytest.raises(CommandError) as error:
        call_command("replay_draw", str(running(officer()).pk))
    assert error.value.returncode == 2


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.sampled_from(["best", "fair", "drawn"]), st.text(min_size=1))
def test_bytes_and_seed_give_the_same_bytes(seed: int, mode: str, key: str) -> None:
    inputs = canonical(instance(seed, mode=mode))
    one, other = solved(inputs, sha256(key.encode())), solved(inputs, sha256(key.encode()))
    assert (one.outcome, one.chances, one.chosen) == (other.outcome, other.chances, other.chosen)
    assert bool(one.chances) == (mode == "drawn")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=9), st.binary(max_size=9))
def test_the_first_difference_is_where_the_two_part(one: bytes, other: bytes) -> None:
    at = first_difference(one, other)
    assert (at is None) == (one == other)
    if at is not None:
        assert one[:at] == other[:at]
        assert one[at : at + 1] != other[at : at + 1]
