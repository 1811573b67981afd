"""`import` and `analyse`: the commands that fill the library."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from engines.analysis.desk import ThreadDesk
from engines.analysis.film_steps import film_steps
from engines.analysis.networks import networks_on_all
from engines.analysis.phases import all_phases, speech, switched_on
from engines.analysis.pipeline import ScanRules
from engines.analysis.pool import start_pool
from engines.analysis.run import Failure, Progress, Report, Runner
from engines.cancel import CancelToken
from engines.command_line.output import ProgressLine, duration, files, print_json, say
from engines.command_line.session import library_folder, open_library
from engines.errors import UsageError
from engines.inference.back_ends import back_end_of
from engines.inference.speech import need
from engines.library.library import Library
from engines.search.find import matching
from engines.settings import Settings
from engines.types import Phase


def import_paths(command: argparse.Namespace) -> int:
    settings: Settings = command.settings
    _check_apart(command.paths, library_folder(command))
    with open_library(command, writable=True) as library, _runner(library, settings) as runner:
        report = runner.import_paths(command.paths, certain=command.confirm_missing)
    return _answer(report, command)


def analyse(command: argparse.Namespace) -> int:
    settings: Settings = command.settings
    names = command.phase or [phase.name for phase in _switched_on(settings)]
    _check_phases(names, settings)
    with open_library(command, writable=True) as library, _runner(library, settings) as runner:
        media_ids = matching(library, command.query) if command.query else None
        report = runner.analyse(names, media_ids)
    return _answer(report, command)


@contextmanager
def start_desk(settings: Settings) -> Iterator[ThreadDesk]:
    """Threads that run the networks as the settings want it, one for each card; they end with the block."""
    networks = networks_on_all(settings)
    desk = ThreadDesk(*networks)
    threads = [Thread(target=desk.serve, args=(place,), name="networks") for place in range(len(networks))]
    for thread in threads:
        thread.start()
    try:
        yield desk
    finally:
        desk.close()
        for thread in threads:
            thread.join()


@contextmanager
def _runner(library: Library, settings: Settings) -> Iterator[Runner]:
    """A runner that tells its progress on stderr and stops in good order on Ctrl+C or when it is terminated."""
    line, token = ProgressLine(), CancelToken()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    rules = ScanRules(settings.folders.exclude, settings.folders.follow_links)
    back_end_of(settings)  # one that cannot be had is told before anything is done
    before = {number: signal.signal(number, lambda *_: token.cancel()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield Runner(
            library,
            rules,
            partial(start_pool, settings, library.worker_log),
            token,
            _teller(line),
            start_desk=partial(start_desk, settings),
            phases_off=settings.analysis.phases_off,
            film_steps=partial(film_steps, settings),
        )
    finally:
        line.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


_FILMS = {"watch": "Watching", "follow": "Following things", "listen": "Listening"}


def _teller(line: ProgressLine) -> Any:
    started: dict[str, float] = {}

    def tell(progress: Progress) -> None:
        if progress.stage == "scan":
            line.tell(f"Scanning: {files(progress.done)} met")
            return
        if progress.stage == "infer":
            line.tell(f"Networks: {progress.done:,} of {files(progress.total)}")
            return
        if progress.stage in _FILMS:
            line.tell(f"{_FILMS[progress.stage]}: {progress.done:,} of {progress.total:,} videos")
            return
        spent = time.monotonic() - started.setdefault("examine", time.monotonic())
        speed = progress.done / spent if spent > 1 else 0.0
        left = f", {duration((progress.total - progress.done) / speed)} left" if speed else ""
        failed = f", {progress.failed:,} failed" if progress.failed else ""
        line.tell(f"Examining: {progress.done:,} of {files(progress.total)}, {speed:.0f}/s{left}{failed}")

    return tell


def _check_apart(paths: Sequence[str], own: Path) -> None:
    """Raises UsageError if a path lies in the library's folder, which scans leave out."""
    for path in paths:
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(own)):
            text = (
                f"{path} lies in the library's own folder, where nothing is looked for: give the library another with "
            )
            raise UsageError("path_in_library", f"{text}--library.", path=path)


def _switched_on(settings: Settings) -> tuple[Phase, ...]:
    return (*switched_on(settings.analysis.phases_off), *film_steps(settings).phases)


_SWITCHES = {"moments": "video.moments", "tracks": "video.tracking, and video.moments,", "speech": "video.speech"}


def _check_phases(names: Sequence[str], settings: Settings) -> None:
    known = [phase.name for phase in all_phases()]
    for name in names:
        if name not in known:
            raise UsageError("no_such_phase", f"There is no phase '{name}'; there are {', '.join(known)}.", name=name)
    wanted = [phase.name for phase in _switched_on(settings)]
    for name in names:
        if name not in wanted:
            text = f"The phase '{name}' is switched off: take it, and what it builds on, out of analysis.phases_off."
            if name == speech().name and settings.video.speech:
                need()  # says what is lacking
            if name in _SWITCHES:
                text = f"The phase '{name}' is switched off: set {_SWITCHES[name]} to on."
            raise UsageError("phase_off", text, name=name)


def _answer(report: Report, command: argparse.Namespace) -> int:
    for notice in report.notices:
        say(notice.text, sys.stderr)
    if command.json:
        print_json(_as_json(report))
    else:
        _print(report, scanned=command.name == "import")
    return 0


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "missing": report.missing,
        "examined": report.examined,
        "failed": [_failure(one) for one in report.failed],
        "partial": [_failure(one) for one in report.partial],
        "notices": [{"code": notice.code, "text": notice.text} for notice in report.notices],
        "phases": [
            {"name": one.name, "files": one.files, "seconds": one.seconds, "per_second": one.per_second}
            for one in report.speeds
        ],
        "seconds": round(report.seconds, 3),
        "peak_memory_mb": report.peak_memory_mb,
    }


def _failure(failure: Failure) -> dict[str, str]:
    return {"path": failure.path, "code": str(failure.state), "text": failure.problem.text}


def _print(report: Report, *, scanned: bool) -> None:
    for failure in [*report.failed, *report.partial]:
        say(f"{failure.state:<12} {failure.problem.text}")
        say(f"{'':<12} {failure.path}")
    found = (
        f"{report.added:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, {report.missing:,} missing"
    )
    partly = f", {len(report.partial):,} partly readable" if report.partial else ""
    say(
        f"{found + '; ' if scanned else ''}{files(report.examined)} examined in {duration(report.seconds)}"
        f", {len(report.failed):,} failed{partly}"
    )
    for speed in report.speeds:
        say(f"  {speed.name:<18} {files(speed.files):>14} {speed.per_second:>10,.1f}/s")
    say(f"  peak memory {report.peak_memory_mb:,.0f} MB")
