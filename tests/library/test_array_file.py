"""Arrays come back from their file as they went in, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engines.library.array_file import Arrays, load_arrays, save_arrays

KEY = {"library": "a", "change": 5}
ARRAYS: Arrays = {
    "bytes": np.arange(7, dtype=np.uint8),
    "numbers": np.array([1.5, np.nan, -3e38], np.float32),
    "table": np.arange(6, dtype=np.int64).reshape(2, 3),
    "nothing": np.empty((0, 4), np.int32),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.cache"
    assert save_arrays(path, KEY, ARRAYS)
    return path


def test_arrays_come_back_as_they_were(file: Path) -> None:
    loaded = load_arrays(file)
    assert loaded is not None
    key, arrays = loaded
    assert key == KEY
    assert arrays.keys() == ARRAYS.keys()
    for name, array in arrays.items():
        assert array.dtype == ARRAYS[name].dtype
        np.testing.assert_array_equal(array, ARRAYS[name])


def test_what_is_written_to_a_loaded_array_does_not_reach_the_file(file: Path) -> None:
    before = file.read_bytes()
    loaded = load_arrays(file)
    assert loaded is not None
    loaded[1]["numbers"][:] = 0
    assert file.read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short_is_refused(file: Path, share: float) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    assert load_arrays(file) is None


def test_a_damaged_or_foreign_file_is_refused(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-30] ^= 1  # within the header
    file.write_bytes(data)
    assert load_arrays(file) is None
    file.write_bytes(b"nothing of ours" * 100)
    assert load_arrays(file) is None
    assert load_arrays(file.with_name("none.cache")) is None


def test_a_new_file_takes_the_place_of_the_old_one_while_that_is_in_use(file: Path) -> None:
    in_use = load_arrays(file)
    assert in_use is not None
    if os.name == "nt":
        return  # there it is refused; see the next test for what that means
    assert save_arrays(file, {"library": "b"}, {"bytes": np.zeros(3, np.uint8)})
    np.testing.assert_array_equal(in_use[1]["bytes"], ARRAYS["bytes"])
    again = load_arrays(file)
    assert again is not None
    assert again[0] == {"library": "b"}


def test_where_it_cannot_be_written_the_file_stays_as_it_is(file: Path, tmp_path: Path) -> None:
    assert not save_arrays(tmp_path / "no such folder" / "x.cache", KEY, ARRAYS)
    (tmp_path / "taken.cache").mkdir()
    assert not save_arrays(tmp_path / "taken.cache", KEY, ARRAYS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["some.cache", "taken.cache"]


def test_two_processes_do_not_write_the_same_file_at_once(file: Path) -> None:
    part = file.with_name("some.cache.part")
    part.write_bytes(b"half of it")
    assert not save_arrays(file, {"library": "b"}, {})
    os.utime(part, (0, 0))  # whoever wrote it is gone
    assert save_arrays(file, {"library": "b"}, {})
    assert not part.exists()
