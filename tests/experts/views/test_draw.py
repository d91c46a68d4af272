from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.draw import carry_out, propose
from experts.models import Assignment, Departure, Draw, DrawRules, ReviewRound
from tests.factories.directory import auditor, officer
from tests.factories.experts import expert_user, handed_in, running
from workflows.models import OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def round_of(boss: User, count: int = 2, mode: str = "best") -> ReviewRound:
    for _one in range(count):
        expert_user()
    found = running(boss, *(handed_in(number, boss) for number in range(1, count + 1)))
    DrawRules.objects.create(round=found, mode=mode)
    return found


def begun(boss: User, review_round: ReviewRound) -> Draw:
    client_of(boss).post(reverse("round_plan", args=[review_round.uid]))
    return Draw.objects.get()


def drawn(boss: User, review_round: ReviewRound) -> Draw:
    return carry_out(draw=begun(boss, review_round))


def test_an_officer_plans_waits_looks_changes_and_confirms() -> None:
    boss = officer()
    client, draw = client_of(boss), begun(boss, round_of(boss))
    address = reverse("draw", args=[draw.uid])
    waiting = client.get(address)
    assert (waiting.headers["Refresh"], draw.state) == ("3", "computing")
    run_once()
    page = client.get(address)
    assert "Refresh" not in page.headers
    (_dossier, [(seat, _out)]), *_more = page.context["rows"]
    out = reverse("draw_take_out", args=[draw.uid, seat.pk])
    assert client.get(out).status_code == 200
    assert client.post(out, {"reason": "近期出国"}).status_code == 302
    stale = client.post(reverse("draw_confirm", args=[draw.uid]), {"seen": page.context["seen"]})
    assert (stale.status_code, Assignment.objects.count()) == (409, 0)
    answer = client.post(reverse("draw_confirm", args=[draw.uid]), {"seen": stale.context["seen"]})
    assert (answer.headers["Location"], Assignment.objects.count()) == (reverse("round", args=[draw.round.uid]), 1)
    assert "近期出国" in client.get(reverse("round", args=[draw.round.uid])).content.decode()


def test_lots_are_drawn_in_two_steps() -> None:
    boss = officer()
    draw = begun(boss, round_of(boss, mode="drawn"))
    client = client_of(boss)
    assert draw.state == "committed"
    assert draw.commitment in client.get(reverse("round", args=[draw.round.uid])).content.decode()
    client.post(reverse("draw_step", args=[draw.uid, "start"]))
    run_once()
    page = client.get(reverse("draw", args=[draw.uid]))
    assert (page.context["draw"].state, page.context["count"]) == ("drawn", 2)


def test_a_failure_is_told_with_a_button_to_start_again_and_stands_in_the_inbox() -> None:
    boss = officer()
    review_round = round_of(boss, mode="fair")
    DrawRules.objects.update(least_kinds={"law": 1})
    draw, client = begun(boss, review_round), client_of(boss)
    address = reverse("draw", args=[draw.uid])
    assert "正在汇集候选专家" in client.get(address).content.decode()
    run_once()
    page = client.get(address)
    again = reverse("draw_step", args=[draw.uid, "again"])
    assert "Refresh" not in page.headers
    for told in ("抽取依据的数据相互矛盾", "mode best only", again):
        assert told in page.content.decode()
    assert again not in client_of(auditor()).get(address).content.decode()
    assert "专家抽取计算失败" in client.get(reverse("inbox")).content.decode()
    assert "抽取依据的数据相互矛盾" in client.get(reverse("round", args=[review_round.uid])).content.decode()
    Draw.objects.update(rules={**draw.rules, "least_kinds": {}})
    assert client.post(again).status_code == 302
    run_once()
    assert client.get(address).context["count"] == 2


def test_work_that_was_given_up_is_told_and_can_be_started_again() -> None:
    boss = officer()
    draw, client = begun(boss, round_of(boss)), client_of(boss)
    OutboxMessage.objects.filter(kind="experts.draw").update(state="dead")
    page = client.get(reverse("draw", args=[draw.uid]))
    assert "Refresh" not in page.headers
    assert "计算多次中断" in page.content.decode()
    assert client.post(reverse("draw_step", args=[draw.uid, "again"])).status_code == 302
    run_once()
    assert Draw.objects.get().state == "drawn"


def test_a_seat_is_taken_out_and_put_back_on_the_page() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    client, seat = client_of(boss), draw.seats.all()[0]
    out, back = (reverse(name, args=[draw.uid, seat.pk]) for name in ("draw_take_out", "draw_put_back"))
    page = reverse("draw", args=[draw.uid])
    assert client.post(back, {"reason": "误操作"}).status_code == 409
    client.post(out, {"reason": "近期出国"})
    assert back in client.get(page).content.decode()
    assert client.post(back, {"reason": " "}).status_code == 200
    assert client.post(back, {"reason": "行程取消"}).status_code == 302
    told = client.get(page)
    assert (told.context["count"], "行程取消" in told.content.decode()) == (2, True)


