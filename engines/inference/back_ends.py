"""Which of the back ends runs the networks on this computer, and why not the others."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import platformdirs

from engines.cancel import CancelToken
from engines.errors import InferenceError, UsageError
from engines.inference.built_runner import BuiltRunner, key_of, precision_of
from engines.inference.catalogue import Card
from engines.inference.engine_cache import EngineGpu, EngineKey
from engines.inference.examples import example
from engines.inference.gpu_monitor import Gpu, GpuMonitor
from engines.inference.hardware import Hardware, hardware_here, trial
from engines.inference.isolated import NetworkProcess
from engines.inference.ladder import OPENVINO, TENSORRT, TORCH, Skipped, Step, Trial, steps
from engines.inference.ladder_runner import LadderRunner
from engines.inference.runner import Runner
from engines.inference.sparing import SparingRunner, fitting_batch
from engines.inference.store import sum_of
from engines.inference.tensorrt_build import WORKSPACE, Tell
from engines.inference.tensorrt_engine import TensorRtRunner
from engines.settings import Settings, usable_cores

StartRunner = Callable[[Card], Runner]

AUTOMATIC, ALL = "automatic", "all"  # cards, beside the identity of one

__all__ = ["BackEnd", "Skipped", "StartRunner", "back_end_of", "back_ends_of", "capability_of", "choose", "on_cards"]


@dataclass(frozen=True)
class BackEnd:
    """What runs the networks. steps: what is tried for each of them, the best first. asked: the precision. driver: its
    version. vram_percent: of the card's free memory that may be taken. batch: pictures at once on a card, 0 for as many
    as fit. engine_batch: that engines are built for at most, 0 for what the networks' cards say.
    """

    steps: tuple[Step, ...]
    asked: str
    threads: int
    cache: Path | None
    skipped: tuple[Skipped, ...]
    driver: str | None = None
    vram_percent: int = 70
    batch: int = 0
    engine_batch: int = 0
    _process: NetworkProcess = field(default_factory=NetworkProcess)

    @property
    def name(self) -> str:
        return self.steps[0].name

    @property
    def gpu(self) -> Gpu | None:
        """The card that it runs on; None for the processor."""
        return self.steps[0].gpu

    @property
    def pid(self) -> int | None:
        """Of the process that holds the card's memory; None while there is none."""
        return self._process.alone.pid

    @property
    def precision(self) -> str:
        """On a card automatic is fp16; a processor calculates in no fp16."""
        if self.name == OPENVINO:
            return "fp32" if self.asked in ("automatic", "fp16") else self.asked
        return "fp16" if self.asked == "automatic" else self.asked

    def runner(self, card: Card) -> Runner:
        """A runner for this network, not loaded yet."""
        starts = {TENSORRT: self._on_tensorrt, TORCH: self._on_torch, OPENVINO: self._on_processor}
        if self.name == OPENVINO:
            return self._on_processor(self.steps[0], card)
        return LadderRunner(card, [(step.name, partial(starts[step.name], step)) for step in self.steps])

    def _on_processor(self, step: Step, card: Card) -> Runner:
        from engines.inference.openvino_engine import OpenVinoRunner  # takes 0.3 s, which only those pay who need it

        plain = "fp32" if self.asked in ("automatic", "fp16") else self.asked
        return OpenVinoRunner(card, threads=self.threads, precision=plain, cache=self.cache)

    def _on_torch(self, step: Step, card: Card) -> SparingRunner:
        gpu = _needed(step.gpu)
        make = partial(_torch_runner, device=f"cuda:{gpu.index}", precision=self.asked)
        return self._sparing(self._process.runner(card, make), gpu)

    def build(self, card: Card, *, tell: Tell = lambda steps: None, token: CancelToken | None = None) -> bool:
        """Make sure that there is the engine that a run would ask for; whether it had to be built. tell: given steps.

        Raises InferenceError if TensorRT does not run here or cannot build it; Cancelled.
        """
        if self.name != TENSORRT:
            reason = next((one.reason for one in self.skipped if one.name == TENSORRT), "Another back end was chosen.")
            raise InferenceError("no_tensorrt", f"No engine can be built: {reason}")
        return self._built(self.steps[0], card, tell, token).build()

    def _on_tensorrt(self, step: Step, card: Card) -> SparingRunner:
        built = self._built(step, card)
        return self._sparing(built, _needed(step.gpu), built.key.batches[2])

    def _built(
        self, step: Step, card: Card, tell: Tell = lambda steps: None, token: CancelToken | None = None
    ) -> BuiltRunner:
        """Raises InferenceError if the network's file is of another precision than was asked for."""
        gpu = _needed(step.gpu)
        precision = precision_on_tensorrt(card, self.asked)
        assert step.library is not None
        place = EngineGpu(gpu.index, gpu.name, capability_of(gpu), self.driver or "unknown")
        workspace = workspace_on(gpu, self.vram_percent)
        version = step.version or "unknown"
        key = key_of(card, place, step.library, version, self.engine_batch, workspace, precision)
        open_engine = partial(self._open, gpu.index)
        capability = place.capability if step.library == "tensorrt_rtx" else None
        return BuiltRunner(card, key, open_engine, token=token, tell=tell, for_capability=capability)

    def _open(self, device: int, card: Card, engine: Path, key: EngineKey) -> Runner:
        make = partial(
            TensorRtRunner,
            engine=str(engine),
            sha256=sum_of(engine),
            library=key.library,
            precision=key.precision,
            device=device,
        )
        return self._process.runner(card, make)

    def _sparing(self, runner: Runner, gpu: Gpu, most: int | None = None) -> SparingRunner:
        """most: pictures at once that the back end takes, where that is less than the card says."""
        most = most or runner.card.batch_limit
        if self.batch:
            return SparingRunner(runner, min(self.batch, most))
        budget = _Budget(gpu, self.vram_percent, self._process)
        return SparingRunner(runner, fit=lambda loaded: min(most, budget.fit(loaded)))


