"""Makes libraries, starts a window on each in a process of its own, and holds what it did against the bars."""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

import desktop
from desktop.bench.stops import stops
from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.bench.report import Bar, Row
from engines.bench.workbench import Workbench
from engines.command_line import measuring
from engines.command_line.session import settings_of
from engines.errors import EngineError
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.types import Thumbnail

_SIZES = "100000,1000000"
_BYTES = 2500  # a file, in the library and its journal
_BEFORE, _AROUND = (
    50,
    300,
)  # files with a thumbnail at every place that the measurement jumps to: its line begins earlier
_DIFFERENT = 24  # thumbnails
_IMPORTED = 240  # made photos for the heartbeat
_TIMEOUT_S = 300

_WINDOW_BAR = Bar("<", 0.8)  # s
_THUMBNAILS_BARS = ((100_000, Bar("<", 1.5)), (1_000_000, Bar("<", 2)))  # s, up to so many files
_MEMORY_BARS = ((0, Bar("<", 150)), (100_000, Bar("<", 250)), (1_000_000, Bar("<", 450)))  # MB
_BARS = {  # ms
    "grid opens": Bar("<", 500),
    "scroll, 99 % of frames": Bar("<", 16),
    "jump, 99 %": Bar("<", 33),
    "pictures after a jump, 95 %": Bar("<", 150),
    "resize, worst": Bar("<", 50),
    "all on one day: opens": Bar("<", 200),
    "all on one day: scroll, 99 % of frames": Bar("<", 16),
    "key to painted answer, 95 %": Bar("<", 50),
    "search behind a key, 95 %": Bar("<", 50),  # the words are encoded in this time, too
    "tag 10,000": Bar("<", 1000),
}
_HELD_UP = Bar("<", 100)  # ms, by whatever
_SCENES = {"use": "scrolling and jumping", "ask": "typing", "edit": "tagging"}


def bench(command: argparse.Namespace) -> int:
    """Measure, print, and return the exit code. Raises EngineError."""
    command.settings = settings_of(command)
    photos = Path(command.folder).absolute() if command.folder else None
    sizes = measuring.sizes_of(command, _SIZES, least=0)
    return measuring.bench(command, lambda _, workbench: measure(workbench, sizes, photos))


def measure(bench: Workbench, sizes: Sequence[int], photos: Path | None) -> Iterator[Row]:
    """Rows for an empty library, for libraries of so many files, and for an import. photos: what is imported."""
    for size in dict.fromkeys([0, *sizes]):
        bench.need(size * _BYTES + 200e6)
        folder = bench.place / f"library {size}"
        make_library(folder, size, bench.say)
        yield from _start(bench, folder, size)
        if size:
            yield from _use(bench, folder, size)
        shutil.rmtree(folder)
    yield from _import(bench, photos)


def make_library(folder: Path, size: int, say: Callable[[str], None]) -> None:
    """So many made items, with thumbnails where the measurement will look."""
    with closing(Library(folder)) as library:
        rows, done = MadeRows(library, phases()), 0
        for items in MadeLibrary(size).items() if size else ():
            rows.add(items)
            done += len(items)
            say(f"Making {size:,} rows: {done:,} done")
        library.index.settle()
        if size:
            _make_thumbnails(library)


def _make_thumbnails(library: Library) -> None:
    """For what is seen at the top and wherever the measurement goes; all of a million would fill the disk."""
    newest = library.index.columns().newest
    spans = [newest[max(0, stop - _BEFORE) : stop + _AROUND] for stop in stops(len(newest))]
    wanted = np.unique(np.concatenate(spans))
    pictures = _pictures()
    library.thumbnails.put((int(row).to_bytes(16), pictures[int(row) % _DIFFERENT]) for row in wanted)


def _pictures() -> list[Thumbnail]:
    from PIL import Image

    random = np.random.default_rng(3)
    made = []
    for _ in range(_DIFFERENT):
        small = Image.fromarray(random.integers(0, 256, (48, 64, 3), np.uint8))
        buffer = io.BytesIO()
        small.resize((512, 384), Image.Resampling.BICUBIC).save(buffer, "webp", quality=80)
        made.append(Thumbnail(buffer.getvalue(), 512, 384))
    return made


def _start(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    bench.say(f"{size:,} files: starting the window")
    scene("start", folder)  # once for what the system keeps of the files
    runs = [_started(folder) for _ in range(3)]
    run = {name: sorted(run[name] for run in runs)[1] for name in runs[0]}
    yield Row(_named(size, "start to window"), run["window_s"], "s", _WINDOW_BAR, "process start to painted, median")
    if size:
        bar = next((bar for limit, bar in _THUMBNAILS_BARS if size <= limit), None)
        yield Row(_named(size, "start to thumbnails"), run["thumbnails_s"], "s", bar, "the first ones painted, median")
    bar = next((bar for limit, bar in _MEMORY_BARS if size <= limit), None)
    yield Row(_named(size, "memory at rest"), run["memory_mb"], "MB", bar, "resident")
    yield Row(_named(size, "heavy imports before the window"), run["heavy"], "modules", Bar("≤", 0))


def _started(folder: Path) -> dict[str, float]:
    began = time.time()
    run = dict(scene("start", folder))
    for name in ("window", "thumbnails"):
        run[f"{name}_s"] = run.pop(f"{name}_at") - began
    return run


def _use(bench: Workbench, folder: Path, size: int) -> Iterator[Row]:
    for name, sentence in _SCENES.items():
        bench.say(f"{size:,} files: {sentence}")
        for what, value in scene(name, folder).items():
            yield Row(_named(size, what), value, "ms", _HELD_UP if "UI held up" in what else _BARS.get(what))


def _import(bench: Workbench, photos: Path | None) -> Iterator[Row]:
    folder = photos
    if folder is None:
        from engines.bench import made  # loads Pillow

        folder = bench.place / "photos"
        bench.say(f"Making {_IMPORTED} photos")
        made.photos(folder, _IMPORTED)
    bench.say("Importing while the window is watched")
    ran = scene("import", bench.place / "imported", str(folder))
    yield Row("import: first rows", ran["rows_s"], "s", Bar("<", 1))
    yield Row("import: first pictures", ran["pictures_s"], "s", Bar("<", 2))
    yield Row("import: a view of pictures", ran["view_full_s"], "s", None)
    note = f"16 ms ticks while {ran['files']:,.0f} photos were imported in {ran['seconds']:.0f} s"
    yield Row("import: heartbeat, 99 %", ran["p99_ms"], "ms", Bar("<", 33), note)
    yield Row("import: heartbeat, worst", ran["worst_ms"], "ms", Bar("<", 100), note)


def scene(name: str, library: Path, *arguments: str) -> Mapping[str, Any]:
    """What one scene in a process of its own found. Raises EngineError when it fails."""
    root = Path(desktop.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(root)}
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    line = [sys.executable, "-m", "desktop.bench.scenes", name, str(library), *arguments]
    done = subprocess.run(
        line, cwd=root, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
    )
    if done.returncode:
        raise EngineError("bench_scene", f"The window failed while it was measured: {done.stderr.strip()[-500:]}")
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def _named(size: int, what: str) -> str:
    return f"{size:,} files: {what}"