def test_a_second_draw_is_refused_and_says_why() -> None:
    boss = officer()
    review_round = round_of(boss)
    begun(boss, review_round)
    answer = client_of(boss).post(reverse("round_plan", args=[review_round.uid]))
    assert (answer.status_code, Draw.objects.count()) == (409, 1)


def test_the_parts_are_handed_out_once_the_secret_is_known() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    client = client_of(auditor())
    address = reverse("draw_part", args=[draw.uid, "inputs"])
    assert client.get(address).status_code == 404
    client_of(boss).post(reverse("draw_step", args=[draw.uid, "withdraw"]), {"note": "重新抽取"})
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["round"] == str(draw.round.uid)
    assert client.get(reverse("draw_part", args=[draw.uid, "nonce"])).status_code == 404


def test_an_auditor_looks_and_changes_nothing() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    client, seat = client_of(auditor()), draw.seats.all()[0]
    assert client.get(reverse("draw", args=[draw.uid])).status_code == 200
    for address in ("draw_confirm", "draw_take_out"):
        args: list[Any] = [draw.uid, seat.pk] if address == "draw_take_out" else [draw.uid]
        assert client.post(reverse(address, args=args), {"reason": "x"}).status_code == 404
    assert (Assignment.objects.count(), Departure.objects.count()) == (0, 0)


def test_an_expert_finds_no_draw() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    client = client_of(expert_user())
    assert [client.get(reverse(name, args=[draw.uid])).status_code for name in ("draw", "draw_confirm")] == [404, 404]


def test_taking_out_without_a_reason_keeps_the_seat() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    seat = draw.seats.all()[0]
    page = client_of(boss).post(reverse("draw_take_out", args=[draw.uid, seat.pk]), {"reason": " "})
    assert (page.status_code, page.context["form"].errors.as_data().keys()) == (200, {"reason"})
    assert Departure.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_draw_costs_the_same_for_one_seat_and_three(
    count: int, django_assert_max_num_queries: Any
) -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss, count))
    client = client_of(boss)
    with django_assert_max_num_queries(24):
        assert client.get(reverse("draw", args=[draw.uid])).status_code == 200


def test_a_seat_by_hand_where_lots_bind_is_given_with_its_reason() -> None:
    boss = officer()
    review_round = round_of(boss, 1, mode="drawn")
    other = expert_user()
    propose(review_round=review_round, by=boss)
    client, dossier = client_of(boss), review_round.dossiers.get()
    address = reverse("dossier_assign", args=[dossier.uid])
    free = [one.expert for one in client.get(address).context["free"]]
    seated = set(Assignment.objects.values_list("expert_id", flat=True))
    chosen = next(one for one in free if one.pk not in seated)
    assert client.post(address, {"expert": chosen.uid}).status_code == 409
    assert client.post(address, {"expert": chosen.uid, "reason": "缺少财务专家"}).status_code == 302
    assert (Departure.objects.get().reason, other.person is None) == ("缺少财务专家", False)


TYPED = {
    "mode": "best",
    "probability_cap": "0.75",
    "most_per_organisation": "",
    "outside_percent": "40",
    "least_each": "0",
    "even_load": "on",
    "kind_industry": "1",
}


def test_the_rules_are_typed_kept_and_shown() -> None:
    boss = officer()
    review_round = round_of(boss)
    client, address = client_of(boss), reverse("round_rules", args=[review_round.uid])
    assert client.get(address).context["form"].initial["outside_percent"] == 50
    assert client.post(address, TYPED).status_code == 302
    kept = DrawRules.objects.get()
    assert (kept.most_per_organisation, kept.outside_percent, kept.least_kinds) == (None, 40, {"industry": 1})
    assert "≥ 40 %" in client.get(reverse("round", args=[review_round.uid])).content.decode()


def test_rules_that_do_not_go_together_are_refused_and_what_was_typed_stays() -> None:
    boss = officer()
    review_round = round_of(boss)
    address = reverse("round_rules", args=[review_round.uid])
    page = client_of(boss).post(address, TYPED | {"mode": "drawn"})
    assert (page.status_code, page.context["form"]["outside_percent"].value()) == (409, "40")
    page = client_of(boss).post(address, TYPED | {"outside_percent": "101"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["outside_percent"])
    assert DrawRules.objects.get().outside_percent == 50


def test_a_draw_waits_in_the_inbox_of_officers_until_it_is_confirmed() -> None:
    boss = officer()
    draw = drawn(boss, round_of(boss))
    client, address = client_of(boss), reverse("draw", args=[draw.uid])
    assert address in client.get(reverse("inbox")).content.decode()
    client.post(reverse("draw_confirm", args=[draw.uid]), {"seen": client.get(address).context["seen"]})
    assert address not in client.get(reverse("inbox")).content.decode()


def test_a_round_is_shown_a_page_at_a_time_and_counted_whole() -> None:
    boss = officer()
    review_round = running(boss, *(handed_in(number, boss) for number in range(30)))
    page = client_of(boss).get(reverse("round", args=[review_round.uid]), {"page": "2"})
    assert (len(page.context["rows"]), page.context["lacking"]) == (5, 30)
