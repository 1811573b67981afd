"""Makes libraries, starts a window on each in a process of its own, and holds what it did against the bars."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import desktop
from desktop.bench.bars import row
from desktop.bench.libraries import BYTES, make_library
from engines.bench.report import Row
from engines.bench.workbench import Workbench
from engines.command_line import measuring
from engines.command_line.session import settings_of
from engines.errors import EngineError
from engines.library.library import Library

_ROOT = Path(desktop.__file__).parents[1]
_SIZES = "100000,1000000"
_MEANT = 100_000  # files at most that get vectors here; `bench search` measures more
_IMPORTED = 240  # made photos
_LISTED = 2_000
_LISTED_BYTES = 1.2e6  # each
_TIMEOUT_S = 300
_FROZEN = Path("dist", "image-engine", "image-engine")  # where PyInstaller puts it

_SCENES = {"use": "scrolling and jumping", "ask": "typing", "edit": "tagging"}


def bench(command: argparse.Namespace) -> int:
    """Measure, print, and return the exit code. Raises EngineError."""
    command.settings = settings_of(command)
    photos = Path(command.folder).absolute() if command.folder else None
    sizes = measuring.sizes_of(command, _SIZES, least=0)
    return measuring.bench(command, lambda _, workbench: measure(workbench, sizes, photos))


def measure(bench: Workbench, sizes: Sequence[int], photos: Path | None) -> Iterator[Row]:
    """Rows for an empty library, for libraries of so many files, and for imports. photos: what is imported."""
    for size in dict.fromkeys([0, *sizes]):
        bench.need(size * BYTES + 200e6)
        folder = bench.place / f"library {size}"
        make_library(folder, size, bench.say)
        yield from of_library(bench, folder, size)
        shutil.rmtree(folder)
    yield _frozen(bench)
    yield _undone(bench)
    yield from _imports(bench, photos)


def of_library(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    """Rows for one made library."""
    yield from _start(bench, folder, size)
    for name, sentence in _SCENES.items() if size else ():
        bench.say(f"{size:,} files: {sentence}")
        for what, value in scene(name, folder).items():
            yield row(what, value, size=size)
    if 0 < size <= _MEANT:
        yield from _meant(bench, folder, size)


def _start(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    bench.say(f"{size:,} files: starting the window")
    scene("start", folder)  # once for what the system keeps of the files
    runs = [_started(folder) for _ in range(3)]
    run = {name: sorted(run[name] for run in runs)[1] for name in runs[0]}
    yield row("start to window", run["window_s"], "process start to painted, median", size=size)
    if size:
        yield row("start to thumbnails", run["thumbnails_s"], "the first ones painted, median", size=size)
    yield row("memory at rest", run["memory_mb"], "resident", size=size)
    yield row("heavy imports before the window", run["heavy"], size=size)


def _started(folder: Path) -> dict[str, float]:
    began = time.time()
    run = dict(scene("start", folder))
    for name in ("window", "thumbnails"):
        run[f"{name}_s"] = run.pop(f"{name}_at") - began
    return run


def _meant(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    from engines.bench.vectors import Meanings, nearest_of_all

    bench.say(f"{size:,} files: searching by meaning")
    meanings = Meanings.start()
    with closing(Library(folder)) as library:
        meanings.fill(library, size, bench.say)
        ms, recall, note = nearest_of_all(library, meanings.queries)
    yield row("nearest by meaning, 95 %", ms, note, size=size)
    yield row("nearest by meaning, recall", recall, "of the hundred truly nearest", size=size)


def _frozen(bench: Workbench) -> Row:
    """The whole run of the frozen program that ends with a picture: its window was painted before."""
    program = Path(sys.executable) if getattr(sys, "frozen", False) else _ROOT / _FROZEN
    what = "frozen, start to a picture of the window"
    if not program.is_file():
        return row(what, None, f"there is no {_FROZEN}: make it with python -m PyInstaller installer/image-engine.spec")
    bench.say("Starting the frozen program")
    line = [program, "--library", bench.place / "frozen", "--screenshot", bench.place / "frozen.png"]
    runs = []
    for _ in range(4):
        began = time.perf_counter()
        _checked(list(map(str, line)), _environment())
        runs.append(time.perf_counter() - began)
    return row(what, sorted(runs[1:])[1], "process start to its end, which writes the picture, median; empty library")


def _undone(bench: Workbench) -> Row:
    bench.say("Doing everything and taking it back")
    folder = bench.place / "undone"
    make_library(folder, 10, bench.say)
    states = str(bench.place / "states.json")
    scene("do", folder, states)
    ran = scene("undo", folder, states)
    share = 100 * ran["undone"] / ran["commands"]
    note = f"{ran['undone']:.0f} of {ran['commands']:.0f} commands; what goes to the trash is taken back from there"
    return row("commands undone after a restart", share, note)


def _imports(bench: Workbench, photos: Path | None) -> Iterator[Row]:
    from engines.bench import made  # loads Pillow

    folder = bench.place / "photos"
    bench.say(f"Making {_IMPORTED} photos")
    made.photos(folder, _IMPORTED)
    yield from _first_use(bench, folder)
    yield from _watched(bench, photos or folder)
    shutil.rmtree(folder)
    bench.need(_LISTED * _LISTED_BYTES)
    bench.say(f"Making {_LISTED:,} photos")
    made.copies(folder, _LISTED)
    bench.say(f"Importing {_LISTED:,} photos")
    ran = scene("list", bench.place / "listed", str(folder))
    yield row("2,000 files listed with thumbnails", ran["listed_s"], "JPEG of 2400 x 1800; every one was looked at")


def _first_use(bench: Workbench, folder: Path) -> Iterator[Row]:
    bench.say("Going the way of somebody new")
    ran = scene("first", bench.place / "first", str(folder))
    note = f"a folder of {_IMPORTED} photos, for whose choice one is counted"
    yield row("clicks to the first photo", ran["photo_actions"], note)
    yield row("clicks and keys to the first result", ran["result_actions"], "besides the letters of the word")
    yield row("folder chosen to the first result", ran["result_s"], "a word of the photos' metadata")
    yield row("folder chosen to the first rows", ran["rows_s"])


def _watched(bench: Workbench, folder: Path) -> Iterator[Row]:
    bench.say("Importing while the window is watched")
    ran = scene("import", bench.place / "imported", str(folder))
    note = f"16 ms ticks while {ran['files']:,.0f} photos were imported in {ran['seconds']:.0f} s"
    yield row("import: first pictures", ran["pictures_s"])
    yield row("import: a view of pictures", ran["view_full_s"])
    yield row("import: heartbeat, 99 %", ran["p99_ms"], note)
    yield row("import: heartbeat, worst", ran["worst_ms"], note)


def scene(name: str, library: Path, *arguments: str) -> Mapping[str, Any]:
    """What one scene in a process of its own found. Raises EngineError when it fails."""
    line = [sys.executable, "-m", "desktop.bench.scenes", name, str(library), *arguments]
    found: Mapping[str, Any] = json.loads(_checked(line, _environment() | {"PYTHONPATH": str(_ROOT)}))
    return found


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def _checked(line: Sequence[str], environment: Mapping[str, str]) -> str:
    """What it prints. Raises EngineError when it fails."""
    done = subprocess.run(
        line, cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
    )
    if done.returncode:
        raise EngineError("bench_scene", f"The window failed while it was measured: {done.stderr.strip()[-500:]}")
    return done.stdout
