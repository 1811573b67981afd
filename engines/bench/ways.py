"""The ways in which CLIP and DETR can be run on this computer, each in a process of its own, to be compared.

Where a network was not got, one of its true architecture with random weights stands in: speed does not depend on them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engines.analysis.memory import held_bytes
from engines.bench.workbench import Workbench
from engines.errors import EngineError, InferenceError
from engines.inference import back_ends
from engines.inference.catalogue import FOLDER_VARIABLE, Card, networks_folder, read_card
from engines.inference.examples import example
from engines.inference.gpu_monitor import Gpu
from engines.inference.hardware import Hardware
from engines.inference.int8 import int8_form
from engines.inference.isolated import NetworkProcess
from engines.inference.recipes import recipes
from engines.inference.runner import Runner
from engines.inference.sets import FULL
from engines.inference.store import CHECKPOINTS, Checkpoint, Origin, checkpoint, checkpoints_folder
from engines.settings import usable_cores

RANDOM = "random weights"
ON_THE_CARD = " on the card"  # in the names of ways, before the precision
TORCH = "PyTorch fp32"  # on the processor: what all others are compared with where there is no card
TORCH_ON_CARD = f"torch{ON_THE_CARD} fp32"

_EXAMPLES = 4  # that an INT8 form is made with where there are random weights


@dataclass(frozen=True)
class Way:
    """A back end in one precision, for all networks. gpu: the card it runs on."""

    name: str
    start: Callable[[Card], Runner]
    pid: Callable[[], int | None]
    gpu: Gpu | None = None

    @property
    def precision(self) -> str:
        return self.name.rpartition(" ")[2]

    def runner(self, card: Card) -> Runner:
        """Loaded. Raises EngineError, also where it becomes another precision than the way's."""
        runner = self.start(card)
        runner.load()
        if runner.precision != self.precision:
            runner.free()
            raise InferenceError("precision", f"it runs {card.title} in {runner.precision} instead.", network=card.name)
        return runner

    @property
    def held_bytes(self) -> int | None:
        pid = self.pid()
        return None if pid is None else held_bytes(pid)


def on_processor() -> Iterator[Way]:
    """PyTorch in FP32 first."""
    for precision in ("fp32", "bf16"):
        yield _isolated(f"PyTorch {precision}", partial(_torch, precision))
    for precision in ("fp32", "bf16", "int8"):
        yield _isolated(f"OpenVINO {precision}", partial(_openvino, precision))


def on_cards(hardware: Hardware) -> Iterator[Way | tuple[str, str]]:
    """PyTorch in FP32 first; for each that cannot be had its name and the reason."""
    for name, precision in (("torch", "fp32"), ("torch", "automatic"), ("tensorrt", "fp16"), ("tensorrt", "int8")):
        try:
            chosen = back_ends.choose(name, precision=precision, threads=usable_cores(), cache=None, hardware=hardware)
        except EngineError as error:
            yield f"{name}{ON_THE_CARD} {precision}", str(error)
            continue
        said = chosen.precision if name == "tensorrt" else precision
        if precision == "automatic":
            said = "bf16" if (chosen.gpu and (chosen.gpu.capability or (0, 0)) >= (8, 0)) else "fp16"
        yield Way(f"{name}{ON_THE_CARD} {said}", chosen.runner, partial(_pid_of, chosen), chosen.gpu)


def _pid_of(back_end: back_ends.BackEnd) -> int | None:
    return back_end.pid


def _isolated(name: str, make: Callable[[Card], Runner]) -> Way:
    process = NetworkProcess()
    return Way(name, lambda card: process.runner(card, make), lambda: process.alone.pid)


def _torch(precision: str, card: Card) -> Runner:
    from engines.inference.torch_engine import TorchRunner

    return TorchRunner(card, precision=precision, threads=usable_cores())


def _openvino(precision: str, card: Card) -> Runner:
    from engines.inference.openvino_engine import OpenVinoRunner

    return OpenVinoRunner(card, threads=usable_cores(), precision=precision)


def is_got() -> bool:
    """Whether the full set is here with its checkpoints, which PyTorch runs."""
    return not FULL.lacking and all(checkpoint(name) is not None for name in FULL.recipes)


@contextmanager
def full_set(bench: Workbench) -> Iterator[bool]:
    """The full set for this process and those it starts, whether as it was got, else made with random weights; below
    the bench, each network with an INT8 form.
    """
    before, folder = os.environ.get(FOLDER_VARIABLE), bench.place / "networks"
    got = is_got()
    if got:
        _copy(folder)
    else:
        _make(bench, folder)
    os.environ[FOLDER_VARIABLE] = str(folder)
    try:
        for name in FULL.pictures:
            card = read_card(folder / name)
            if card.int8 is None:
                bench.say(f"Preparing: {card.title} in INT8")
                int8_form(card, folder / name, [example(card, 1, seed) for seed in range(_EXAMPLES)], usable_cores())
        yield got
    finally:
        del os.environ[FOLDER_VARIABLE]
        if before is not None:
            os.environ[FOLDER_VARIABLE] = before


def _copy(folder: Path) -> None:
    for name in dict.fromkeys((*FULL.meaning, FULL.text)):
        shutil.copytree(networks_folder() / name, folder / name)
    for name in FULL.recipes:
        shutil.copytree(checkpoints_folder() / name, folder / CHECKPOINTS / name)


def _make(bench: Workbench, folder: Path) -> None:
    from engines.inference.export.install import export
    from engines.inference.export.random_weights import write_random

    for recipe in (recipes()[name] for name in FULL.recipes):
        bench.say(f"Preparing: {recipe.title} with {RANDOM}")
        there = Checkpoint(folder / CHECKPOINTS / recipe.name, Origin(RANDOM, None, {recipe.weights: "0" * 64}))
        write_random(recipe.kind, there.folder)
        there.note()
        for plan in recipe.networks:
            (folder / plan.name).mkdir()
            export(recipe, plan, there, folder / plan.name)
