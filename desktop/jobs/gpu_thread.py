"""The one thread that runs networks; it lives as long as the run that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QThread

from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import networks_for
from engines.settings import Settings


class NetworkThread(QThread):
    """Makes, uses and frees the networks of a desk; ends when the desk is closed."""

    def __init__(self, desk: ThreadDesk) -> None:
        super().__init__()
        self.setObjectName("networks")
        self._desk = desk

    def run(self) -> None:
        self._desk.serve()


@contextmanager
def start_desk(settings: Settings) -> Iterator[ThreadDesk]:
    """A thread that runs the networks as the settings want it, and has ended after the block.

    Raises UsageError for a back end that cannot be had.
    """
    desk = ThreadDesk(networks_for(settings))
    thread = NetworkThread(desk)
    thread.start()
    try:
        yield desk
    finally:
        desk.close()
        thread.wait()
