from __future__ import annotations

import zlib
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from experts.actions.assignment import assign_expert, decline, replace
from experts.actions.draw import (
    carry_out,
    commit_draw,
    compute_again,
    confirm_draw,
    propose,
    put_back,
    set_rules,
    start_draw,
    take_out,
    withdraw_draw,
)
from experts.actions.round import cancel_round, send_invitations
from experts.actions.ties import pin_conflict
from experts.draw.seed import commitment, seed_for
from experts.enums import PinVerdict
from experts.invariants import confirmed_draws_are_kept
from experts.models import Assignment, Departure, Draw, DrawRules, ReviewRound
from experts.planning.replay import differences
from experts.queries.draw import fingerprint, kept_seats, lacks
from tests.factories.directory import auditor, decision_maker, expert, officer
from tests.factories.experts import expert_user, handed_in, planned, profile_of, running
from tests.races import race
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Refused, Stale
from workflows.models import JournalEntry, OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def round_of(boss: Any, dossiers: int = 2, experts: int = 4, mode: str = "best", **fields: Any) -> ReviewRound:
    for _one in range(experts):
        expert_user()
    found = running(boss, *(handed_in(number, boss) for number in range(1, dossiers + 1)), **fields)
    DrawRules.objects.create(round=found, mode=mode)
    return found


def laid_out(boss: Any, review_round: ReviewRound) -> Draw:
    draw = commit_draw(review_round=review_round, by=boss)
    start_draw(draw=draw, by=boss)
    return carry_out(draw=draw)


def seen_of(draw: Draw) -> str:
    return fingerprint(draw, kept_seats(draw))


def pairs(rows: Any) -> set[tuple[int, int]]:
    return set(rows.values_list("dossier_id", "expert_id"))


def refused_by_its_expert(assignment: Assignment) -> None:
    assignment.refresh_from_db()
    user = assignment.expert.person.user
    assert user is not None
    decline(assignment=assignment, by=user, note="时间冲突")


def test_a_draw_is_committed_computed_by_the_relay_and_confirmed_as_one_unit() -> None:
    boss = officer()
    review_round = round_of(boss, experts_per_dossier=2)
    draw = commit_draw(review_round=review_round, by=boss)
    start_draw(draw=draw, by=boss)
    run_once()
    draw.refresh_from_db()
    assert (draw.state, draw.progress, draw.seats.count()) == ("drawn", 100, 4)
    assert len(set(draw.seats.values_list("expert_id", flat=True))) == 4
    made = confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    assert pairs(Assignment.objects.filter(pk__in=[one.pk for one in made])) == pairs(draw.seats)
    assert {(one.state, one.draw_id) for one in Assignment.objects.all()} == {("drawn", draw.pk)}


def test_only_an_officer_commits_starts_confirms_and_takes_out() -> None:
    boss = officer()
    review_round = round_of(boss)
    draw = laid_out(boss, review_round)
    seat = draw.seats.first()
    assert seat is not None
    for other in (auditor(), decision_maker(), expert()):
        with pytest.raises(NotAllowed):
            commit_draw(review_round=review_round, by=other)
        with pytest.raises(NotAllowed):
            confirm_draw(draw=draw, seen=seen_of(draw), by=other)
        with pytest.raises(NotAllowed):
            take_out(seat=seat, reason="不合适", by=other)
        with pytest.raises(NotAllowed):
            withdraw_draw(draw=draw, by=other, note="不合适")


def test_one_draw_is_open_at_a_time_and_only_in_a_running_round() -> None:
    boss = officer()
    review_round = round_of(boss)
    draw = commit_draw(review_round=review_round, by=boss)
    with pytest.raises(Refused) as refused:
        commit_draw(review_round=review_round, by=boss)
    assert refused.value.codes == ["draw_open"]
    withdraw_draw(draw=draw, by=boss, note="规则要改")
    assert commit_draw(review_round=review_round, by=boss).number == 2
    with pytest.raises(Refused) as refused:
        commit_draw(review_round=planned(boss), by=boss)
    assert refused.value.codes == ["round_not_running"]


def test_the_secret_is_published_as_a_digest_first_and_revealed_with_the_confirmation() -> None:
    boss = officer()
    review_round = round_of(boss, mode="drawn")
    draw = commit_draw(review_round=review_round, by=boss)
    entry = JournalEntry.objects.get(action="experts.draw.commit")
    assert (entry.data["commitment"], draw.nonce in str(entry.data)) == (commitment(draw.nonce), False)
    start_draw(draw=draw, by=boss)
    carry_out(draw=draw)
    assert draw.seed == seed_for(draw.nonce, str(review_round.uid), draw.inputs_sha256)
    assert draw.revealed == ""
    confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    assert draw.revealed == draw.nonce
    assert JournalEntry.objects.get(action="experts.draw.confirm").data["nonce"] == draw.nonce


