"""What NVIDIA's driver said on a computer with two cards, said again to whoever asks as nvidia-ml-py is asked."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

GB = 1 << 30


class NvmlError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(f"error {value}")
        self.value = value


class Driver:
    """nvidia-ml-py as far as it is asked, with what an RTX 3060 and a T4 said. failing: calls that raise, by name.

    cards: how many of the two there are; none: there is no driver.
    """

    NVMLError = NvmlError
    NVML_ERROR_LIBRARY_NOT_FOUND, NVML_ERROR_DRIVER_NOT_LOADED, NVML_ERROR_LIB_RM_VERSION_MISMATCH = 12, 9, 18
    NVML_ERROR_UNINITIALIZED, NVML_ERROR_GPU_IS_LOST = 1, 15
    NVML_TEMPERATURE_GPU, NVML_CLOCK_SM = 0, 1

    RECORDED: ClassVar[dict[str, Any]] = {
        "nvmlSystemGetDriverVersion": "581.15",
        "nvmlDeviceGetUUID": ("GPU-3060", b"GPU-T4"),
        "nvmlDeviceGetName": ("NVIDIA GeForce RTX 3060", b"Tesla T4"),
        "nvmlDeviceGetCudaComputeCapability": ((8, 6), (7, 5)),
        "nvmlDeviceGetMemoryInfo": (
            SimpleNamespace(total=12 * GB, used=3 * GB, free=9 * GB),
            SimpleNamespace(total=16 * GB, used=GB, free=15 * GB),
        ),
        "nvmlDeviceGetUtilizationRates": (SimpleNamespace(gpu=87, memory=41), SimpleNamespace(gpu=0, memory=0)),
        "nvmlDeviceGetPowerUsage": (132_500, 9_000),
        "nvmlDeviceGetEnforcedPowerLimit": (170_000, 70_000),
        "nvmlDeviceGetEncoderUtilization": ([12, 167_000], [0, 167_000]),
        "nvmlDeviceGetDecoderUtilization": ([3, 167_000], [0, 167_000]),
        "nvmlDeviceGetTemperature": (67, 41),
        "nvmlDeviceGetFanSpeed": (45, None),
        "nvmlDeviceGetClockInfo": (1777, 300),
        "nvmlDeviceGetCurrentClocksEventReasons": (0, 1),
        "nvmlDeviceGetComputeRunningProcesses": (
            [SimpleNamespace(pid=10, usedGpuMemory=GB), SimpleNamespace(pid=11, usedGpuMemory=2 * GB)],
            [SimpleNamespace(pid=10, usedGpuMemory=None)],
        ),
    }

    def __init__(self, cards: int = 2) -> None:
        self.failing: dict[str, int] = {} if cards else {"nvmlInit": 12}
        self._cards = cards
        self.inits = 0

    def nvmlInit(self) -> None:  # noqa: N802 -- the driver's name
        self.inits += 1
        self._fail("nvmlInit")

    def nvmlShutdown(self) -> None: ...  # noqa: N802 -- the driver's name

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802 -- the driver's name
        self._fail("nvmlDeviceGetCount")
        return self._cards

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:  # noqa: N802 -- the driver's name
        return index

    def _fail(self, name: str) -> None:
        if name in self.failing:
            raise NvmlError(self.failing[name])

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self.RECORDED:
            raise AttributeError(name)

        def ask(handle: int | None = None, *rest: object) -> Any:
            self._fail(name)
            recorded = self.RECORDED[name]
            value = recorded[handle] if handle is not None and isinstance(recorded, tuple) else recorded
            if value is None:
                raise NvmlError(3)  # not supported
            return value

        return ask
