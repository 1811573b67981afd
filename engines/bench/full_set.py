"""`bench pipeline --set full`: the whole analyser with CLIP and DETR, PyTorch in FP32 against each other way.

Photos are read and decoded by workers and looked at in batches, as in an import; nothing is saved. What each way finds
is compared with what the first one found, its speed with that of PyTorch in the same place: on the card, or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np

from engines.analysis import memory, zero_shot
from engines.analysis.desk import ThreadDesk
from engines.analysis.drive import Executor, drive
from engines.analysis.networks import Networks
from engines.analysis.objects import overlap
from engines.bench.gpu_watch import GpuWatch
from engines.bench.networks import AGAINST_TORCH, LOAD_BAR, ON_A_CARD
from engines.bench.pipeline import gather
from engines.bench.report import Bar, Row
from engines.bench.seeing import wanted
from engines.bench.timing import timed
from engines.bench.ways import ON_THE_CARD, RANDOM, TORCH, TORCH_ON_CARD, Way, full_set, on_cards, on_processor
from engines.bench.workbench import Workbench
from engines.cancel import CancelToken
from engines.errors import EngineError, InferenceError
from engines.inference import sets
from engines.inference.extras import need_export
from engines.inference.gpu_monitor import GpuMonitor
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.sets import FULL, text_card
from engines.types import Box, Inferred, ToInfer, Wanted

BATCH = 8  # pictures
SCENES_BAR = Bar("≥", 0.99)  # of the photos have the same top scene
OBJECTS_BAR = Bar("≥", 0.98)  # of the objects above _SURE are there again, in the same place

_SURE = 0.7
_SAME_PLACE = 0.5  # intersection over union
_PHOTOS = 24  # on a processor, which takes two seconds for one in PyTorch
_PHOTOS_ON_CARD = 200
_WAIT_S = 0.05
_TIMES = "times faster"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one way did. scenes: the top one by photo; objects: the sure ones. card_bytes: the most of a card."""

    seconds: float
    peak_mb: float
    load: float | None
    card_bytes: int | None
    scenes: dict[bytes, str]
    objects: dict[bytes, tuple[Box, ...]]


def measure(bench: Workbench, folder: Path | None) -> Iterator[Row]:
    """All rows. folder: real photos. Raises UsageError if it is none, EngineError if it holds none."""
    hardware = hardware_here()
    place = bench.place / "photos"
    yield gather(bench, folder, place, _PHOTOS_ON_CARD if hardware.gpus else _PHOTOS)
    try:
        need_export()
    except InferenceError as error:
        yield from _unmeasured(str(error))
        return
    with _full_set_in_use(bench) as got:
        yield from _ways(bench, place, hardware, "" if got else RANDOM)


@contextmanager
def _full_set_in_use(bench: Workbench) -> Iterator[bool]:
    """Also in the workers, which are to be started in the block."""
    before = sets.chosen()
    with full_set(bench) as got:
        sets.use(FULL.name)
        if not got:
            zero_shot.hold(text_card(FULL), _random_words())
        try:
            yield got
        finally:
            sets.use(before)


def _random_words() -> zero_shot.Words:
    """Names with vectors that mean nothing, for networks that mean nothing: the photos still differ in the nearest."""
    chance, size = np.random.default_rng(17), int(text_card(FULL).outputs[0].shape[-1])

    def some(count: int) -> zero_shot.Floats:
        vectors = chance.normal(size=(count, size))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    vectors = {sort: some(len(of_sort)) for sort, of_sort in zero_shot.names().items()}
    return zero_shot.Words({**vectors, zero_shot.LABEL: some(1000)}, some(8))


def _ways(bench: Workbench, place: Path, hardware: Hardware, note: str) -> Iterator[Row]:
    """The first that runs, PyTorch in FP32, on a card if there is one, tells what is to be found."""
    ways = [*on_cards(hardware), *on_processor()] if hardware.gpus else [*on_processor(), *on_cards(hardware)]
    yardsticks: dict[bool, _Found] = {}  # PyTorch in FP32, by whether it is on a card; the first one comes first
    with bench.start_executor() as executor:
        files = wanted(bench, place)
        for way in ways:
            name, why = way if isinstance(way, tuple) else (way.name, "")
            found: _Found | None = None
            if isinstance(way, Way):
                bench.say(f"Measuring: {name}")
                try:
                    found = _through(executor, files, way)
                except EngineError as error:
                    why = str(error)
            yield from _rows(name, found, yardsticks, why or note, len(files))
            if found is not None and name in (TORCH, TORCH_ON_CARD):
                yardsticks[name == TORCH_ON_CARD] = found


def _through(executor: Executor, files: Sequence[Wanted], way: Way) -> _Found:
    """All files, once the networks are loaded and warm. Raises EngineError if one cannot be had."""
    networks = Networks(way.runner, BATCH)
    watch = GpuWatch(way.gpu.uuid, GpuMonitor(), way.pid) if way.gpu is not None else None
    with _serving(networks) as desk:
        results = drive(executor, iter(files[:1]), CancelToken())
        _need(desk, [examined.to_infer for _, examined in results if examined.to_infer is not None])
        meter, found = memory.Meter(), list[Inferred]()
        with watch.looking() if watch is not None else nullcontext():
            seconds, _ = timed(lambda: _all(executor, desk, files, way, meter, found))
    return _Found(
        seconds,
        meter.sample(_pids(executor, way)),
        watch.load if watch is not None else None,
        watch.peak_bytes if watch is not None else None,
        dict(_scenes(found)),
        dict(_objects(found)),
    )


