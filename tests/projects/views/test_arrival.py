from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from projects.views.arrival import arrival

NOW = dt.datetime(2027, 1, 31, 16, 0, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("header", "trusted", "seconds_ago"),
    [
        (f"t={NOW.timestamp() - 7:.3f}", True, 7),
        (f"{NOW.timestamp() - 7:.0f}", True, 7),
        (f"t={NOW.timestamp() - 7:.3f}", False, 0),
        (f"t={NOW.timestamp() + 60:.3f}", True, 0),
        (f"t={NOW.timestamp() - 3600:.3f}", True, 0),
        ("yesterday", True, 0),
    ],
)
def test_the_stamp_of_a_trusted_proxy_counts_when_it_is_believable(
    settings: Any, header: str, *, trusted: bool, seconds_ago: int
) -> None:
    settings.TRUST_REQUEST_START = trusted
    with time_machine.travel(NOW, tick=False):
        found = arrival(RequestFactory().post("/", headers={"X-Request-Start": header}))
    assert found == NOW - dt.timedelta(seconds=seconds_ago)
