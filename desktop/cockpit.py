"""How the networks run and how busy the computer is: what the strip at the bottom and the cockpit show."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs.background import Background
from desktop.jobs.gpu_thread import NetworkThreads
from desktop.jobs.monitor import Load, Monitor
from engines.analysis.networks import Running
from engines.errors import EngineError
from engines.inference.back_ends import back_end_of
from engines.inference.gpu_monitor import Gpu, GpuMonitor
from engines.inference.ladder import Skipped
from engines.settings import Settings
from engines.types import Message

HISTORY = 120  # samples: two minutes, one a second


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to run the networks. skipped: what is faster and does not.

    fault: why nothing does as it was asked for.
    """

    back_end: str = ""
    precision: str = ""
    skipped: tuple[Skipped, ...] = ()
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A network at work, or as it was when it last was. card: its graphics card; None for the processor. per_second:
    pictures, lately.
    """

    network: Running
    card: Gpu | None
    per_second: float


class Cockpit(QObject):
    """Made and called in the UI thread. Measures from start() to close().

    history: of the last two minutes, the newest last. standing: None until it was found out. make_gpus: asks the
    driver; another in tests.
    """

    measured = Signal(object)  # Load
    changed = Signal()  # the standing, or how the networks run
    failed = Signal(object)  # Exception

    def __init__(
        self, settings: Settings, background: Background, threads: NetworkThreads, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = background
        self._threads = threads
        self._monitor: Monitor | None = None
        self.make_gpus: Callable[[], GpuMonitor] = GpuMonitor
        self.history: deque[Load] = deque(maxlen=HISTORY)
        self.standing: Standing | None = None
        self.uses: tuple[Use, ...] = ()

    @property
    def load(self) -> Load | None:
        """What was measured last."""
        return self.history[-1] if self.history else None

    def start(self) -> None:
        """Begin to measure, and find out what is to run the networks."""
        if self._monitor is not None:
            return
        self._monitor = Monitor(make_gpus=self.make_gpus)
        self._monitor.measured.connect(self.take)
        self._monitor.start()
        self._find_out()

    @Slot()
    def close(self) -> None:
        if self._monitor is not None:
            self._monitor.close()
            self._monitor = None

    @Slot(object)
    def take(self, load: Load) -> None:
        self.history.append(load)
        self.measured.emit(load)
        found = tuple(self._used())
        if found and found != self.uses:
            self.uses = found
            self.changed.emit()

    def _used(self) -> Iterator[Use]:
        """Those that are loaded now."""
        before = {(use.network.name, use.card): use for use in self.uses}
        for networks in self._threads.networks:
            card = networks.back_end.gpu if networks.back_end is not None else None
            for network in networks.running:
                yield Use(network, card, _speed(network, before.get((network.name, card))))

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if self._monitor is not None and _choice(before) != _choice(settings):
            self.uses = ()
            self._find_out()

    def _find_out(self) -> None:
        """In the background: the first time ever libraries are tried in another process, which takes seconds."""
        settings = self._settings
        self._background.run(
            partial(_standing, settings),
            owner=self,
            then=partial(self._stand, settings),
            failed=self.failed.emit,
        )

    def _stand(self, settings: Settings, standing: Standing) -> None:
        if _choice(settings) == _choice(self._settings):  # else it is asked for again
            self.standing = standing
            self.changed.emit()


def _speed(network: Running, before: Use | None) -> float:
    """Since it was looked at before: the first pictures also waited for the network to be loaded."""
    if before is None or network.pictures < before.network.pictures:
        return network.pictures / max(network.seconds, 1e-9)
    if network.pictures == before.network.pictures:
        return before.per_second
    return (network.pictures - before.network.pictures) / max(network.seconds - before.network.seconds, 1e-9)


def _choice(settings: Settings) -> tuple[object, ...]:
    """What decides which networks run, and on what."""
    analysis = settings.analysis
    return settings.inference, analysis.networks, analysis.detector, analysis.precision, analysis.batch_size


def _standing(settings: Settings) -> Standing:
    try:
        found = back_end_of(settings)
    except EngineError as error:  # what was forced cannot be had
        return Standing(fault=error.message)
    return Standing(found.name, found.precision, found.skipped)
