"""What the tests of reading files share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engines.media.open_file import OpenFile, open_file

OpenBytes = Callable[..., OpenFile]


@pytest.fixture
def open_bytes(tmp_path: Path) -> OpenBytes:
    """Saves bytes under a name, by default one that promises nothing, and opens that file."""

    def save_and_open(data: bytes, name: str = "file") -> OpenFile:
        (tmp_path / name).write_bytes(data)
        return open_file(str(tmp_path / name))

    return save_and_open
