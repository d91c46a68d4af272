"""How well experts fit proposals: TF-IDF over terms, likeness to each past work, the best three and the mean.

Terms count 1 + log of their number, weighed by how rare they are among the works of experts. The likeness is a cosine
whose work is taken to be nearer to the usual length than it is (pivoted length, Singhal et al. 1996): by the cosine
alone a title of one common word is as like as a long one that says all. The best work counts in full, each further one
two fifths of the one before: most experts of a real pool have one or two works, and a mean of three would set those
with one above those with more. (Chosen on awards of 2010, 2011 and 2014 and their authors, told on other years by
benchmarks/bench_matching.py.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from experts.affinity.words import phrases, terms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BEST, FADING, MEAN_WEIGHT = 3, 0.4, 0.25
# How much of a work's length is that of the usual work.
PIVOT = 0.6
CHUNK = 256


@dataclass(frozen=True)
class Found:
    """One expert for a proposal: position, score, the words in common."""

    expert: int
    score: float
    words: list[str]


class Pool:
    """Experts by their works, ready to be matched."""

    def __init__(self, experts: Sequence[Sequence[str]], pivot: float = PIVOT) -> None:
        """Take the works (titles, abstracts) of each expert; `pivot` is 0 for the plain cosine."""
        self.owner = np.repeat(np.arange(len(experts)), [len(works) for works in experts])
        self.works = np.bincount(self.owner, minlength=len(experts))
        counted = [Counter(terms(work)) for works in experts for work in works]
        self.numbers: dict[str, int] = {}
        for one in counted:
            for term in one:
                self.numbers.setdefault(term, len(self.numbers))
        plain = self._matrix(counted)
        frequency = np.bincount(plain.indices, minlength=len(self.numbers))
        self.rarity = np.log((1 + len(counted)) / (1 + frequency)) + 1
        self.matrix = _weighed(plain, self.rarity, pivot)
        self.turned = csr_array(self.matrix.T)

    def _matrix(self, counted: Sequence[Counter[str]]) -> csr_array:
        rows, columns, cells = [], [], []
        for at, one in enumerate(counted):
            for term, number in one.items():
                if term in self.numbers:
                    rows.append(at)
                    columns.append(self.numbers[term])
                    cells.append(number)
        values = 1 + np.log(np.array(cells, dtype=np.float64))
        return csr_array((values, (rows, columns)), shape=(len(counted), max(1, len(self.numbers))))

    def match(self, proposals: Sequence[str], top: int) -> Iterator[list[Found]]:
        """For each proposal its `top` experts with anything in common, best first, the earlier expert among equals."""
        for chunk in _chunks(proposals):
            vectors = self._vectors(chunk)
            scores = self._scores(vectors)
            for at, text in enumerate(chunk):
                row = slice(scores.indptr[at], scores.indptr[at + 1])
                yield self._best(text, vectors, at, (scores.indices[row], scores.data[row]), top)

    def scores(self, proposals: Sequence[str]) -> Iterator[csr_array]:
        """The scores alone, of all experts, as matrices of up to CHUNK proposals by experts."""
        for chunk in _chunks(proposals):
            yield self._scores(self._vectors(chunk))

    def explain(self, proposal: str, experts: Sequence[int]) -> list[tuple[list[str], list[int]]]:
        """For each expert (by position) the words in common, and the numbers of the best works, best first."""
        vectors = self._vectors([proposal])
        return [(self._words(proposal, vectors, 0, expert), self._best_works(vectors, expert)) for expert in experts]

    def _best_works(self, vectors: csr_array, expert: int) -> list[int]:
        first, last = np.searchsorted(self.owner, [expert, expert + 1])
        likeness = (self.matrix[first:last] @ vectors.T).toarray().ravel()
        order = np.argsort(-likeness, kind="stable")[:BEST]
        return [int(at) for at in order if likeness[at] > 0]

    def _vectors(self, texts: Sequence[str]) -> csr_array:
        return _weighed(self._matrix([Counter(terms(text)) for text in texts]), self.rarity)

    def _scores(self, vectors: csr_array) -> csr_array:
        """Proposals by experts: the best three likenesses, each fading, plus a share of the mean of all."""
        likeness = (vectors @ self.turned).tocoo()
        row, column = likeness.coords
        expert = self.owner[column]
        order = np.lexsort((-likeness.data, expert, row))
        row, expert, value = row[order], expert[order], likeness.data[order]
        new = np.append(True, (row[1:] != row[:-1]) | (expert[1:] != expert[:-1])) if len(row) else np.zeros(0, bool)
        start = np.flatnonzero(new)
        rank = np.arange(len(row)) - np.repeat(start, np.diff(np.append(start, len(row))))
        works = self.works[expert]
        share = np.where(rank < BEST, FADING**rank, 0.0) + MEAN_WEIGHT / works
        shape = (vectors.shape[0], len(self.works))
        return csr_array((value * share, (row, expert)), shape=shape)

    def _best(self, text: str, vectors: csr_array, at: int, found: tuple[Ints, Floats], top: int) -> list[Found]:
        experts, scores = found
        order = np.lexsort((experts, -np.round(scores, 9)))[:top]
        return [Found(int(experts[i]), round(float(scores[i]), 6), self._words(text, vectors, at, int(experts[i])))
                for i in order]  # fmt: skip

    def _words(self, text: str, vectors: csr_array, at: int, expert: int) -> list[str]:
        """The words of `text` that the expert's works share."""
        first, last = np.searchsorted(self.owner, [expert, expert + 1])
        known = self.matrix.indices[self.matrix.indptr[first] : self.matrix.indptr[last]]
        row = slice(vectors.indptr[at], vectors.indptr[at + 1])
        common = np.isin(vectors.indices[row], known)
        weight = dict(zip(vectors.indices[row][common].tolist(), vectors.data[row][common].tolist(), strict=True))
        return phrases(text, {term: weight[self.numbers[term]] for term in terms(text)
                              if self.numbers.get(term) in weight})  # fmt: skip


def _chunks(proposals: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(proposals), CHUNK):
        yield proposals[start : start + CHUNK]


def _weighed(matrix: csr_array, rarity: Floats, pivot: float = 0.0) -> csr_array:
    """Rows times rarity, of length 1; by `pivot` as if they were as long as the mean of all."""
    weighed = csr_array((matrix.data * rarity[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    usual = float(length[length > 0].mean()) if length.any() else 1.0
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(weighed.indptr))
    weighed.data /= (length + pivot * (usual - length))[rows]
    weighed.sort_indices()
    return weighed
