"""Which back ends come into question on this computer, the fastest first, and why each faster one does not.

The order is TensorRT, PyTorch, the processor. What speaks against a step is one sentence that a person can act on. That
a step is possible is found out cheaply and without importing anything; that it works, by a trial in another process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engines.inference.extras import install_command
from engines.inference.gpu_monitor import Gpu
from engines.inference.hardware import Hardware

TENSORRT, TORCH, OPENVINO = "tensorrt", "torch", "openvino"

_DRIVER_LEAST = 580  # the first that knows CUDA 13, for which the libraries of today are made
_CAPABILITY_LEAST = (7, 5)  # Turing; TensorRT has given up what is older
_TURING = (7, 5)

Trial = Callable[[str], str | None]  # why a library does not work here, by its name; None if it does


@dataclass(frozen=True, slots=True)
class Skipped:
    """A back end that would have come first, and why it was passed over."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """A back end that works here. library: which of those of TensorRT. gpu: None for the processor."""

    name: str
    library: str | None = None
    version: str | None = None
    gpu: Gpu | None = None


def steps(
    hardware: Hardware, precision: str, trial: Trial, asked: str = "automatic"
) -> tuple[tuple[Step, ...], tuple[Skipped, ...]]:
    """The back ends to try, the best first, and those that were passed over. asked: a forced one, or 'automatic'.

    The processor is always the last, unless another was forced: then what was asked for works or is told.
    """
    found: list[Step] = []
    skipped: list[Skipped] = []
    for name, look in ((TENSORRT, _tensorrt), (TORCH, _torch)):
        if asked not in ("automatic", name):
            continue
        outcome = look(hardware, precision, trial)
        if isinstance(outcome, Step):
            found.append(outcome)
        else:
            skipped.append(Skipped(name, outcome))
    if asked in ("automatic", OPENVINO):
        found.append(Step(OPENVINO))
    return tuple(found), tuple(skipped)


def _tensorrt(hardware: Hardware, precision: str, trial: Trial) -> Step | str:
    gpu = _card(hardware)
    if isinstance(gpu, str):
        return gpu
    if gpu.capability is not None and gpu.capability < _CAPABILITY_LEAST:
        return f"TensorRT needs a card of the generation Turing or newer; {gpu.name} is older."
    if not hardware.tensorrt:
        return f"TensorRT is not installed. This brings it: {install_command('nvidia')}"
    if (major := _major(hardware.driver)) is not None and major < _DRIVER_LEAST:
        return f"TensorRT needs driver {_DRIVER_LEAST} or newer; this computer has {hardware.driver}."
    return next(_libraries(hardware, gpu, precision, trial))


def _libraries(hardware: Hardware, gpu: Gpu, precision: str, trial: Trial) -> Iterator[Step | str]:
    """The first library that works, else why the last of them does not."""
    reason = ""
    for library, version in hardware.tensorrt:
        if library == "tensorrt_rtx" and gpu.capability == _TURING and precision == "fp32":
            reason = f"TensorRT for RTX does not calculate in fp32 on cards such as {gpu.name}; fp16 it does."
            continue
        fault = trial(library)
        if fault is None:
            yield Step(TENSORRT, library, version, gpu)
        reason = f"{library} {version} does not work here: {fault}."
    yield reason


def _torch(hardware: Hardware, precision: str, trial: Trial) -> Step | str:
    gpu = _card(hardware)
    if isinstance(gpu, str):
        return gpu
    if hardware.torch is None:
        return f"PyTorch is not installed. This brings it: {install_command('nvidia')}"
    fault = trial("torch")
    return Step(TORCH, None, hardware.torch, gpu) if fault is None else f"PyTorch cannot use the card: {fault}."


def _card(hardware: Hardware) -> Gpu | str:
    """The first card, or why there is none."""
    return hardware.gpus[0] if hardware.gpus else hardware.no_gpu or "There is no NVIDIA graphics card."


def _major(driver: str | None) -> int | None:
    found = re.match(r"\d+", driver or "")
    return int(found.group()) if found else None
