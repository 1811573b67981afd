"""What a precision costs and gains: how the top results and the speed change on a person's own photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.agreement import compared, same_top
from engines.inference.back_ends import BackEnd
from engines.inference.catalogue import Card
from engines.inference.runner import Arrays, Runner

PHOTOS = 48  # that are compared
PRECISIONS = ("fp32", "bf16", "fp16", "int8")

_BATCH = 8  # pictures

StartBackEnd = Callable[[str], BackEnd]  # by precision, as the settings want it otherwise


@dataclass(frozen=True, slots=True)
class Price:
    """Of one precision. per_second: pictures. faster: times, than FP32 on the same back end; None where that has none.

    same_top: how much of what a person is shown first is as with FP32, as a share; None where nothing is sure.
    agreement: in words.
    """

    precision: str
    back_end: str
    per_second: float
    faster: float | None
    same_top: float | None
    agreement: str


def prices(
    card: Card,
    pictures: Sequence[Arrays],
    start: StartBackEnd,
    *,
    threads: int,
    token: CancelToken | None = None,
    tell: Callable[[float], None] = lambda share: None,
) -> list[Price]:
    """For each precision that this network is run in here, FP32 first. pictures: inputs for one photo each. tell: is
    given how much of the work is done, 0 to 1.

    Raises InferenceError without photos, or if the network cannot be run; Cancelled.
    """
    if not pictures:
        raise InferenceError("no_photos", "There are no photos to compare precisions on.", network=card.name)
    batches = [_together(pictures[at : at + _BATCH]) for at in range(0, len(pictures), _BATCH)]
    from engines.inference.openvino_engine import OpenVinoRunner  # the window knows of prices, not of OpenVINO

    wanted, _ = _answered(OpenVinoRunner(card, threads=threads, precision="fp32"), batches, token)
    found: list[Price] = []
    for number, precision in enumerate(PRECISIONS, start=1):
        tell(number / (1 + len(PRECISIONS)))
        back_end = start(precision)
        try:
            found += _price(card, back_end.runner(card), back_end.name, precision, batches, wanted, found, token)
        except InferenceError:
            continue  # as FP32 by TensorRT, whose file says FP16
    return found


def _price(
    card: Card,
    runner: Runner,
    back_end: str,
    precision: str,
    batches: Sequence[Arrays],
    wanted: Arrays,
    before: Sequence[Price],
    token: CancelToken | None,
) -> Iterator[Price]:
    """Nothing for a precision that becomes another, since processor, card or network do not have it."""
    answers, seconds = _answered(runner, batches, token)
    if runner.precision == precision:
        per_second = sum(len(next(iter(batch.values()))) for batch in batches) / seconds
        plain = next((one.per_second for one in before if one.precision == "fp32"), None)
        faster = per_second / plain if plain else (1.0 if precision == "fp32" else None)
        said = str(compared(wanted, answers))
        yield Price(precision, back_end, per_second, faster, same_top(wanted, answers), said)


def _answered(runner: Runner, batches: Sequence[Arrays], token: CancelToken | None) -> tuple[Arrays, float]:
    """The answers to all batches, and how many seconds they took once it was warm."""
    runner.load()
    try:
        runner.run(batches[0])
        answers, began = [], perf_counter()
        for batch in batches:
            if token is not None:
                token.check()
            answers.append(runner.run(batch))
        seconds = perf_counter() - began
    finally:
        runner.free()
    return _together(answers), seconds


def _together(parts: Sequence[Arrays]) -> Arrays:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