def test_a_withdrawn_draw_stays_with_its_reason_and_its_secret() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    with pytest.raises(Refused) as refused:
        withdraw_draw(draw=draw, by=boss, note=" ")
    assert refused.value.codes == ["note_required"]
    withdraw_draw(draw=draw, by=boss, note="漏排一名回避专家")
    assert (draw.state, draw.revealed, Assignment.objects.count()) == ("withdrawn", draw.nonce, 0)


def test_what_was_looked_at_is_what_is_confirmed() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    seen = seen_of(draw)
    seat = draw.seats.first()
    assert seat is not None
    take_out(seat=seat, reason="近期出国", by=boss)
    with pytest.raises(Stale):
        confirm_draw(draw=draw, seen=seen, by=boss)
    assert Assignment.objects.count() == 0
    confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    assert pairs(Assignment.objects.all()) == pairs(draw.seats) - {(seat.dossier_id, seat.expert_id)}


def test_taking_a_seat_out_needs_a_reason_once_and_an_open_draw() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    first, second = draw.seats.all()
    with pytest.raises(Refused) as refused:
        take_out(seat=first, reason="  ", by=boss)
    assert refused.value.codes == ["field:reason"]
    take_out(seat=first, reason="近期出国", by=boss)
    with pytest.raises(Refused) as refused:
        take_out(seat=first, reason="近期出国", by=boss)
    assert refused.value.codes == ["taken_out"]
    confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    with pytest.raises(Refused) as refused:
        take_out(seat=second, reason="近期出国", by=boss)
    assert refused.value.codes == ["draw_not_open"]
    assert [(one.kind, one.reason, one.by) for one in Departure.objects.all()] == [("out", "近期出国", boss)]


def test_a_seat_taken_out_can_be_put_back_and_taken_out_again_with_each_reason_kept() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    first, second = draw.seats.all()
    with pytest.raises(Refused) as refused:
        put_back(seat=first, reason="误操作", by=boss)
    assert refused.value.codes == ["not_taken_out"]
    with pytest.raises(NotAllowed):
        put_back(seat=first, reason="误操作", by=auditor())
    for seat in (first, second):
        take_out(seat=seat, reason="近期出国", by=boss)
    put_back(seat=first, reason="行程取消", by=boss)
    assert kept_seats(draw) == [first]
    put_back(seat=second, reason="误操作", by=boss)
    take_out(seat=second, reason="确认出国", by=boss)
    confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    assert pairs(Assignment.objects.all()) == {(first.dossier_id, first.expert_id)}
    assert [one.kind for one in Departure.objects.all()] == ["out", "out", "restored", "restored", "out"]
    assert list(differences(draw)) == []
    assert list(confirmed_draws_are_kept()) == []


def contradictory(boss: Any) -> Draw:
    """A draw that was committed to with rules that its mode cannot keep."""
    review_round = round_of(boss, mode="fair")
    DrawRules.objects.update(least_kinds={"law": 1})
    draw = commit_draw(review_round=review_round, by=boss)
    return start_draw(draw=draw, by=boss)


def test_a_draw_that_fails_says_why_and_can_be_computed_again_with_the_same_secret() -> None:
    boss = officer()
    draw = contradictory(boss)
    secret = draw.nonce
    run_once()
    draw.refresh_from_db()
    assert (draw.state, draw.failure, draw.seats.count()) == ("failed", "fault", 0)
    assert "mode best only" in draw.failure_detail
    assert OutboxMessage.objects.get(kind="experts.draw").state == "done"
    with pytest.raises(Refused) as refused:
        commit_draw(review_round=draw.round, by=boss)
    assert refused.value.codes == ["draw_open"]
    with pytest.raises(NotAllowed):
        compute_again(draw=draw, by=auditor())

    Draw.objects.update(rules={**draw.rules, "least_kinds": {}})
    compute_again(draw=draw, by=boss)
    assert (draw.state, draw.failure, draw.failure_detail) == ("computing", "", "")
    run_once()
    draw.refresh_from_db()
    assert (draw.state, draw.nonce, draw.seats.count()) == ("drawn", secret, 2)
    assert list(differences(draw)) == []


def test_a_draw_is_computed_again_only_when_nobody_does_it() -> None:
    boss = officer()
    draw = commit_draw(review_round=round_of(boss), by=boss)
    start_draw(draw=draw, by=boss)
    with pytest.raises(Refused) as refused:
        compute_again(draw=draw, by=boss)
    assert refused.value.codes == ["draw_computing"]
    OutboxMessage.objects.filter(kind="experts.draw").update(state="dead")
    compute_again(draw=draw, by=boss)
    run_once()
    draw.refresh_from_db()
    assert (draw.state, OutboxMessage.objects.filter(kind="experts.draw").count()) == ("drawn", 2)


