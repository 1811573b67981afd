"""How much sooner the networks answer than with PyTorch, and photos are done than by the naive way."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engines.analysis.drive import Executor
from engines.analysis.phases import of_networks, phases
from engines.analysis.squares import seen_by
from engines.bench.report import Bar, Row
from engines.bench.seeing import decoded, through, wanted, warm_up
from engines.bench.timing import timed
from engines.bench.workbench import Workbench
from engines.inference import torch_network
from engines.inference.back_ends import choose
from engines.inference.catalogue import Card, Task, starter_cards
from engines.inference.runner import Arrays, Runner
from engines.settings import usable_cores
from engines.types import ToInfer, Wanted

NETWORK_BAR = Bar("≥", 2)  # times as fast, both in FP32
NAIVE_BAR = Bar("≥", 5)  # times as fast

_PHOTOS = 40  # at most, from all over the folder: PyTorch takes a third of a second for one
_BATCH = 8  # pictures, or …
_LENGTHS = range(6, 22)  # tokens, of texts in a batch
_WORDS = range(2000, 20_000)  # tokens that are common words
_TIMES = "times faster"


def measure(bench: Workbench, folder: Path, rounds: int) -> Iterator[Row]:
    """Rows for the photos below a folder; without numbers where PyTorch is not installed."""
    lacking = torch_network.why_not()
    if lacking is not None:
        yield from _unmeasured(lacking)
        return
    files = wanted(bench, folder)
    files = files[:: -(-len(files) // _PHOTOS)]
    with bench.start_executor() as executor:
        pictures = decoded(executor, files)
        for card in starter_cards().values():
            bench.say(f"Measuring: {card.title} against PyTorch")
            yield _network(card, pictures, rounds)
        bench.say("Measuring: the whole against the naive way")
        yield _whole(bench, executor, files, pictures, rounds)


def _unmeasured(why: str) -> Iterator[Row]:
    for card in starter_cards().values():
        yield Row(_named(card), None, _TIMES, NETWORK_BAR, why)
    yield Row("naive way", None, _TIMES, NAIVE_BAR, why)


def _named(card: Card) -> str:
    return f"{card.title} against PyTorch"


def _torch(card: Card) -> Runner:
    runner = torch_network.TorchReference(card, threads=usable_cores())
    runner.load()
    return runner


def _openvino(card: Card) -> Runner:
    runner = choose("openvino", precision="fp32", threads=usable_cores(), cache=None).runner(card)
    runner.load()
    return runner


def _network(card: Card, pictures: Sequence[ToInfer], rounds: int) -> Row:
    """Both by turns, so that what else the computer does meanwhile falls on both."""
    batches = list(_texts(card) if card.task is Task.TEXT else _pictures(card, pictures))
    runners = _openvino(card), _torch(card)
    times = [[timed(lambda: _ask(runner, batches))[0] for runner in runners] for _ in range(rounds + 1)]  # noqa: B023
    for runner in runners:
        runner.free()
    times = times[1:]  # in the first round they get warm
    ratio = statistics.median(torch / openvino for openvino, torch in times)
    asked = sum(len(next(iter(batch.values()))) for batch in batches)
    ours, theirs = (asked / statistics.median(seconds) for seconds in zip(*times, strict=True))
    note = f"OpenVINO {ours:.3g} a second, PyTorch {theirs:.3g}; the same weights, FP32, all cores, batches of {_BATCH}"
    return Row(_named(card), ratio, _TIMES, NETWORK_BAR, note)


def _ask(runner: Runner, batches: Sequence[Arrays]) -> None:
    for batch in batches:
        runner.run(batch)


def _pictures(card: Card, pictures: Sequence[ToInfer]) -> Iterator[Arrays]:
    squares = np.stack([picture.squares[card.name] for picture in pictures])
    for start in range(0, len(squares), _BATCH):
        yield {card.inputs[0].name: squares[start : start + _BATCH]}


def _texts(card: Card) -> Iterator[Arrays]:
    """Any tokens, as many as in searches and captions: which ones they are takes no time."""
    random = np.random.default_rng(29)
    for length in _LENGTHS:
        tokens = random.integers(_WORDS.start, _WORDS.stop, (_BATCH, length))
        yield {"tokens": tokens, "mask": np.ones_like(tokens)}


def _whole(
    bench: Workbench, executor: Executor, files: Sequence[Wanted], pictures: Sequence[ToInfer], rounds: int
) -> Row:
    """Of files that Pillow can read, which alone a first draft could."""
    from engines.bench import naive  # loads all decoders

    naive.prepare()
    common = [file for file in files if naive.examine(file.path)]
    if not common or not pictures:
        return Row("naive way", None, _TIMES, NAIVE_BAR, "Pillow can read none of these files")
    paths = [file.path for file in common]
    runners = [_torch(starter_cards()[name]) for name in seen_by(of_networks(phases()))]

    def theirs() -> None:
        for path in paths:
            naive.examine(path)
        naive.infer(paths, runners)

    ratios = []
    for _ in range(rounds):
        with bench.start_desk() as desk:
            warm_up(desk, pictures[0])
            ours, _ = timed(lambda: through(executor, desk, common))
        ratios.append(timed(theirs)[0] / ours)
    note = (
        f"one process; each phase and each network opens and decodes the file again with Pillow, then PyTorch in FP32, "
        f"batches of {naive.BATCH}, one after the other; {len(common):,} files, nothing saved on either side"
    )
    return Row("naive way", statistics.median(ratios), _TIMES, NAIVE_BAR, note)
