from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from projects.channel.rules import channel_rules
from projects.definitions.contract import contract_rules
from projects.definitions.versions import Version, read_versions


def written(folder: Path, **days: str) -> None:
    for name, day in days.items():
        folder.joinpath(f"{name.replace('__', '.')}.json").write_text(json.dumps({"valid_from": day}))


def test_the_latest_version_that_has_begun_is_in_force(tmp_path: Path) -> None:
    written(tmp_path, rows="2024-01-01", rows__old="2020-01-01", rows__new="2027-01-01", others="2025-01-01")
    versions = read_versions("rows", Version, tmp_path)
    days = [dt.date(2019, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2027, 1, 1)]
    assert [versions.in_force(day).name for day in days] == ["2020-01-01", "2020-01-01", "2024-01-01", "2027-01-01"]


def test_a_record_keeps_its_version_when_another_is_in_force(tmp_path: Path) -> None:
    written(tmp_path, rows="2024-01-01", rows__old="2020-01-01")
    versions = read_versions("rows", Version, tmp_path)
    today = dt.date(2026, 1, 1)
    assert [versions.kept(name, today).name for name in ("2020-01-01", "")] == ["2020-01-01", "2024-01-01"]
    with pytest.raises(KeyError):
        versions.kept("2001-01-01", today)


def test_two_versions_do_not_begin_on_one_day(tmp_path: Path) -> None:
    written(tmp_path, rows="2024-01-01", rows__other="2024-01-01")
    with pytest.raises(ValueError, match="begin on the same day"):
        read_versions("rows", Version, tmp_path)


def test_the_rules_as_delivered_are_found_by_their_names() -> None:
    assert channel_rules(channel_rules().name) == channel_rules()
    assert contract_rules(contract_rules().name) == contract_rules()
    assert {row.role for row in contract_rules().signing} == {
        "investigator",
        "organisation_admin",
        "recommending_officer",
        "decision_maker",
    }
