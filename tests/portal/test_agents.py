"""Browsers are told apart although they call themselves by each other's names."""

from __future__ import annotations

import pytest

from portal.agents import device

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/120.0.0.0 Safari/537.36", "Chrome 120, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/120.0.0.0 Safari/537.36 Edg/121.0", "Edge 121, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128, Linux"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) AppleWebKit/605.1 Version/17.1 Safari/605",
            "Safari 17, macOS",
        ),
        (f"Mozilla/5.0 (Linux; Android 14) {KIT} Chrome/116.0 Mobile MicroMessenger/8.0.44", "WeChat 8, Android"),
        ("curl/8.5", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_said_in_a_few_words(agent: str, said: str) -> None:
    assert device(agent) == said
