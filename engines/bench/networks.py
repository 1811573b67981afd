"""`bench networks`: how fast CLIP and DETR are on each back end of this computer, in what memory, and how they agree.

All ways run in processes of their own, by turns, so that what else the computer does falls on each.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter

from engines.bench.gpu_watch import GpuWatch
from engines.bench.report import Bar, Row
from engines.bench.timing import timed
from engines.bench.ways import ON_THE_CARD, RANDOM, TORCH, TORCH_ON_CARD, Way, full_set, on_cards, on_processor
from engines.bench.workbench import Workbench
from engines.errors import EngineError, InferenceError
from engines.inference.agreement import Agreement, compared
from engines.inference.catalogue import Card, cards
from engines.inference.examples import example
from engines.inference.extras import need_export
from engines.inference.gpu_monitor import GpuMonitor
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.recipes import recipes
from engines.inference.runner import Arrays, Runner
from engines.inference.sets import FULL

BATCHES = (1, 8, 12, 16, 20, 24)  # pictures, unless others are asked for
AGAINST_TORCH = Bar("≥", 2)  # OpenVINO in its best precision
INT8_BAR = Bar(">", 1)  # times as fast as bf16
ON_A_CARD = {"tensorrt": Bar("≥", 3), "torch": Bar("≥", 1.3)}  # against PyTorch in FP32 on the same card
FRAME_BAR = Bar("<", 0.5)  # s for CLIP and DETR together
LOAD_BAR = Bar("≥", 60)  # % of a card, while it infers

_ENOUGH_S = 25.0  # for one batch, over all ways; a round is always done
_SPEED, _TIMES = "pictures/s", "times faster"


@dataclass
class Measured:
    """One network in one way. seconds: of each round, by batch."""

    way: Way
    runner: Runner
    seconds: dict[int, list[float]] = field(default_factory=dict)
    agreement: Agreement | None = None
    watch: GpuWatch | None = None
    held_bytes: int | None = None

    def per_picture(self, batches: Sequence[int]) -> float:
        """Seconds, in the batch that is best for it."""
        return min(statistics.median(self.seconds[batch]) / batch for batch in batches)


def measure(bench: Workbench, batches: Sequence[int], rounds: int = 3) -> Iterator[Row]:
    """All rows; without values where the extra nvidia is missing: PyTorch is what the others are compared with."""
    try:
        need_export()
    except InferenceError as error:
        yield from unmeasured(str(error))
        return
    best: dict[str, float] = {}
    hardware = hardware_here()
    with full_set(bench) as got:
        for name in FULL.pictures:
            card = cards()[name]
            bench.say(f"Measuring: {card.title}")
            taken = [batch for batch in dict.fromkeys(batches) if batch <= card.batch_limit] or [card.batch_limit]
            with ExitStack() as stack:
                ways, lacking = _loaded(card, hardware, stack)
                _measure(ways, card, taken, rounds)
                yield from _rows(card, ways, lacking, taken, note="" if got else f"; {RANDOM}")
            best[name] = min(one.per_picture(taken) for one in ways)
    note = "CLIP and DETR one after the other, each on its fastest way"
    yield Row("CLIP + DETR, a frame", sum(best.values()), "s", FRAME_BAR, note)


def unmeasured(why: str) -> Iterator[Row]:
    """The rows that have a bar, without values."""
    titles = {plan.name: plan.title for recipe in recipes().values() for plan in recipe.networks}
    for title in (titles[name] for name in FULL.pictures):
        yield Row(f"{title}: OpenVINO against PyTorch fp32", None, _TIMES, AGAINST_TORCH, why)
        yield Row(f"{title}: OpenVINO int8 against bf16", None, _TIMES, INT8_BAR, why)
        for name, bar in ON_A_CARD.items():
            yield Row(f"{title}: {name}{ON_THE_CARD} against PyTorch fp32", None, _TIMES, bar, why)
    yield Row("CLIP + DETR, a frame", None, "s", FRAME_BAR, why)


def _loaded(card: Card, hardware: Hardware, stack: ExitStack) -> tuple[list[Measured], dict[str, str]]:
    """The ways that run this network here, freed with the stack, and why the others do not."""
    found: list[Measured] = []
    lacking: dict[str, str] = {}
    for way in (*on_processor(), *on_cards(hardware)):
        if isinstance(way, tuple):
            lacking[way[0]] = way[1]
            continue
        try:
            runner = way.runner(card)
        except EngineError as error:
            lacking[way.name] = str(error)
            continue
        stack.callback(runner.free)
        watch = GpuWatch(way.gpu.uuid, GpuMonitor(), way.pid) if way.gpu is not None else None
        found.append(Measured(way, runner, watch=watch))
    return found, lacking


def _measure(ways: Sequence[Measured], card: Card, batches: Sequence[int], rounds: int) -> None:
    compare = example(card, 4)
    wanted = ways[0].runner.run(compare)
    for one in ways:
        one.agreement = compared(wanted, one.runner.run(compare))  # it also gets them warm
    for batch in dict.fromkeys((1, *batches)):
        inputs, began, done = example(card, batch), perf_counter(), 0
        while done == 0 or (done < rounds and perf_counter() - began < _ENOUGH_S):
            for one in ways:
                one.seconds.setdefault(batch, []).append(_seconds(one, inputs))
            done += 1
    for one in ways:
        one.held_bytes = one.way.held_bytes


def _seconds(one: Measured, inputs: Arrays) -> float:
    if one.watch is None:
        return timed(lambda: one.runner.run(inputs))[0]
    with one.watch.looking():
        return timed(lambda: one.runner.run(inputs))[0]


def _rows(
    card: Card, ways: Sequence[Measured], lacking: dict[str, str], batches: Sequence[int], note: str = ""
) -> Iterator[Row]:
    for one in ways:
        name = f"{card.title}: {one.way.name}"
        agreed = "" if one is ways[0] else f"; against {ways[0].way.name}: {one.agreement}"
        for batch in batches:
            speed = batch / statistics.median(one.seconds[batch])
            yield Row(f"{name}, {batch} at once", speed, _SPEED, note=f"{agreed}{note}".removeprefix("; "))
        yield Row(f"{name}, one alone", 1000 * statistics.median(one.seconds[1]), "ms")
        held = None if one.held_bytes is None else one.held_bytes / 1e6
        yield Row(f"{name}, memory", held, "MB", note="of its process")
        if one.watch is not None:
            yield Row(f"{name}, load of the card", one.watch.load, "%", LOAD_BAR)
            peak = one.watch.peak_bytes
            yield Row(f"{name}, memory of the card", None if peak is None else peak / 1e6, "MB", note="the most")
    for name, why in lacking.items():
        yield Row(f"{card.title}: {name}", None, _SPEED, note=why)
    yield _against_torch(card, ways, batches)
    yield _int8(card, ways, lacking, batches)
    yield from _on_card_ratios(card, ways, lacking, batches)


def _named(ways: Sequence[Measured], name: str) -> Measured | None:
    return next((one for one in ways if one.way.name == name), None)


def _against_torch(card: Card, ways: Sequence[Measured], batches: Sequence[int]) -> Row:
    """OpenVINO's best against PyTorch in FP32 on the processor, in the same rounds."""
    name = f"{card.title}: OpenVINO against PyTorch fp32"
    yardstick, ours = _named(ways, TORCH), [one for one in ways if one.way.name.startswith("OpenVINO")]
    if yardstick is None or not ours:
        return Row(name, None, _TIMES, AGAINST_TORCH, "one of them does not run here")
    best = min(ours, key=lambda one: one.per_picture(batches))
    ratio = yardstick.per_picture(batches) / best.per_picture(batches)
    ratios = {one.way.precision: yardstick.per_picture(batches) / one.per_picture(batches) for one in ours}
    each = ", ".join(f"{precision} {value:.2f}" for precision, value in ratios.items())
    return Row(name, ratio, _TIMES, AGAINST_TORCH, f"{best.way.name}, the best of its precisions ({each})")


