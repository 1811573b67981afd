"""What a precision costs and gains: how the top results and the speed change on a person's own photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engines.cancel import CancelToken
from engines.errors import InferenceError, UsageError
from engines.inference.agreement import compared, same_top
from engines.inference.back_ends import BackEnd
from engines.inference.catalogue import Card
from engines.inference.ladder import OPENVINO
from engines.inference.ladder_runner import LadderRunner
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

    wanted = _answered(OpenVinoRunner(card, threads=threads, precision="fp32"), OPENVINO, batches, token).answers
    found: list[Price] = []
    for number, precision in enumerate(PRECISIONS, start=1):
        tell(number / (1 + len(PRECISIONS)))
        try:
            back_end = start(precision)
            done = _answered(back_end.runner(card), back_end.name, batches, token)
        except (InferenceError, UsageError):
            continue  # as FP32 by TensorRT, whose file says FP16
        if done.precision == precision:  # not another, since processor, card or network do not have it
            found.append(_price(done, wanted, found))
    return found


def _price(done: _Answered, wanted: Arrays, before: Sequence[Price]) -> Price:
    per_second = len(next(iter(done.answers.values()))) / done.seconds
    plain = (one.per_second for one in before if (one.precision, one.back_end) == ("fp32", done.back_end))
    beside = per_second if done.precision == "fp32" else next(plain, None)
    faster = per_second / beside if beside else None
    said = str(compared(wanted, done.answers))
    return Price(done.precision, done.back_end, per_second, faster, same_top(wanted, done.answers), said)


@dataclass(frozen=True, slots=True)
class _Answered:
    """All answers, in how many seconds once it was warm, and what really ran: back ends step down."""

    answers: Arrays
    seconds: float
    precision: str
    back_end: str


def _answered(runner: Runner, back_end: str, batches: Sequence[Arrays], token: CancelToken | None) -> _Answered:
    """back_end: the one that was chosen."""
    runner.load()
    try:
        runner.run(batches[0])
        answers, began = [], perf_counter()
        for batch in batches:
            if token is not None:
                token.check()
            answers.append(runner.run(batch))
        seconds = perf_counter() - began
        ran_on = runner.back_end if isinstance(runner, LadderRunner) else None
        return _Answered(_together(answers), seconds, runner.precision, ran_on or back_end)
    finally:
        runner.free()


def _together(parts: Sequence[Arrays]) -> Arrays:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
