"""`bench networks`: how fast CLIP and DETR are on each back end of this computer, in what memory, and how they agree.

Where a network was not got, its true architecture is measured with random weights: speed does not depend on them, and
the rows say so. All ways run in the network process, by turns, so that what else the computer does falls on each.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from engines.analysis.memory import held_bytes
from engines.bench.report import Bar, Row
from engines.bench.timing import timed
from engines.bench.workbench import Workbench
from engines.errors import EngineError, InferenceError
from engines.inference import back_ends
from engines.inference.agreement import Agreement, compared
from engines.inference.catalogue import Card, installed_cards
from engines.inference.examples import example
from engines.inference.extras import need_export
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.isolated import NetworkProcess
from engines.inference.recipes import Recipe, recipes
from engines.inference.runner import Arrays, Runner
from engines.inference.sets import FULL
from engines.inference.store import Checkpoint, Origin, checkpoint
from engines.settings import usable_cores

BATCH = 8  # pictures, unless others are asked for
AGAINST_TORCH = Bar("≥", 2)  # OpenVINO in its best precision, on a processor with AMX
ON_A_CARD = {"tensorrt": Bar("≥", 3), "torch": Bar("≥", 1.3)}  # against PyTorch in FP32 on the same card
FRAME_BAR = Bar("<", 0.5)  # s for CLIP and DETR together

_RANDOM = "random weights"
_ON_THE_CARD = " on the card"  # in the names of ways, before the precision


@dataclass(frozen=True, slots=True)
class Subject:
    """A network to measure. folder: of its checkpoint. is_random: its weights are."""

    card: Card
    folder: Path
    is_random: bool


@dataclass
class Way:
    """A back end in one precision. process: where it runs. seconds: of each round, by batch."""

    name: str
    runner: Runner
    process: NetworkProcess | None
    seconds: dict[int, list[float]] = field(default_factory=dict)
    agreement: Agreement | None = None


def measure(bench: Workbench, batches: Sequence[int], rounds: int = 3) -> Iterator[Row]:
    """All rows. Raises InferenceError without the extra nvidia: PyTorch is what the others are compared with."""
    need_export()
    hardware = hardware_here()
    best: dict[str, float] = {}
    for name in FULL.pictures:
        bench.say(f"Preparing: {name}")
        subject = _subject(bench, name)
        bench.say(f"Measuring: {subject.card.title}")
        with ExitStack() as stack:
            ways = _ways(subject, hardware)
            for way in ways:
                stack.callback(way.runner.free)
            _measure(ways, subject.card, batches, rounds)
            yield from _rows(subject, ways, batches)
            best[name] = min(_per_picture(way, subject.card, batches) for way in ways)
    note = "CLIP and DETR one after the other, each on its fastest way"
    yield Row("CLIP + DETR, a frame", sum(best.values()), "s", FRAME_BAR, note)


def _subject(bench: Workbench, name: str) -> Subject:
    """The network that was got, else one with random weights."""
    recipe = next(one for one in recipes().values() if name in {plan.name for plan in one.networks})
    card, there = installed_cards().get(name), checkpoint(recipe.name)
    if card is not None and there is not None:
        return Subject(card, there.folder, False)
    from engines.inference.export.install import export
    from engines.inference.export.random_weights import write_random

    place, folder = bench.place / f"{name}-checkpoint", bench.place / name
    folder.mkdir()
    plan = next(plan for plan in recipe.networks if plan.name == name)
    write_random(recipe.kind, place)
    return Subject(export(recipe, plan, _as_checkpoint(recipe, place), folder), place, True)


def _as_checkpoint(recipe: Recipe, place: Path) -> Checkpoint:
    return Checkpoint(place, Origin(_RANDOM, None, {recipe.weights: "0" * 64}))


def _ways(subject: Subject, hardware: Hardware) -> list[Way]:
    """PyTorch in FP32 first, on the card if there is one: with it the others are compared."""
    found = []
    for precision in ("fp32", "bf16"):
        found.append(_isolated(f"PyTorch {precision}", subject.card, partial(_torch, subject.folder, precision)))
    for precision in ("fp32", "bf16"):
        found.append(_isolated(f"OpenVINO {precision}", subject.card, partial(_openvino, precision)))
    loaded = [*_on_cards(subject, hardware)]
    for way in found:
        with suppress(InferenceError):
            way.runner.load()
            if way.runner.precision == way.name.rpartition(" ")[2]:  # a processor may not have it
                loaded.append(way)
                continue
        way.runner.free()
    return loaded


def _on_cards(subject: Subject, hardware: Hardware) -> Iterator[Way]:
    """Loaded: in what precision PyTorch runs as a rule depends on the card."""
    if not hardware.gpus or subject.is_random:  # PyTorch on the card takes what was got
        return
    for name, precision in (("torch", "fp32"), ("torch", "automatic"), ("tensorrt", "automatic")):
        with suppress(EngineError):
            chosen = back_ends.choose(name, precision=precision, threads=usable_cores(), cache=None, hardware=hardware)
            runner = chosen.runner(subject.card)
            runner.load()
            yield Way(f"{name}{_ON_THE_CARD} {runner.precision}", runner, None)


def _isolated(name: str, card: Card, make: partial[Runner]) -> Way:
    process = NetworkProcess()
    return Way(name, process.runner(card, make), process)


def _torch(folder: Path, precision: str, card: Card) -> Runner:
    from engines.inference.torch_engine import TorchRunner

    return TorchRunner(card, precision=precision, threads=usable_cores(), folder=folder)


def _openvino(precision: str, card: Card) -> Runner:
    from engines.inference.openvino_engine import OpenVinoRunner

    return OpenVinoRunner(card, threads=usable_cores(), precision=precision)


def _measure(ways: Sequence[Way], card: Card, batches: Sequence[int], rounds: int) -> None:
    compare = example(card, 4)
    wanted = ways[0].runner.run(compare)
    for way in ways:
        way.agreement = compared(wanted, way.runner.run(compare))  # it also gets them warm
    for batch in dict.fromkeys((1, *batches)):
        inputs = example(card, min(batch, card.batch_limit))
        for _ in range(rounds):
            for way in ways:
                way.seconds.setdefault(batch, []).append(_seconds(way.runner, inputs))


def _seconds(runner: Runner, inputs: Arrays) -> float:
    return timed(lambda: runner.run(inputs))[0]


def _rows(subject: Subject, ways: Sequence[Way], batches: Sequence[int]) -> Iterator[Row]:
    first, title = ways[0], subject.card.title
    made = f"; {_RANDOM}" if subject.is_random else ""
    for way in ways:
        for batch in batches:
            speed = min(batch, subject.card.batch_limit) / statistics.median(way.seconds[batch])
            alone = 1000 * statistics.median(way.seconds[1])
            note = f"batches of {batch}; one alone {alone:.0f} ms; {_memory(way)}{_agreed(way, first)}{made}"
            yield Row(f"{title}: {way.name}", speed, "pictures/s", note=note)
    yield _ratio(subject, ways, batches)
    yield from _on_card_ratios(subject, ways, batches)


def _ratio(subject: Subject, ways: Sequence[Way], batches: Sequence[int]) -> Row:
    """OpenVINO's best against PyTorch in FP32 on the processor, in the same rounds."""
    name = f"{subject.card.title}: OpenVINO against PyTorch fp32"
    yardstick = next((way for way in ways if way.name == "PyTorch fp32"), None)
    ours = [way for way in ways if way.name.startswith("OpenVINO")]
    if yardstick is None or not ours:
        return Row(name, None, "times faster", AGAINST_TORCH, "one of them does not run here")
    best = min(ours, key=lambda way: _per_picture(way, subject.card, batches))
    ratio = _per_picture(yardstick, subject.card, batches) / _per_picture(best, subject.card, batches)
    bar = AGAINST_TORCH if len(ours) > 1 else None
    note = f"{best.name}, the best of its precisions" + ("" if bar else "; without AMX there is no bar")
    return Row(name, ratio, "times faster", bar, note)


