"""One writing process at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engines.errors import LibraryError
from engines.library.library import Library

_HOLD = """
import sys
from pathlib import Path
from engines.library.library import Library
library = Library(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        with pytest.raises(LibraryError, match=f"process {holder.pid}"):
            Library(tmp_path)
        holder.kill()


def test_readers_come_in_while_another_process_writes(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        with Library(tmp_path, writable=False) as library:
            assert library.roots() == []
        holder.kill()


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        holder.kill()
    Library(tmp_path).close()


def test_reading_where_there_is_no_library_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="Import a folder first"):
        Library(tmp_path / "none", writable=False)
    assert not (tmp_path / "none").exists()


def test_a_library_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library(tmp_path / "file" / "library")
