"""What runs in production is what was tested: the lock of the image is part of the lock of the suite."""

from __future__ import annotations

import re
import tomllib

from django.conf import settings

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str]]:
    return set(PIN.findall((settings.BASE_DIR / name).read_text()))


def test_the_runtime_lock_holds_every_dependency_at_the_version_that_was_tested() -> None:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[<>=~! ]", each)[0].lower() for each in project["dependencies"]}
    runtime = pins("requirements.runtime.lock")

    assert runtime - pins("requirements.lock") == set(), "run `make lock`"
    assert wanted - {name for name, _version in runtime} == set(), "run `make lock`"
    assert {"pytest", "playwright", "mypy"} & {name for name, _version in runtime} == set()
