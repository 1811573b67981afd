"""`bench video`: how fast films are read and watched, as multiples of the time they play."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engines.analysis.film_steps import FilmSteps
from engines.analysis.run import Report, Runner
from engines.bench.listing import media_in
from engines.bench.report import Bar, Row
from engines.bench.timing import timed
from engines.bench.workbench import Workbench
from engines.errors import EngineError, MediaError, UsageError
from engines.library.library import Library
from engines.media import prepare_worker
from engines.media.open_file import OpenFile, open_file
from engines.media.sampling.amounts import USUAL_PER_MINUTE
from engines.media.sampling.footage import FilmFootage
from engines.media.sampling.strategies import STRATEGIES
from engines.types import Kind, Sampling

KEYFRAMES_BAR = Bar("≥", 5)  # times faster than OpenCV reads the same frames
WATCH_BAR = Bar("≥", 4)  # times the playing time, 1080p, starter set, 2 cores
MANY_BAR = Bar("≤", 6)  # hours
_MANY = 1817  # films of a minute
_ENOUGH_S = 600.0  # of work; no single stretch may be cut off
_FREE_BOX = b"\0\0\0\x08free"  # at the end of an MP4 it means nothing, and makes another file of it


@dataclass(frozen=True, slots=True)
class Scale:
    """seconds, width, height: of the made film. copies: that are imported at once. longest_s: of a film in a folder."""

    seconds: float = 60.0
    width: int = 1920
    height: int = 1080
    copies: int = 2
    longest_s: float = 120.0


@dataclass(frozen=True, slots=True)
class _Read:
    """One film by one strategy. length_s: it plays. chosen: times of the frames."""

    codec: str
    length_s: float
    seconds: float
    decoded: int
    chosen: Sequence[float]


def measure(bench: Workbench, folder: Path | None, scale: Scale | None = None) -> Iterator[Row]:
    """All rows. folder: films to read besides the made one. Raises UsageError, EngineError."""
    from engines.bench import made_film, opencv_way  # load decoders

    scale = scale or Scale()
    prepare_worker()
    bench.say(f"Making a film of {scale.seconds:.0f} s")
    film = bench.place / "film.mp4"
    made_film.make(film, scale.seconds, (scale.width, scale.height))
    yield Row("film", scale.seconds, "s", note=f"made: {scale.width}x{scale.height}, H.264, a keyframe every second")
    yield from _by_strategy(bench, [film, *(_films(bench, folder, scale) if folder is not None else ())])
    bench.say("Measuring: against OpenCV")
    ours = _read(film, "keyframes")
    theirs, _ = timed(lambda: opencv_way.read(film, ours.chosen))
    note = f"VideoCapture, which decodes all up to each of the same {len(ours.chosen)} frames, on all cores"
    yield Row("keyframes, against OpenCV", theirs / ours.seconds, "times faster", KEYFRAMES_BAR, note)
    yield from _watched(bench, film, scale)


def _films(bench: Workbench, folder: Path, scale: Scale) -> list[Path]:
    if not folder.is_dir():
        raise UsageError("no_such_path", f"There is no folder {folder}.", path=str(folder))
    found = [folder / relative for relative, entry in media_in(folder, bench.rules) if entry.promises is Kind.VIDEO]
    if not found:
        raise EngineError("nothing_to_measure", f"There is no video in {folder} to measure with.")
    return [path for path in found if 0 < _length(path) <= scale.longest_s]


def _length(path: Path) -> float:
    try:
        header = open_file(str(path)).header
    except MediaError:
        return 0.0
    return (header.video.duration_s or 0.0) if header.video is not None else 0.0


def _by_strategy(bench: Workbench, films: Sequence[Path]) -> Iterator[Row]:
    """For each strategy and codec, how many seconds of film are read in a second by one core."""
    for name in STRATEGIES:
        bench.say(f"Measuring: {name}")
        by_codec: defaultdict[str, list[_Read]] = defaultdict(list)
        for film in films:
            read = _read(film, name)
            by_codec[read.codec].append(read)
        for codec, reads in sorted(by_codec.items()):
            length_s, seconds = sum(one.length_s for one in reads), sum(one.seconds for one in reads)
            decoded, chosen = sum(one.decoded for one in reads), sum(len(one.chosen) for one in reads)
            note = f"{len(reads)} films, one core; {decoded:,} frames decoded, {chosen:,} of them analysed"
            yield Row(f"{name}, {codec}", length_s / seconds, "times playing time", note=note)


def _read(path: Path, name: str) -> _Read:
    """Choose the frames of a film and decode them, as a worker does."""
    file = open_file(str(path))
    video = file.header.video
    assert video is not None
    length_s = video.duration_s or 0.0
    footage = FilmFootage(file, 0.0, length_s, _ENOUGH_S)
    seconds, chosen = timed(lambda: _chosen(footage, file, name))
    footage.close()
    return _Read(video.codec, length_s, seconds, footage.decoded, chosen)


def _chosen(footage: FilmFootage, file: OpenFile, name: str) -> list[float]:
    times = [sample.time_s for sample in STRATEGIES[name](footage, USUAL_PER_MINUTE[name])]
    return [frame.time_s or 0.0 for frame in footage.pictures(file.header, times)]


def _watched(bench: Workbench, film: Path, scale: Scale) -> Iterator[Row]:
    """Whole imports: one film, then some at once, as a folder full of them would keep all cores busy."""
    bench.say("Measuring: a film from the file to its moments")
    one = _imported(bench, [film], "one")
    note = f"{scale.seconds:.0f} s of {scale.height}p, from scanning to moments; start of workers and networks included"
    yield Row("watching one film", scale.seconds / one.seconds, "times playing time", WATCH_BAR, note)
    several = _imported(bench, [_copied(film, number) for number in range(scale.copies)], "several")
    each_s = several.seconds / scale.copies * 60 / scale.seconds
    yield Row("watching several films", 60 / each_s, "times playing time", note=f"{scale.copies} films at once")
    note = f"{each_s:.1f} s each, measured with {scale.copies} films"
    yield Row(f"{_MANY:,} films of a minute", _MANY * each_s / 3600, "h", MANY_BAR, note)
    yield Row("watching, memory", several.peak_memory_mb, "MB", note="peak of all processes")


def _copied(film: Path, number: int) -> Path:
    copy = film.with_name(f"copy {number}.mp4")
    shutil.copyfile(film, copy)
    with copy.open("ab") as stream:
        stream.write(_FREE_BOX * (number + 1))
    return copy


def _imported(bench: Workbench, films: Sequence[Path], name: str) -> Report:
    with closing(Library(bench.place / f"library {name}")) as library:
        steps = partial(FilmSteps, Sampling())
        runner = Runner(library, bench.rules, bench.start_executor, start_desk=bench.start_desk, film_steps=steps)
        return runner.import_paths([str(film) for film in films])
