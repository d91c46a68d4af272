"""The assignment as one min-cost flow: proposal → home → institution → expert → sink, with priced shortage.

An unfilled seat and a unit below an expert's least load cost more than any chain of exchanges gains, so there is always
an answer, it fills what can be filled, and among those answers its score is the highest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from experts.draw.nest import Nest
from experts.draw.problem import NONE, Floats, Ints, Problem, count

FINEST, COARSEST = 1_000_000_000, 1_000
# OR-tools multiplies costs by the number of nodes and must stay within 63 bits.
LARGEST = 2**61
LONGEST_CHAIN, FIRST_LINKS = 1_000, 5
# One step of the coarsest cost: below it a missing seat would cost nothing in the solver's whole numbers.
LEAST_SPAN = 1 / COARSEST


class FlowError(RuntimeError):
    """The solver gave no answer to a problem that has one."""


@dataclass(frozen=True, eq=False)
class Terms:
    """How finely it is solved, and whether loads are to be even.

    units -- to the whole: 1, or 2^m to draw fractions; ceiling -- units for one pair at most;
    even -- what each review more costs an expert (in score; rising by as much each time), from `started` reviews on.
    """

    units: int = 1
    ceiling: int = 1
    even: float = 0.0
    started: Ints | None = None


WHOLE = Terms()


def terms_of(problem: Problem, units: int = 1, ceiling: int = 1) -> Terms:
    """How the problem asks to be solved, in `units` to the whole with `ceiling` for one pair at most."""
    return Terms(units, ceiling, problem.even, problem.started)


@dataclass(frozen=True, eq=False)
class Rest:
    """What the forced pairs leave: free pairs, seats, loads."""

    p: Ints
    e: Ints
    need: Ints
    most: Ints
    least: Ints


def rest(problem: Problem) -> Rest:
    """The problem without its forced pairs. They keep every rule, reading has seen to it."""
    fixed = problem.pairs.only(problem.forced)
    free = problem.pairs.only(~problem.forced)
    loads = count(fixed.e, len(problem.most))
    need = problem.need - count(fixed.p, len(problem.need))
    return Rest(free.p, free.e, need, problem.most - loads, np.maximum(problem.least - loads, 0))


class _Network:
    """Arcs gathered in bulk. Nodes: proposals, experts, the sink, then the sets."""

    def __init__(self, proposals: int, experts: int, sets: int) -> None:
        self.first_expert, self.sink = proposals, proposals + experts
        self.first_set, self.nodes = proposals + experts + 1, proposals + experts + 1 + sets
        self.parts: list[tuple[Any, Any, Any, Any]] = []

    def arcs(self, tail: Ints, head: Ints | int, capacity: Ints | int, cost: Ints | int) -> None:
        self.parts.append(tuple(np.broadcast_arrays(tail, head, capacity, cost)))  # type: ignore[arg-type]

    def solve(self, supply: Ints) -> Ints:
        """The flow on every arc in the order they were added."""
        solver = SimpleMinCostFlow()
        tail, head, capacity, cost = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
        solver.set_nodes_supplies(np.arange(len(supply)), supply)
        solver.set_node_supply(self.sink, -int(supply.sum()))
        if (status := solver.solve()) != solver.OPTIMAL:
            raise FlowError(str(status))
        return np.asarray(solver.flows(np.arange(len(tail))), dtype=np.int64)


def flow(problem: Problem, sets: Nest, score: Floats, terms: Terms = WHOLE) -> Ints:
    """The units on each free pair that make the sum of `score` greatest. `score` is by free pair.

    Whole seats where terms.units is 1, else fractions in 1/units. Sets must be of the same problem. A low price of
    shortage solves faster; where it leaves none but what each panel lacks by itself, a higher one changes nothing.
    """
    left, full = rest(problem), price_of(problem, score, terms)
    low = min(full, full / price_links(problem) * FIRST_LINKS)
    found = _solved(left, sets, score, terms, low)
    if low < full and not _settled(left, sets, found, terms):
        found = _solved(left, sets, score, terms, full)
    return found


def _solved(left: Rest, sets: Nest, score: Floats, terms: Terms, price: float) -> Ints:
    network = _Network(len(left.need), len(left.most), len(sets.cap))
    scale = fineness(score, (price + terms.even * (_busiest(left, terms) + 1)) * network.nodes)
    fine = np.rint(score * scale).astype(np.int64)
    tail = np.where(sets.inner == NONE, left.p, sets.inner + network.first_set)
    network.arcs(tail, left.e + network.first_expert, terms.ceiling, -fine)
    _sets(network, sets, terms.units)
    _shortage(network, left, terms.units, round(price * scale))
    _loads(network, left, terms, (round(price * scale), round(terms.even * scale)))
    return network.solve(left.need * terms.units)[: len(left.p)]


def _busiest(left: Rest, terms: Terms) -> int:
    return int(left.most.max(initial=0)) + (0 if terms.started is None else int(terms.started.max(initial=0)))


def _settled(left: Rest, sets: Nest, found: Ints, terms: Terms) -> bool:
    """Whether no answer fills more: every seat that its own panel can fill, every least load."""
    loads = np.bincount(left.e, weights=found, minlength=len(left.most))
    if (loads < left.least * terms.units).any():
        return False
    return bool(found.sum() >= reach(left, sets, terms).sum())


def reach(left: Rest, sets: Nest, terms: Terms) -> Ints:
    """The units each proposal could get had it all experts to itself."""
    inside = sets.inner != NONE
    held = np.bincount(sets.inner[inside], minlength=len(sets.cap)) * terms.ceiling
    inner = sets.around != NONE
    held[inner] = np.minimum(held[inner], sets.cap[inner] * terms.units)
    held += np.bincount(sets.around[inner], weights=held[inner], minlength=len(sets.cap)).astype(np.int64)
    held = np.minimum(held, sets.cap * terms.units)
    outer = np.bincount(sets.owner[~inner], weights=held[~inner], minlength=len(left.need)).astype(np.int64)
    plain = count(left.p[~inside], len(left.need)) * terms.ceiling
    return np.asarray(np.minimum(outer + plain, left.need * terms.units))


def price_links(problem: Problem) -> int:
    """The longest chain of exchanges that a missing seat must outweigh."""
    return min(2 * min(len(problem.need), len(problem.most)) + 2, LONGEST_CHAIN)


def price_of(problem: Problem, score: Floats, terms: Terms = WHOLE) -> float:
    """What a missing seat costs: more than any chain of exchanges can gain (of up to a thousand links)."""
    span = max(float(np.ptp(np.append(score, 0.0))), LEAST_SPAN)
    return (span + terms.even * (_busiest(rest(problem), terms) + 1)) * price_links(problem)


def fineness(score: Floats, reach: float) -> int:
    """How many steps make 1 of score: exact for scores of up to nine digits, as many as 63 bits hold otherwise.

    reach -- the greatest cost times the number of nodes.
    """
    for steps in (COARSEST, 1_000_000):
        if np.allclose(score * steps, np.rint(score * steps), rtol=0, atol=1e-5):
            return steps if reach * steps < LARGEST else max(1, int(LARGEST / reach))
    return max(1, min(FINEST, int(LARGEST / reach)))


def _sets(network: _Network, sets: Nest, units: int) -> None:
    above = np.where(sets.around == NONE, sets.owner, sets.around + network.first_set)
    network.arcs(above, np.arange(len(sets.cap)) + network.first_set, sets.cap * units, 0)


def _shortage(network: _Network, left: Rest, units: int, price: int) -> None:
    network.arcs(np.arange(len(left.need)), network.sink, left.need * units, price)


def _loads(network: _Network, left: Rest, terms: Terms, costs: tuple[int, int]) -> None:
    """Experts to the sink: the least load is rewarded, each further review may cost more than the one before."""
    price, even = costs
    expert = np.arange(len(left.most)) + network.first_expert
    if left.least.any():
        network.arcs(expert, network.sink, left.least * terms.units, -price)
    above = left.most - left.least
    if not even:
        network.arcs(expert, network.sink, above * terms.units, 0)
        return
    before = left.least if terms.started is None else left.least + terms.started
    step = np.arange(above.sum()) - np.repeat(np.cumsum(above) - above - before, above)
    network.arcs(np.repeat(expert, above), network.sink, terms.units, step * even)