@contextmanager
def _serving(networks: Networks) -> Iterator[ThreadDesk]:
    desk = ThreadDesk(networks)
    thread = Thread(target=desk.serve, name="networks")
    thread.start()
    try:
        yield desk
    finally:
        desk.close()
        thread.join()


def _need(desk: ThreadDesk, pictures: Sequence[ToInfer]) -> None:
    """Raises InferenceError if a network does not run in this way."""
    for picture in pictures:
        desk.submit(picture)
    while desk.busy:
        desk.collect(_WAIT_S)
    if desk.failures:
        message = desk.failures[0]
        raise InferenceError(message.code, message.text, **message.params)


def _all(
    executor: Executor, desk: ThreadDesk, files: Sequence[Wanted], way: Way, meter: memory.Meter, found: list[Inferred]
) -> None:
    def between(seconds: float) -> None:
        found.extend(desk.collect(seconds))
        meter.sample_sometimes(_pids(executor, way))

    for _, examined in drive(executor, iter(files), CancelToken(), between, lambda: desk.has_room):
        if examined.to_infer is not None:
            desk.submit(examined.to_infer)
    while desk.busy:
        between(_WAIT_S)


def _pids(executor: Executor, way: Way) -> list[int]:
    pid = way.pid()
    return [*executor.pids, *([] if pid is None or pid == os.getpid() else [pid])]


def _scenes(found: Sequence[Inferred]) -> Iterator[tuple[bytes, str]]:
    known = zero_shot.words(text_card(FULL))
    for one in found:
        for done in one.done:
            if done.findings.vector is not None:
                yield one.digest, zero_shot.best_scene(known, done.findings.vector)[0]


def _objects(found: Sequence[Inferred]) -> Iterator[tuple[bytes, tuple[Box, ...]]]:
    for one in found:
        for done in one.done:
            if done.phase == "objects":
                yield one.digest, tuple(box for box in done.findings.boxes if box.score >= _SURE)


def _rows(name: str, found: _Found | None, yardsticks: Mapping[bool, _Found], note: str, photos: int) -> Iterator[Row]:
    bars = {way: bar for way, bar in ON_A_CARD.items() if name.startswith(f"{way}{ON_THE_CARD}")}
    bar = next(iter(bars.values()), AGAINST_TORCH if name.startswith("OpenVINO") else None)
    is_first = name in (TORCH, TORCH_ON_CARD)
    on_card = ON_THE_CARD in name
    if found is None:
        yield Row(name, None, "photos/s", note=note)
        if not is_first:
            yield Row(f"{name}, against PyTorch fp32", None, _TIMES, bar, note)
        return
    yield Row(f"{name}, time", found.seconds, "s", note=f"{photos} photos, batches of {BATCH}")
    yield Row(name, photos / found.seconds, "photos/s", note=note)
    yield Row(f"{name}, memory, peak", found.peak_mb, "MB", note="this process, workers and networks together")
    load_note = "mean while it was measured" if on_card else "it runs on the processor"
    yield Row(f"{name}, load of the card", found.load, "%", LOAD_BAR if on_card else None, load_note)
    if on_card:
        held = None if found.card_bytes is None else found.card_bytes / 1e6
        yield Row(f"{name}, memory of the card", held, "MB", note="the most")
    if on_card in yardsticks:
        times = yardsticks[on_card].seconds / found.seconds
        yield Row(f"{name}, against PyTorch fp32", times, _TIMES, bar, note)
    if yardsticks:
        first = next(iter(yardsticks.values()))
        yield _same_scenes(name, first, found, note)
        yield _same_objects(name, first, found, note)


def _same_scenes(name: str, first: _Found, found: _Found, weights: str) -> Row:
    same = [found.scenes.get(digest) == scene for digest, scene in first.scenes.items()]
    value = sum(same) / len(same) if same else None
    return Row(f"{name}, same top scene", value, "", SCENES_BAR, _noted(f"of {len(same)} photos", weights))


def _same_objects(name: str, first: _Found, found: _Found, weights: str) -> Row:
    again = [
        any(overlap(box, other) >= _SAME_PLACE for other in found.objects.get(digest, ()) if other.label == box.label)
        for digest, boxes in first.objects.items()
        for box in boxes
    ]
    value = sum(again) / len(again) if again else None
    note = f"of {len(again)} above {_SURE}" if again else f"no object is surer than {_SURE}"
    return Row(f"{name}, same objects", value, "", OBJECTS_BAR, _noted(note, weights))


def _noted(note: str, weights: str) -> str:
    return f"{note}; {weights}" if weights else note


def _unmeasured(why: str) -> Iterator[Row]:
    names = [TORCH, *(f"OpenVINO {precision}" for precision in ("fp32", "bf16", "int8"))]
    names += [TORCH_ON_CARD, f"torch{ON_THE_CARD} bf16", *(f"tensorrt{ON_THE_CARD} {one}" for one in ("fp16", "int8"))]
    for name in names:
        yield from _rows(name, None, {}, why, 0)
