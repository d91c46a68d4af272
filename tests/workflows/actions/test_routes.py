from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from directory.models import Organisation, User
from tests.factories.directory import OrganisationFactory
from workflows import routes
from workflows.actions.routes import StepPlan, decide, start_route
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Refused
from workflows.models import Route, RouteDecision
from workflows.routes import RouteKind, open_step, open_steps, without_voice_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended() -> Iterator[list[str]]:
    """A kind at whose steps everybody has a voice whose address begins with the step's role."""
    seen: list[str] = []
    routes.register(
        RouteKind(
            "toy",
            may=lambda user, step, subject: user.email.startswith(step.role),
            on_approved=lambda route: seen.append("approved"),
            on_refused=lambda route: seen.append("refused"),
            on_returned=lambda route: seen.append("returned"),
        )
    )
    yield seen
    del routes.KINDS["toy"]


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory.create()


def person(role: str, number: int = 1) -> User:
    return User.objects.get_or_create(email=f"{role}{number}@example.org")[0]


def begin(organisation: Organisation, quorum: int = 2) -> Route:
    steps = [StepPlan("clerk", "Clerks", quorum=quorum), StepPlan("chief", "Chief")]
    return start_route(subject=organisation, kind="toy", steps=steps, by=person("starter"))


def say(route: Route, verdict: Verdict, by: User, note: str = "") -> None:
    step = open_step(route)
    assert step is not None
    decide(step=step, verdict=verdict, by=by, note=note)


def test_steps_pass_in_order_by_their_quorum(organisation: Organisation, ended: list[str]) -> None:
    route = begin(organisation)
    say(route, Verdict.APPROVE, person("clerk", 1))
    assert [step.order for step in open_steps("toy")] == [1]
    assert list(without_voice_of(open_steps("toy"), person("clerk", 1))) == []
    say(route, Verdict.APPROVE, person("clerk", 2))
    assert [step.order for step in open_steps("toy")] == [2]
    say(route, Verdict.APPROVE, person("chief"))

    assert (Route.objects.get().state, ended) == ("approved", ["approved"])


def test_one_person_has_one_voice(organisation: Organisation, ended: list[str]) -> None:
    route = begin(organisation)
    say(route, Verdict.APPROVE, person("clerk"))
    with pytest.raises(Refused) as refusal:
        say(route, Verdict.REFUSE, person("clerk"))

    assert refusal.value.codes == ["one_voice", "note_required"]
    assert RouteDecision.objects.count() == 1


def test_a_later_step_waits_and_strangers_have_no_voice(organisation: Organisation, ended: list[str]) -> None:
    route = begin(organisation)
    with pytest.raises(Refused) as refusal:
        decide(step=route.steps.get(order=2), verdict=Verdict.APPROVE, by=person("chief"))
    assert refusal.value.codes == ["wrong_step"]
    with pytest.raises(NotAllowed):
        say(route, Verdict.APPROVE, person("chief"))


def test_a_refusal_ends_the_route(organisation: Organisation, ended: list[str]) -> None:
    route = begin(organisation)
    say(route, Verdict.REFUSE, person("clerk"), "材料不实")

    route.refresh_from_db()
    assert (route.state, ended, open_step(route)) == ("refused", ["refused"], None)


def test_a_return_voids_the_approvals_and_a_new_run_begins(organisation: Organisation, ended: list[str]) -> None:
    route = begin(organisation, quorum=1)
    say(route, Verdict.APPROVE, person("clerk"))
    say(route, Verdict.RETURN, person("chief"), "补充预算说明")

    assert list(RouteDecision.objects.values_list("verdict", "void")) == [("approve", True), ("return", False)]
    again = begin(organisation, quorum=1)
    assert (open_step(again), ended) == (again.steps.get(order=1), ["returned"])


def test_of_one_subject_one_route_is_open(organisation: Organisation, ended: list[str]) -> None:
    begin(organisation)
    with pytest.raises(Refused) as refusal:
        begin(organisation)

    assert refusal.value.codes == ["route_open"]


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_pass_a_step_once(ended: list[str]) -> None:
    route = begin(OrganisationFactory.create(), quorum=1)
    clerks = [person("clerk", number) for number in (1, 2)]
    step = open_step(route)
    assert step is not None
    barrier, answers = threading.Barrier(2), []

    def vote(clerk: User) -> None:
        barrier.wait()
        try:
            decide(step=step, verdict=Verdict.APPROVE, by=clerk)
            answers.append(["done"])
        except Refused as refusal:
            answers.append(refusal.codes)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [["done"], ["wrong_step"]]
    assert RouteDecision.objects.count() == 1
