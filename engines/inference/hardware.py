"""What this computer has for running networks: its NVIDIA cards, and which libraries for them are installed.

Nothing of NVIDIA's is imported here: without a card some of it ends the process.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

import platformdirs

from engines.errors import WorkerError
from engines.inference.gpu_monitor import Gpu, GpuMonitor
from engines.inference.tensorrt_build import LIBRARIES, library_here
from engines.workers.alone import Alone

_VERDICTS = (
    "gpu-verdicts.json"  # in the cache folder: the trial takes seconds, and its outcome changes only with a driver
)
_TRIAL_S = 90.0
_FAULT_KEPT_S = 3600.0  # then it is tried again: the card may have been full, or the computer busy


@dataclass(frozen=True, slots=True)
class Hardware:
    """gpus: in the driver's order. no_gpu: why there is none. driver: its version. tensorrt: versions of the libraries.

    torch: version, None if it is not installed.
    """

    gpus: tuple[Gpu, ...] = ()
    no_gpu: str | None = None
    driver: str | None = None
    tensorrt: tuple[tuple[str, str], ...] = ()
    torch: str | None = None


def hardware_here(monitor: GpuMonitor | None = None) -> Hardware:
    """Asks the driver, which takes some milliseconds where there is one."""
    asked = monitor or GpuMonitor()
    gpus = asked.gpus()
    found = Hardware(gpus, asked.reason, asked.driver, tuple(library_here(LIBRARIES).items()), _version("torch"))
    if monitor is None:
        asked.close()
    return found


def trial(what: str, hardware: Hardware, log: Path | None = None) -> str | None:
    """Why this library does not work on the first card, found by trying it in a process of its own; None if it works.

    what: 'torch', 'tensorrt' or 'tensorrt_rtx'. The outcome is remembered for this card, driver and version: that it
    works for good, a fault for an hour.
    """
    card, device = (hardware.gpus[0].uuid, hardware.gpus[0].index) if hardware.gpus else ("", 0)
    key = " ".join([what, card, str(hardware.driver), hardware.torch or "", *map(str, hardware.tensorrt)])
    verdicts, now = _read_verdicts(), time.time()
    known = verdicts.get(key)
    if known is None or (known["fault"] is not None and not 0 <= now - known["at"] < _FAULT_KEPT_S):
        known = verdicts[key] = {"fault": _tried(what, device, log), "at": now}
        _write_verdicts(verdicts)
    fault: str | None = known["fault"]
    return fault


def _tried(what: str, device: int, log: Path | None) -> str | None:
    process = Alone(log)
    try:
        found: str | None = process.call(_try_here, what, device, seconds=_TRIAL_S)
    except WorkerError as error:
        return str(error)
    finally:
        process.close()
    return found


def _try_here(what: str, device: int) -> str | None:
    """In a process of its own, which may not survive it. device: CUDA's number of the card."""
    try:
        import torch

        if not torch.cuda.is_available():
            return "PyTorch was installed without CUDA, or finds no card"
        torch.cuda.set_device(device)
        if what == "torch":
            return None if float(torch.ones(8, device="cuda").sum()) == 8.0 else "PyTorch cannot add up on the card"
        return _try_tensorrt(what)
    except (ImportError, OSError, RuntimeError) as error:
        return str(error).strip().splitlines()[0]


def _try_tensorrt(library: str) -> str | None:
    """Build an engine of one layer for the card that is here, and open it."""
    import importlib

    trt: Any = importlib.import_module(library)
    log = trt.Logger(trt.Logger.ERROR)
    builder = trt.Builder(log)
    network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
    given = network.add_input("given", trt.float32, (1, 8))
    network.mark_output(network.add_activation(given, trt.ActivationType.RELU).get_output(0))
    plan = builder.build_serialized_network(network, builder.create_builder_config())
    if plan is None:
        return "it builds no engine for this card"
    engine = trt.Runtime(log).deserialize_cuda_engine(bytes(plan))
    if engine is None or engine.create_execution_context() is None:
        return "it cannot run what it built"
    return None


def _version(package: str) -> str | None:
    if util.find_spec(package) is None:
        return None
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _verdicts_file() -> Path:
    return platformdirs.user_cache_path("image-engine") / "networks" / _VERDICTS


def _read_verdicts() -> dict[str, dict[str, Any]]:
    """By what was tried: fault, None if it works; at, seconds since 1970."""
    try:
        found = dict(json.loads(_verdicts_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
    return {key: one for key, one in found.items() if isinstance(one, dict) and one.keys() == {"fault", "at"}}


def _write_verdicts(verdicts: dict[str, dict[str, Any]]) -> None:
    path = _verdicts_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(verdicts), "utf-8")
        os.replace(new, path)
    except OSError:
        return  # it is tried again at the next start