def _int8(card: Card, ways: Sequence[Measured], lacking: dict[str, str], batches: Sequence[int]) -> Row:
    name = f"{card.title}: OpenVINO int8 against bf16"
    rounded, wide = _named(ways, "OpenVINO int8"), _named(ways, "OpenVINO bf16")
    if rounded is None or wide is None:
        lacks = "OpenVINO int8" if rounded is None else "OpenVINO bf16"
        return Row(name, None, _TIMES, INT8_BAR, lacking.get(lacks, f"{lacks} does not run here"))
    return Row(name, wide.per_picture(batches) / rounded.per_picture(batches), _TIMES, INT8_BAR)


def _on_card_ratios(
    card: Card, ways: Sequence[Measured], lacking: dict[str, str], batches: Sequence[int]
) -> Iterator[Row]:
    """Each back end of a card in its usual precision against PyTorch in FP32 on the same card, in the same rounds."""
    yardstick = _named(ways, TORCH_ON_CARD)
    for name, bar in ON_A_CARD.items():
        title, begins = f"{card.title}: {name}{ON_THE_CARD} against PyTorch fp32", f"{name}{ON_THE_CARD}"
        ours = [one for one in ways if one.way.name.startswith(begins) and one is not yardstick]
        if yardstick is None or not ours:
            why = next((reason for way, reason in lacking.items() if way.startswith(begins)), "it does not run here")
            yield Row(title, None, _TIMES, bar, why)
            continue
        yield Row(title, yardstick.per_picture(batches) / ours[0].per_picture(batches), _TIMES, bar, ours[0].way.name)
