"""Builds TensorRT engines, in a process of its own: a builder that crashes or is stopped takes nothing along.

One code serves two libraries of one interface: `tensorrt_rtx`, which builds without a card for one that is named, and
`tensorrt`, which builds for the card that is there. Precision is what the ONNX file says; nothing else is asked for.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.errors import InferenceError, WorkerError
from engines.inference.catalogue import Card, TensorSpec
from engines.workers.alone import Alone, Memory

LIBRARIES = ("tensorrt", "tensorrt_rtx")
WORKSPACE = 4 << 30  # bytes at most, for trying ways to calculate

_BUILD_S = 3600.0
_STEPS, _STOP = 0, 4  # where in the shared memory the count of finished steps lies, and the wish to stop
_SHARED = 64  # bytes

Range = tuple[int, int, int]  # the least, the usual and the greatest batch
Tell = Callable[[int], None]  # steps that are finished; nobody knows how many there will be


@dataclass(frozen=True, slots=True)
class BuildJob:
    """onnx, target: files. inputs: name and shape of each, with the batch first. capability: such as 'sm86', for a card
    that is not here; None for the one that is.
    """

    onnx: str
    target: str
    library: str
    inputs: tuple[tuple[str, tuple[int, ...]], ...]
    batches: Range
    workspace: int = WORKSPACE
    capability: str | None = None


def job_of(card: Card, target: Path, library: str, batches: Range, precision: str = "fp16", **options: Any) -> BuildJob:
    """options: workspace, capability."""
    inputs = tuple((spec.name, _fixed(spec)) for spec in card.inputs)
    onnx = card.files[card.network_in(precision)].path
    return BuildJob(str(onnx), str(target), library, inputs, batches, **options)


def build(
    job: BuildJob,
    title: str,
    *,
    token: CancelToken | None = None,
    tell: Tell = lambda steps: None,
    log: Path | None = None,
) -> None:
    """Build the engine into the job's target, which is not there afterwards if that fails.

    title: of the network, for the sentences. Raises InferenceError; Cancelled within a moment of being asked.
    """
    process, token = Alone(log), token or CancelToken()

    def meanwhile(memory: Memory) -> None:
        tell(int(memory[_STEPS : _STEPS + 4].view("uint32")[0]))
        memory[_STOP] = token.cancelled

    try:
        memory = process.memory(_SHARED)
        memory[:] = 0
        complaints = process.call(build_here, job, seconds=_BUILD_S, shared=True, meanwhile=meanwhile)
    except WorkerError as error:
        Path(job.target).unlink(missing_ok=True)
        raise InferenceError("engine_build", f"{job.library} could not build {title}: {error}") from error
    finally:
        process.close()
    token.check()
    if complaints is not None:
        text = f"{job.library} could not build {title}: {complaints}"
        raise InferenceError("engine_build", text, library=job.library)


def build_here(job: BuildJob, *, slot: Memory) -> str | None:
    """In the builder's process. What TensorRT complains about, or None when the engine is in its file."""
    trt = importlib.import_module(job.library)
    log = _log(trt)
    builder = trt.Builder(log)
    network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
    parser = trt.OnnxParser(network, log)
    if not parser.parse_from_file(job.onnx):
        return "; ".join(parser.get_error(index).desc() for index in range(parser.num_errors))
    config = builder.create_builder_config()
    config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, job.workspace)
    if job.capability is not None:
        config.num_compute_capabilities = 1
        config.set_compute_capability(getattr(trt.ComputeCapability, job.capability.upper()), 0)
    profile = builder.create_optimization_profile()
    for name, rest in job.inputs:
        profile.set_shape(name, *((batch, *rest) for batch in job.batches))
    if config.add_optimization_profile(profile) < 0:
        return "it refused the range of batches."
    config.progress_monitor = _progress(trt, slot)
    plan = builder.build_serialized_network(network, config)
    if slot[_STOP]:
        return "it was stopped."
    if plan is None:
        return "; ".join(log.errors[:3]) or "it gave no reason."
    Path(job.target).write_bytes(plan)
    return None


def _log(trt: Any) -> Any:
    class Log(trt.ILogger):  # type: ignore[misc]  # without types
        def __init__(self) -> None:
            super().__init__()
            self.errors: list[str] = []

        def log(self, severity: Any, text: str) -> None:
            """It complains that there is no card, and then builds for the one that was named."""
            if severity <= trt.ILogger.Severity.ERROR and "cudaError" not in text:
                self.errors.append(text)

    return Log()


def _progress(trt: Any, slot: Memory) -> Any:
    lock = threading.Lock()  # it is told on threads of the library
    count = slot[_STEPS : _STEPS + 4].view("uint32")

    class Progress(trt.IProgressMonitor):  # type: ignore[misc]  # without types
        def __init__(self) -> None:
            super().__init__()

        def phase_start(self, phase: str, parent: str | None, steps: int) -> None: ...

        def phase_finish(self, phase: str) -> None: ...

        def step_complete(self, phase: str, step: int) -> bool:
            with lock:
                count[0] += 1
            return not slot[_STOP]

    return Progress()


def library_here(names: tuple[str, ...] = LIBRARIES) -> Mapping[str, str]:
    """The versions of those that are installed. They are not imported: without a card that may end the process."""
    from importlib import metadata, util

    found = {}
    for name in names:
        if util.find_spec(name) is not None:
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                found[name] = "unknown"
    return found


def _fixed(spec: TensorSpec) -> tuple[int, ...]:
    return tuple(int(size) for size in spec.shape[1:])