def test_a_failed_draw_is_withdrawn_with_its_reason() -> None:
    boss = officer()
    draw = contradictory(boss)
    carry_out(draw=draw)
    withdraw_draw(draw=draw, by=boss, note="规则要改")
    assert (draw.state, draw.revealed) == ("withdrawn", draw.nonce)


def test_a_conflict_that_arose_since_refuses_the_whole_plan_and_names_it() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    seat = draw.seats.select_related("dossier", "expert__person").first()
    assert seat is not None
    pin_conflict(dossier=seat.dossier, expert=seat.expert, verdict=PinVerdict.KEEP_AWAY, reason="举报", by=boss)
    with pytest.raises(Refused) as refused:
        confirm_draw(draw=draw, seen=seen_of(draw), by=boss)
    assert refused.value.codes == ["PINNED"]
    assert refused.value.reasons[0].text == f"{seat.expert}，《{seat.dossier.title}》：举报"
    assert (Assignment.objects.count(), Draw.objects.get().state) == (0, "drawn")


def test_who_declined_is_not_drawn_again_and_a_replacement_is_invited_at_once() -> None:
    boss = officer()
    review_round = round_of(boss, dossiers=1, experts=2)
    first = propose(review_round=review_round, by=boss)[0]
    send_invitations(review_round=review_round, by=boss)
    refused_by_its_expert(first)
    second = propose(review_round=review_round, by=boss)[0]
    second.refresh_from_db()
    assert (second.expert_id == first.expert_id, second.state) == (False, "invited")
    assert [draw.number for draw in review_round.draws.all()] == [2, 1]
    refused_by_its_expert(second)
    assert propose(review_round=review_round, by=boss) == []
    assert [(one.missing, str(one.binding)) for one in lacks(review_round.draws.all()[0])] == [(1, "回避")]


def test_seats_that_are_taken_count_for_the_rules_of_a_replacement() -> None:
    boss = officer()
    review_round = round_of(boss, dossiers=1, experts=3, experts_per_dossier=2)
    chosen = profile_of(expert_user())
    dossier = review_round.dossiers.get()
    assign_expert(dossier=dossier, expert=chosen, by=boss)
    draw = laid_out(boss, review_round)
    assert draw.seats.count() == 1
    assert not draw.seats.filter(expert=chosen).exists()


def test_where_lots_bind_a_seat_given_by_hand_needs_a_reason_and_is_told_for_good() -> None:
    boss = officer()
    review_round = round_of(boss, dossiers=1, experts=1, mode="drawn")
    late = profile_of(expert_user())
    propose(review_round=review_round, by=boss)
    seat = Assignment.objects.get()
    other = late if seat.expert_id != late.pk else seat.expert.__class__.objects.exclude(pk=late.pk).first()
    assert other is not None
    dossier = review_round.dossiers.get()
    with pytest.raises(Refused) as refused:
        assign_expert(dossier=dossier, expert=other, by=boss)
    assert refused.value.codes == ["field:reason"]
    assert Assignment.objects.count() == 1
    assign_expert(dossier=dossier, expert=other, by=boss, reason="缺少财务专家")
    assert [(one.kind, one.expert_id, one.reason) for one in Departure.objects.all()] == [
        ("in", other.pk, "缺少财务专家")
    ]


@pytest.mark.parametrize(("mode", "told"), [("drawn", [("back", "未答复")]), ("best", [])])
def test_where_lots_bind_a_seat_taken_back_is_told_too(mode: str, told: list[tuple[str, str]]) -> None:
    boss = officer()
    (seat,) = propose(review_round=round_of(boss, dossiers=1, experts=2, mode=mode), by=boss)
    replace(assignment=seat, by=boss, note="未答复")
    assert [(one.kind, one.reason) for one in Departure.objects.all()] == told


@pytest.mark.parametrize("reason", [" ", "长" * 501])
def test_a_reason_is_said_and_fits(reason: str) -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    seat = draw.seats.first()
    assert seat is not None
    with pytest.raises(Refused) as refused:
        take_out(seat=seat, reason=reason, by=boss)
    assert refused.value.codes == ["field:reason"]


def test_a_draw_that_is_delivered_twice_is_computed_once() -> None:
    boss = officer()
    draw = laid_out(boss, round_of(boss))
    before = (draw.version, zlib.decompress(draw.record.outcome))
    carry_out(draw=Draw.objects.get())
    run_once()
    draw = Draw.objects.get()
    assert (draw.version, zlib.decompress(draw.record.outcome)) == before
    assert OutboxMessage.objects.get(kind="experts.draw").state == "done"


