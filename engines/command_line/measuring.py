"""`bench`: what this program can do on this computer, beside what it has to."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import engines
from engines.analysis.networks import networks_for
from engines.analysis.pipeline import ScanRules
from engines.analysis.pool import start_pool
from engines.bench.report import Report, Row
from engines.bench.workbench import Workbench
from engines.command_line.importing import start_desk
from engines.command_line.output import ProgressLine, print_json
from engines.errors import UsageError
from engines.settings import Settings

_MAIN = Path(engines.__file__).parents[1] / "main.py"  # beside the package, in a checkout as when installed
_SIZES = "10000,100000,1000000"


Measure = Callable[[argparse.Namespace, Workbench], Iterator[Row]]


def bench(command: argparse.Namespace, measure: Measure | None = None) -> int:
    """Exit code 0 also where a bar is not reached: that is a result. measure: for what is not known here."""
    from engines.bench.machine import machine

    line, before = ProgressLine(), machine()
    try:
        with _terminated_like_ctrl_c(), tempfile.TemporaryDirectory(prefix="image-engine-bench-") as place:
            rows = list((measure or _rows)(command, _workbench(command, Path(place), line)))
    except KeyboardInterrupt:
        line.clear()
        print("Stopped. Nothing of the measurement is kept.", file=sys.stderr)
        return 1
    line.clear()
    report = Report(before, rows)
    if command.json:
        print_json(report.as_json())
    else:
        print(report.as_text())
    return 0


@contextmanager
def _terminated_like_ctrl_c() -> Iterator[None]:
    """So that gigabytes of made files are not left behind, nor a process that works on them."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _rows(command: argparse.Namespace, workbench: Workbench) -> Iterator[Row]:
    """The modules are loaded only here, for they bring decoders along."""
    if command.what == "pipeline" and command.of_set == "full":
        from engines.bench import full_set

        return full_set.measure(workbench, Path(command.folder).absolute() if command.folder else None)
    if command.what == "pipeline":
        from engines.bench import pipeline

        return pipeline.measure(workbench, Path(command.folder).absolute() if command.folder else None)
    if command.what == "video":
        from engines.bench import video

        return video.measure(workbench, Path(command.folder).absolute() if command.folder else None)
    if command.what == "networks":
        from engines.bench import networks

        return networks.measure(workbench, _batches(command))
    if command.what == "cloud":
        from engines.bench import cloud

        return cloud.measure(workbench)
    from engines.bench import search

    return search.measure(workbench, sizes_of(command, _SIZES))


def sizes_of(command: argparse.Namespace, usual: str, *, least: int = 1) -> list[int]:
    """How many files it is measured with. Raises UsageError."""
    return _sizes(usual if command.sizes is None else command.sizes, least)


def _workbench(command: argparse.Namespace, place: Path, line: ProgressLine) -> Workbench:
    settings: Settings = command.settings
    config = ["--config", command.config] if command.config else []
    assignments = [word for assignment in command.assignments or () for word in ("--set", assignment)]
    return Workbench(
        place=place,
        start_executor=partial(start_pool, settings, place / "workers.log"),
        rules=ScanRules(settings.folders.exclude, settings.folders.follow_links),
        program=[sys.executable, str(_MAIN), *config, *assignments],
        start_networks=partial(networks_for, settings),
        start_desk=partial(start_desk, settings),
        say=line.tell,
    )


def _batches(command: argparse.Namespace) -> list[int]:
    """Pictures at once. Raises UsageError."""
    from engines.bench.networks import BATCHES

    try:
        found = [int(part) for part in command.batch.split(",")] if command.batch else list(BATCHES)
    except ValueError:
        found = []
    if not found or min(found) < 1:
        text = f"'{command.batch}' is no list of batches: write --batch 1,8,16."
        raise UsageError("bench_batches", text, batches=command.batch)
    return found


def _sizes(text: str, least: int) -> list[int]:
    """The numbers in '10000,100000'. Raises UsageError."""
    parts = text.replace("_", "").split(",")
    if not all(part.strip().isdecimal() and int(part) >= least for part in parts):
        raise UsageError("bench_sizes", f"'{text}' is no list of sizes: write --sizes 10000,100000.", sizes=text)
    return [int(part) for part in parts]
