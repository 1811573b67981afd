"""Reads made files as the worker does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engines.media import metadata
from engines.media.open_file import open_file
from engines.types import Facts

ReadBytes = Callable[..., Facts]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """read_bytes(data, name='picture.jpg'): the facts of a file with these bytes."""

    def read(data: bytes, name: str = "picture.jpg") -> Facts:
        path = tmp_path / name
        path.write_bytes(data)
        return metadata.read(open_file(str(path)))

    return read
