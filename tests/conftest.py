"""What every test shares. Real parts only; in CI a skipped test is a failed one."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache

pytest_plugins = ("tests.postgres", "tests.broker")

# How fast examples are made is the machine's affair, not the code's.
hypothesis.settings.register_profile("tala", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("tala")


# Folders whose tests share something that takes long to build: one worker runs all of each.
TOGETHER = ("tests/addresses/",)
# What takes minutes begins first, so that no worker is left alone with it at the end.
FIRST = (
    "tests/browser/test_way.py",
    "tests/addresses/",
    "tests/canaries/",
    "tests/browser/",
    "tests/portal/test_production.py",
    "tests/portal/demo/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module, or a folder of TOGETHER, is run by one worker as a whole; those of FIRST begin."""
    for item in items:
        module = item.nodeid.partition("::")[0]
        group = next((folder for folder in TOGETHER if module.startswith(folder)), module)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: next((at for at, part in enumerate(FIRST) if item.nodeid.startswith(part)), len(FIRST)))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """In CI turn a skip into a failure: whatever is missing there must be installed by .ci/run."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may skip: {report.longrepr}"


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """No test sees what another left in the cache: counters of requests, caches of figures."""
    cache.clear()


@pytest.fixture(autouse=True)
def _invariants_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that wrote through actions the cheap invariants are true."""
    marked = request.node.get_closest_marker("django_db") is not None
    fixture = next((name for name in ("transactional_db", "db") if name in request.fixturenames), None)
    if marked or fixture:
        request.getfixturevalue(fixture or "_django_db_helper")
    yield
    if not (marked or fixture) or request.node.get_closest_marker("tampers"):
        return
    from workflows.invariants import violations
    from workflows.models import JournalLink

    if JournalLink.objects.exists():
        assert list(violations(cheap_only=True)) == []


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, None]:
    """The same for a whole module that skips itself while it is collected."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may skip: {report.longrepr}"
