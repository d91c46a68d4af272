from __future__ import annotations

import os
from pathlib import Path

import pytest

from experts.draw.writing import ready, write


def test_nothing_is_left_beside_what_was_written_or_broken_off(tmp_path: Path) -> None:
    target = tmp_path / "OUT.json"
    write(target, ["one", "two"])
    with pytest.raises(TypeError):
        write(target, ["half", 3])  # type: ignore[list-item]
    assert ([one.name for one in tmp_path.iterdir()], target.read_text()) == (["OUT.json"], "onetwo")


def test_what_is_no_plain_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe, ["through"])
        assert (os.read(reader, 99), pipe.is_fifo()) == (b"through", True)
    finally:
        os.close(reader)


@pytest.mark.parametrize(
    ("target", "told"),
    [("none/OUT.json", "there is no folder"), ("", "is a folder"), ("here/../P.json", "names two files at once")],
)
def test_a_place_that_cannot_be_written_to_is_refused_before_the_work(tmp_path: Path, target: str, told: str) -> None:
    (tmp_path / "here").mkdir()
    with pytest.raises(OSError, match=told):
        ready(tmp_path / target, tmp_path / "P.json")
