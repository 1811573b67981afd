"""The threads that run networks, one for each graphics card; between two runs they may keep them loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QThread

from engines.analysis.attendant import Attendant
from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import Networks, networks_on_all
from engines.inference.catalogue import cards
from engines.settings import Settings

_IDLE_S = 600.0  # then a card's memory is wanted by others more than by us


class NetworkThread(QThread):
    """Makes, uses and frees the networks of one card."""

    def __init__(self, attendant: Attendant) -> None:
        super().__init__()
        self.setObjectName("networks")
        self.attendant = attendant

    def run(self) -> None:
        self.attendant.serve()


class NetworkThreads:
    """Hands out desks, one at a time. Made, and told to give back and close, in the UI thread; desks are for the thread
    of runs.

    On a card networks stay for ten minutes, on the processor for a run, or with inference.keep_loaded as long as the
    window is there.
    """

    def __init__(self) -> None:
        self._threads: tuple[NetworkThread, ...] = ()
        self._ending: list[NetworkThread] = []
        self._made_for: object = None

    @property
    def networks(self) -> tuple[Networks, ...]:
        """Those of each card as they are now, to look at: what runs is in their `running`."""
        return tuple(thread.attendant.networks for thread in self._threads)

    @contextmanager
    def start_desk(self, settings: Settings) -> Iterator[ThreadDesk]:
        """A desk with the networks as the settings want them. Raises UsageError for a back end that cannot be had."""
        self._make_for(settings)
        desk = ThreadDesk(*self.networks)
        for place, thread in enumerate(self._threads):
            thread.attendant.attend(desk, place)
        try:
            yield desk
        finally:
            desk.close()
            for thread in self._threads:
                if not _stays(thread.attendant.networks, settings):
                    thread.attendant.give_back()

    def give_back(self) -> None:
        """Free what is held, after the run if one is under way; what is needed again is loaded again."""
        for thread in self._threads:
            thread.attendant.give_back()

    def close(self) -> None:
        """Free everything and wait for the threads to end; no desk may be open."""
        self._dismiss()
        for thread in self._ending:
            thread.wait()
        self._ending.clear()

    def _make_for(self, settings: Settings) -> None:
        """Keep the threads that there are if nothing changed that their networks depend on."""
        wanted = _depends_on(settings)
        if self._threads and wanted == self._made_for:
            return
        found = networks_on_all(settings)  # before the others are given up
        self._dismiss()
        idle_s = None if settings.inference.keep_loaded else _IDLE_S
        self._threads = tuple(NetworkThread(Attendant(networks, idle_s)) for networks in found)
        self._made_for = wanted
        for thread in self._threads:
            thread.start()

    def _dismiss(self) -> None:
        self._ending = [thread for thread in self._ending if not thread.isFinished()]
        for thread in self._threads:
            thread.attendant.close()
            self._ending.append(thread)
        self._threads = ()


def _stays(networks: Networks, settings: Settings) -> bool:
    return settings.inference.keep_loaded or (networks.back_end is not None and networks.back_end.gpu is not None)


def _depends_on(settings: Settings) -> object:
    analysis = settings.analysis
    identities = {name: card.sha256 for name, card in cards().items()}
    return settings.inference, analysis.networks, analysis.detector, analysis.precision, analysis.batch_size, identities