def test_the_system_takes_no_step_of_an_officer() -> None:
    boss = officer()
    draw = commit_draw(review_round=round_of(boss), by=boss)
    with pytest.raises(NotAllowed):
        start_draw(draw=draw, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_confirm_at_once_one_does() -> None:
    boss, other = officer(), officer()
    draw = laid_out(boss, round_of(boss))
    seen = seen_of(draw)
    found = race(
        [lambda by=by: confirm_draw(draw=Draw.objects.get(), seen=seen, by=by) for by in (boss, other)]  # type: ignore[misc]
    )
    assert sorted(found) == ["done", "wrong_state"]
    assert Assignment.objects.count() == draw.seats.count()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_commit_at_once_one_does() -> None:
    boss, other = officer(), officer()
    review_round = round_of(boss)
    found = race([lambda by=by: commit_draw(review_round=review_round, by=by) for by in (boss, other)])  # type: ignore[misc]
    assert sorted(found) == ["done", "draw_open"]
    assert Draw.objects.count() == 1


def test_the_page_of_a_draw_does_not_tell_the_secret_early(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    boss = officer()
    draw = laid_out(boss, round_of(boss, mode="drawn"))
    client.force_login(auditor())
    page = client.get(f"/bench/draws/{draw.uid}/").content.decode()
    assert (draw.commitment in page, draw.nonce in page, draw.seed in page) == (True, False, False)


def rules(review_round: ReviewRound, **values: Any) -> DrawRules:
    return DrawRules(round=review_round, **values)


def test_rules_are_set_journaled_and_frozen_by_a_draw_until_it_is_withdrawn() -> None:
    boss = officer()
    review_round = round_of(boss)
    set_rules(review_round=review_round, rules=rules(review_round, mode="fair", outside_percent=0), by=boss)
    kept = DrawRules.objects.get()
    assert (kept.mode, kept.outside_percent) == ("fair", 0)
    entry = JournalEntry.objects.get(action="experts.draw.rules")
    assert entry.data == {"changed": {"mode": ["best", "fair"], "outside_percent": [50, 0]}}
    draw = commit_draw(review_round=review_round, by=boss)
    with pytest.raises(Refused) as refused:
        set_rules(review_round=review_round, rules=rules(review_round), by=boss)
    assert refused.value.codes == ["rules_frozen"]
    withdraw_draw(draw=draw, by=boss, note="规则要改")
    set_rules(review_round=review_round, rules=rules(review_round), by=boss)
    assert (draw.rules["mode"], DrawRules.objects.get().mode) == ("fair", "best")


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"mode": "drawn", "probability_cap": Decimal(0)}, ["field:probability_cap"]),
        ({"mode": "drawn", "least_kinds": {"industry": 1}}, ["field:mode"]),
        ({"least_kinds": {"industry": 2}}, ["field:least_kinds"]),
        ({"most_each": 2, "least_each": 3}, ["field:least_each"]),
        ({"mode": "fair", "least_kinds": {"law": 2}}, ["field:mode", "field:least_kinds"]),
    ],
)
def test_rules_that_cannot_be_kept_are_refused_all_at_once(values: dict[str, Any], codes: list[str]) -> None:
    boss = officer()
    review_round = planned(boss)
    with pytest.raises(Refused) as refused:
        set_rules(review_round=review_round, rules=rules(review_round, **values), by=boss)
    assert refused.value.codes == codes
    assert DrawRules.objects.count() == 0


def test_nobody_else_sets_rules_and_not_in_a_round_that_is_over() -> None:
    boss = officer()
    review_round = planned(boss)
    with pytest.raises(NotAllowed):
        set_rules(review_round=review_round, rules=rules(review_round), by=auditor())
    cancel_round(review_round=review_round, by=boss, note="取消")
    with pytest.raises(Refused) as refused:
        set_rules(review_round=review_round, rules=rules(review_round), by=boss)
    assert refused.value.codes == ["round_not_running"]


def test_each_panel_has_the_kinds_that_the_rules_ask_for_or_the_draw_says_which_lacks_them() -> None:
    boss = officer()
    review_round = round_of(boss, dossiers=2, experts=4, experts_per_dossier=2)
    financier = profile_of(expert_user(kinds=["finance"], keywords=["会计"], max_load=1))
    wanted = rules(review_round, least_kinds={"finance": 1})
    set_rules(review_round=review_round, rules=wanted, by=boss)
    draw = laid_out(boss, review_round)
    assert draw.seats.filter(expert=financier).count() == 1
    assert [(one.missing, str(one.binding), one.of_kind) for one in lacks(draw)] == [(1, "财务专家", True)]
    assert list(differences(draw)) == []


def test_reviews_per_expert_stay_between_the_bounds() -> None:
    boss = officer()
    review_round = round_of(boss, dossiers=4, experts=4)
    set_rules(review_round=review_round, rules=rules(review_round, most_each=1, least_each=1), by=boss)
    draw = laid_out(boss, review_round)
    assert len(set(draw.seats.values_list("expert_id", flat=True))) == draw.seats.count() == 4