class _Budget:
    """How much of a card's memory networks may take, and how much they do."""

    def __init__(self, gpu: Gpu, percent: int, process: NetworkProcess) -> None:
        self._gpu = gpu
        self._percent = percent
        self._process = process

    def fit(self, runner: Runner) -> int:
        """The batch that stays within the budget. runner: loaded."""
        monitor = GpuMonitor()
        try:
            held = self._held(monitor)
            free = self._free(monitor)
            budget = None if held is None or free is None else held + free * self._percent // 100
            return fitting_batch(runner, partial(example, runner.card), lambda: self._held(monitor), budget)
        finally:
            monitor.close()

    def _held(self, monitor: GpuMonitor) -> int | None:
        pid = self._process.alone.pid
        readings = monitor.read(frozenset() if pid is None else frozenset({pid}))
        return next((reading.ours for reading in readings if reading.gpu.uuid == self._gpu.uuid), None)

    def _free(self, monitor: GpuMonitor) -> int | None:
        for reading in monitor.read():
            if reading.gpu.uuid == self._gpu.uuid and reading.total is not None and reading.used is not None:
                return reading.total - reading.used
        return None


def back_end_of(settings: Settings) -> BackEnd:
    """What runs the networks, or the first of them, as the settings want it. Raises UsageError for one that cannot be
    had.
    """
    return back_ends_of(settings)[0]


def back_ends_of(settings: Settings) -> tuple[BackEnd, ...]:
    """One for each card that the settings want; one for the processor where there is none.

    Raises UsageError for a back end or a card that cannot be had.
    """
    asked = settings.inference.back_end
    if asked == OPENVINO:
        return (_chosen(settings, Hardware()),)
    return tuple(_chosen(settings, here) for here in on_cards(hardware_here(), settings.inference.device))


