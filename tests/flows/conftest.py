"""The test media, copied and imported once for all flows that only look at the outcome."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.flows.untouched import Stamps, stamps
from tests.program import Program, Ran


@dataclass(frozen=True)
class Imported:
    """A folder of originals, the library they were imported into, and how the import ended."""

    folder: Path
    program: Program
    ran: Ran

    @property
    def report(self) -> Any:
        return self.ran.json


@pytest.fixture(scope="session")
def originals(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of photos/ and bad/, as read-only as they are."""
    copy = tmp_path_factory.mktemp("originals")
    for name in ("photos", "bad"):
        shutil.copytree(media_folder / name, copy / name)
    with suppress(OSError):  # not every file system has extended attributes
        os.setxattr(copy / "photos" / "china.jpg", "user.image-engine-test", b"kept")
    return copy


@pytest.fixture(scope="session")
def untouched(originals: Path, media_folder: Path) -> Iterator[Stamps]:
    """How the originals were before anything read them; at the end of the session they must be so still."""
    before, before_there = stamps(originals), stamps(media_folder)
    yield before
    assert stamps(originals) == before
    assert stamps(media_folder) == before_there


def _import(originals: Path, name: str, place: Path) -> Imported:
    program = Program(place / "library")
    return Imported(originals / name, program, program("import", originals / name, "--json"))


@pytest.fixture(scope="session")
def photos(originals: Path, untouched: Stamps, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Every photo of the test media, imported."""
    return _import(originals, "photos", tmp_path_factory.mktemp("photos"))


@pytest.fixture(scope="session")
def broken(originals: Path, untouched: Stamps, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Every broken, misnamed or hostile file of the test media, imported."""
    return _import(originals, "bad", tmp_path_factory.mktemp("broken"))