def _on_card_ratios(subject: Subject, ways: Sequence[Way], batches: Sequence[int]) -> Iterator[Row]:
    """Each back end of a card in its usual precision against PyTorch in FP32 on the same card, in the same rounds."""
    yardstick = next((way for way in ways if way.name == f"torch{_ON_THE_CARD} fp32"), None)
    for name, bar in ON_A_CARD.items():
        title = f"{subject.card.title}: {name}{_ON_THE_CARD} against PyTorch fp32"
        begins = f"{name}{_ON_THE_CARD}"
        ours = next((way for way in ways if way.name.startswith(begins) and way is not yardstick), None)
        if yardstick is None or ours is None:
            yield Row(title, None, "times faster", bar, "needs an NVIDIA card that runs both, and the network got")
            continue
        ratio = _per_picture(yardstick, subject.card, batches) / _per_picture(ours, subject.card, batches)
        yield Row(title, ratio, "times faster", bar, ours.name)


def _per_picture(way: Way, card: Card, batches: Sequence[int]) -> float:
    """Seconds, in the batch that is best for it; a batch holds no more pictures than the card allows."""
    return min(statistics.median(way.seconds[batch]) / min(batch, card.batch_limit) for batch in batches)


def _memory(way: Way) -> str:
    if way.process is None or way.process.alone.pid is None:
        return "memory not measured"
    return f"{held_bytes(way.process.alone.pid) / 1e6:,.0f} MB"


def _agreed(way: Way, first: Way) -> str:
    return f"; against {first.name}: {way.agreement}" if way is not first else ""
