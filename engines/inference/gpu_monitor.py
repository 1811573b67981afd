"""What the NVIDIA cards of this computer are and do, as their driver tells it.

Each number is asked for by itself, because no card has them all: laptops tell no power, passive cards no fan, Windows
no memory of single programs, parts of a divided card no load, and a card that shares the computer's memory has none of
its own. Reading takes milliseconds and may wait for the driver, so it is not for the thread of a window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

_AGAIN_S = 10.0  # after the driver was lost, until it is asked again

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Gpu:
    """A card. capability: of its processors, such as (8, 6). memory: bytes."""

    index: int
    uuid: str
    name: str
    capability: tuple[int, int] | None
    memory: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a card does now; None where it does not say. load, memory_load, encoder, decoder: percent. used, total,
    ours: bytes of memory, ours by the processes that were asked about. power, power_limit: watts. clock: MHz.
    throttled: why it runs slower than it could, as the driver's bits.
    """

    gpu: Gpu
    load: int | None
    memory_load: int | None
    used: int | None
    total: int | None
    ours: int | None
    temperature: int | None
    power: float | None
    power_limit: float | None
    fan: int | None
    clock: int | None
    encoder: int | None
    decoder: int | None
    throttled: int | None


class GpuMonitor:
    """Asks the driver. nvml: its library for Python; another in tests. clock: seconds, that only grow.

    reason: why there is nothing to tell, as a sentence; None while there is a card.
    """

    def __init__(self, nvml: Any | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._nvml: Any = nvml
        self._clock = clock
        self._gpus: list[tuple[Gpu, Any]] = []
        self._asked_again = -_AGAIN_S
        self._is_open = False
        self._is_lost = False
        self.reason: str | None = None
        self.driver: str | None = None

    def gpus(self) -> tuple[Gpu, ...]:
        """The cards, in the order of the driver, which need not be that of CUDA: match them by uuid."""
        self._connect()
        return tuple(gpu for gpu, _ in self._gpus)

    def read(self, pids: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
        """What each card does now. pids: whose memory is ours. Empty while the driver is away; it is asked again."""
        self._connect()
        self._is_lost = False
        readings = tuple(self._read(gpu, handle, pids) for gpu, handle in self._gpus)
        if self._is_lost:
            self.close()
            self._asked_again = self._clock()
            self.reason = "The graphics card does not answer; its driver may have been restarted."
            return ()
        return readings

    def close(self) -> None:
        if self._is_open:
            self._guarded(self._nvml.nvmlShutdown)
        self._is_open, self._gpus = False, []

    def _connect(self) -> None:
        if self._is_open or self._clock() - self._asked_again < _AGAIN_S:
            return
        self._asked_again = self._clock()
        if self._nvml is None:
            import pynvml  # only who asks pays for it

            self._nvml = pynvml
        try:
            self._nvml.nvmlInit()
        except self._nvml.NVMLError as error:
            self.reason = _why_not(self._nvml, error)
            return
        self._is_open, self.reason = True, None
        self.driver = self._guarded(self._nvml.nvmlSystemGetDriverVersion)
        count = self._guarded(self._nvml.nvmlDeviceGetCount) or 0
        self._gpus = [found for index in range(count) if (found := self._gpu(index)) is not None]
        if not self._gpus:
            self.reason = "NVIDIA's driver is here, but it knows no graphics card."

    def _gpu(self, index: int) -> tuple[Gpu, Any] | None:
        handle = self._guarded(self._nvml.nvmlDeviceGetHandleByIndex, index)
        if handle is None:
            return None
        memory = self._guarded(self._nvml.nvmlDeviceGetMemoryInfo, handle)
        capability = self._guarded(self._nvml.nvmlDeviceGetCudaComputeCapability, handle)
        return (
            Gpu(
                index,
                self._text(self._nvml.nvmlDeviceGetUUID, handle) or f"gpu {index}",
                self._text(self._nvml.nvmlDeviceGetName, handle) or "NVIDIA graphics card",
                (int(capability[0]), int(capability[1])) if capability else None,
                int(memory.total) if memory is not None else None,
            ),
            handle,
        )

    def _read(self, gpu: Gpu, handle: Any, pids: frozenset[int]) -> Reading:
        nvml, ask = self._nvml, self._guarded
        rates = ask(nvml.nvmlDeviceGetUtilizationRates, handle)
        memory = ask(nvml.nvmlDeviceGetMemoryInfo, handle)
        power = ask(nvml.nvmlDeviceGetPowerUsage, handle)
        limit = ask(nvml.nvmlDeviceGetEnforcedPowerLimit, handle)
        encoder = ask(nvml.nvmlDeviceGetEncoderUtilization, handle)
        decoder = ask(nvml.nvmlDeviceGetDecoderUtilization, handle)
        return Reading(
            gpu,
            load=rates.gpu if rates else None,
            memory_load=rates.memory if rates else None,
            used=memory.used if memory else None,
            total=memory.total if memory else None,
            ours=self._ours(handle, pids),
            temperature=ask(nvml.nvmlDeviceGetTemperature, handle, nvml.NVML_TEMPERATURE_GPU),
            power=power / 1000 if power is not None else None,
            power_limit=limit / 1000 if limit is not None else None,
            fan=ask(nvml.nvmlDeviceGetFanSpeed, handle),
            clock=ask(nvml.nvmlDeviceGetClockInfo, handle, nvml.NVML_CLOCK_SM),
            encoder=encoder[0] if encoder else None,
            decoder=decoder[0] if decoder else None,
            throttled=ask(nvml.nvmlDeviceGetCurrentClocksEventReasons, handle),
        )

    def _ours(self, handle: Any, pids: frozenset[int]) -> int | None:
        """None also where the driver hides it, as on Windows."""
        running = self._guarded(self._nvml.nvmlDeviceGetComputeRunningProcesses, handle)
        if running is None:
            return None
        held = [one.usedGpuMemory for one in running if one.pid in pids]
        return None if any(size is None for size in held) else sum(held)

    def _guarded(self, ask: Callable[..., _Value], *args: Any) -> _Value | None:
        try:
            return ask(*args)
        except self._nvml.NVMLError as error:
            self._is_lost = self._is_lost or _is_lost(self._nvml, error)
            return None

    def _text(self, ask: Callable[..., Any], *args: Any) -> str | None:
        value = self._guarded(ask, *args)
        return value.decode(errors="replace") if isinstance(value, bytes) else value


def _is_lost(nvml: Any, error: Any) -> bool:
    """Whether the driver or a card is away, and not only what was asked about unknown to it."""
    gone = (
        nvml.NVML_ERROR_UNINITIALIZED,
        nvml.NVML_ERROR_DRIVER_NOT_LOADED,
        nvml.NVML_ERROR_GPU_IS_LOST,
        nvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH,
    )
    return getattr(error, "value", None) in gone


def _why_not(nvml: Any, error: Any) -> str:
    value = getattr(error, "value", None)
    if value in (nvml.NVML_ERROR_LIBRARY_NOT_FOUND, nvml.NVML_ERROR_DRIVER_NOT_LOADED):
        return "No NVIDIA driver was found."
    if value == nvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH:
        return "NVIDIA's driver was renewed and the computer was not started again since."
    return f"NVIDIA's driver does not answer ({error})."