def on_cards(hardware: Hardware, device: str) -> list[Hardware]:
    """The same computer with one card only, for each card that is wanted: the first, 'all', or that of an identity.

    Raises UsageError for a card that is not here.
    """
    if device == ALL:
        return [replace(hardware, gpus=(gpu,)) for gpu in hardware.gpus] or [hardware]
    if device == AUTOMATIC:
        return [replace(hardware, gpus=hardware.gpus[:1])]
    found = [gpu for gpu in hardware.gpus if gpu.uuid == device]
    if not found:
        known = ", ".join(f"{gpu.uuid} ({gpu.name})" for gpu in hardware.gpus) or hardware.no_gpu or "none"
        text = f"inference.device={device} is no graphics card of this computer ({known}). Set it to {AUTOMATIC}."
        raise UsageError("no_such_card", text, device=device)
    return [replace(hardware, gpus=tuple(found))]


def precision_on_tensorrt(card: Card, asked: str) -> str:
    """That of the network's file. INT8 where it has none is what the file says, as on the processor.

    Raises InferenceError if the file is of another precision than was asked for, or of no use to TensorRT.
    """
    if card.adapter is not None:
        text = f"{card.title} was exported by others; TensorRT takes what `networks get` makes of a checkpoint."
        raise InferenceError("engine_precision", text, network=card.name)
    has = precision_of(card)
    if asked in ("automatic", has):
        return has
    if asked == "int8":
        return "int8" if card.int8 is not None else has
    text = f"TensorRT calculates in what a network's file says; that of {card.title} says {has}, not {asked}."
    raise InferenceError("engine_precision", text, network=card.name)


def workspace_on(gpu: Gpu, percent: int) -> int:
    """Bytes for trying ways to calculate while an engine is built: within the budget of a card that is free.

    It is part of an engine's key, so it may not depend on what else runs.
    """
    return WORKSPACE if gpu.memory is None else min(WORKSPACE, gpu.memory * percent // 100)


def _chosen(settings: Settings, hardware: Hardware) -> BackEnd:
    return choose(
        settings.inference.back_end,
        precision=settings.analysis.precision,
        threads=usable_cores(),
        cache=platformdirs.user_cache_path("image-engine") / "networks",
        vram_percent=settings.inference.vram_percent,
        batch=settings.analysis.batch_size,
        engine_batch=settings.inference.engine_batch,
        hardware=hardware,
    )


def choose(
    asked: str,
    *,
    precision: str,
    threads: int,
    cache: Path | None,
    vram_percent: int = 70,
    batch: int = 0,
    engine_batch: int = 0,
    hardware: Hardware | None = None,
    trial_of: Trial | None = None,
) -> BackEnd:
    """The best one that works. asked: a back end, or 'automatic'. hardware, trial_of: in place of what is found here.

    Raises UsageError if the one that was asked for cannot be had.
    """
    if asked == OPENVINO:
        return BackEnd((Step(OPENVINO),), precision, threads, cache, ())
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")  # so that CUDA counts cards as the driver does
    here = hardware if hardware is not None else hardware_here()
    found, skipped = steps(here, precision, trial_of or partial(_tried, here), asked)
    if not found:
        text = f"inference.back_end={asked} cannot be had: {skipped[0].reason} Set it to automatic or {OPENVINO}."
        raise UsageError("no_back_end", text, back_end=asked)
    return BackEnd(found, precision, threads, cache, skipped, here.driver, vram_percent, batch, engine_batch)


def _tried(hardware: Hardware, what: str) -> str | None:
    return trial(what, hardware)


def _needed(gpu: Gpu | None) -> Gpu:
    assert gpu is not None
    return gpu


def capability_of(gpu: Gpu) -> str:
    """As TensorRT calls it, such as 'sm86'."""
    return f"sm{gpu.capability[0]}{gpu.capability[1]}" if gpu.capability else "unknown"


def _torch_runner(card: Card, *, device: str, precision: str) -> Runner:
    """In the network process: importing torch would hold up a window."""
    from engines.inference.torch_engine import TorchRunner

    return TorchRunner(card, device=device, precision=precision)
