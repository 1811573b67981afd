"""A workbench with real workers and the real program, and small photos to measure."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from engines.analysis.networks import networks_for
from engines.analysis.pipeline import ScanRules
from engines.analysis.pool import start_pool
from engines.bench import made
from engines.bench.workbench import Workbench
from engines.command_line.importing import start_desk
from engines.settings import Settings
from tests.program import MAIN

ONE_WORKER = "analysis.workers=1"


def workbench(place: Path) -> Workbench:
    """A workbench in a new folder below this one; it reads nobody's settings."""
    (place / "bench").mkdir()
    settings = place / "settings.toml"
    settings.write_text("")
    program = [sys.executable, str(MAIN), "--config", str(settings), "--set", ONE_WORKER]
    start_executor = partial(start_pool, Settings().with_assignments([ONE_WORKER]))
    networks = partial(networks_for, Settings())
    return Workbench(
        place / "bench", start_executor, ScanRules((".*",)), program, networks, partial(start_desk, Settings())
    )


def photo_folder(place: Path) -> Path:
    """Six photos, a sidecar, and what is no photo."""
    made.small_files(place / "mine", range(6))
    (place / "mine" / "0000" / "IMG_00000.xmp").write_text("<x/>")
    (place / "mine" / "notes.txt").write_text("no photo")
    return place / "mine"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return workbench(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return photo_folder(tmp_path)
