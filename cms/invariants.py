"""What is always true of the public site."""

from __future__ import annotations

from collections.abc import Iterator

from cms.queries.seals import site_faults
from workflows.invariants import invariant


@invariant(
    "cms.sealed",
    "every live page and the site's foot are what was put live, and none is missing",
    cheap=False,
)
def sealed() -> Iterator[str]:
    yield from site_faults()
