"""Gets networks one after the other while the window goes on, and can be told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs.background import Background
from engines.analysis import getting
from engines.analysis.getting import Step
from engines.cancel import Cancelled, CancelToken
from engines.errors import EngineError
from engines.inference.shelf import Offer, offers, recipe_named, remove_recipe
from engines.settings import Settings
from engines.types import Message

_TELL_S = 0.2  # between two reports of progress


@dataclass(frozen=True, slots=True)
class Progress:
    """step: None while another network is got first. done, total: bytes; 0 of 0 where nobody counts."""

    step: Step | None = None
    done: int = 0
    total: int = 0


class Getting(QObject):
    """Made and called in the UI thread; by the names of recipes.

    offers: what there is to get, as it was last looked for. under_way: what is got now, in its order. faults: why the
    last try ended.
    """

    changed = Signal()
    got = Signal(str)  # name: it can be used now
    failed = Signal(object)  # Exception that is no fault of the network's

    _told = Signal(str, object)  # name, Progress

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = Background(self, threads=1)
        self._tokens: dict[str, CancelToken] = {}
        self.offers: tuple[Offer, ...] = ()
        self.under_way: dict[str, Progress] = {}
        self.faults: dict[str, Message] = {}
        self._told.connect(self._take_progress)

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        self._settings = settings

    @Slot()
    def look(self) -> None:
        """See what there is, unless that is known to change soon."""
        if not self.under_way:
            self._run(offers, self._show)

    def get(self, name: str, origin: str | None = None) -> None:
        """origin: a folder with the checkpoint; the hub without one."""
        get = partial(getting.get, origin=origin, offline=self._settings.cloud.offline, apart=True)
        self._start(name, get)

    def build(self, name: str) -> None:
        """The engines of its networks, now and not when they are first needed."""
        self._start(name, partial(getting.build, settings=self._settings))

    def _start(self, name: str, work: Callable[..., object]) -> None:
        """work: takes a recipe, and tell and token by name."""
        if name in self.under_way:
            return
        self.faults.pop(name, None)
        token = self._tokens[name] = CancelToken()
        self.under_way[name] = Progress()
        called = partial(work, recipe_named(name), tell=self._tell(name), token=token)
        outcome = partial(_done, called, token)
        self._background.run(outcome, owner=self, then=partial(self._end, name), failed=partial(self._fail, name))
        self.changed.emit()

    def cancel(self, name: str) -> None:
        """Stop; what was fetched is kept for another time."""
        if name in self._tokens:
            self._tokens[name].cancel()

    def remove(self, name: str) -> None:
        self.faults.pop(name, None)
        self._run(partial(_remove, name), self._show)

    def close(self) -> None:
        for token in self._tokens.values():
            token.cancel()
        self._background.close()

    def _run(self, work: Callable[[], tuple[Offer, ...]], then: Callable[[tuple[Offer, ...]], None]) -> None:
        self._background.run(work, owner=self, then=then, failed=self.failed.emit)

    def _tell(self, name: str) -> getting.Tell:
        last, said = 0.0, None

        def tell(step: Step, done: int, total: int) -> None:  # in the thread
            nonlocal last, said
            now = time.monotonic()
            if step is not said or done == total or now - last >= _TELL_S:
                last, said = now, step
                self._told.emit(name, Progress(step, done, total))

        return tell

    @Slot(str, object)
    def _take_progress(self, name: str, progress: Progress) -> None:
        if name in self.under_way:
            self.under_way[name] = progress
            self.changed.emit()

    def _end(self, name: str, found: tuple[Offer, ...] | EngineError | None) -> None:
        """found: None where it was told to stop."""
        if isinstance(found, EngineError):
            self.faults[name] = found.message
        del self.under_way[name], self._tokens[name]
        if isinstance(found, tuple):
            self.offers = found
            self.got.emit(name)
        self.changed.emit()
        self.look()

    def _fail(self, name: str, error: Exception) -> None:
        self._end(name, None)
        self.failed.emit(error)

    def _show(self, found: tuple[Offer, ...]) -> None:
        self.offers = found
        self.changed.emit()


def _done(work: Callable[[], object], token: CancelToken) -> tuple[Offer, ...] | EngineError | None:
    """What there is after it. An expected fault is an outcome: it is told beside the network."""
    try:
        token.check()
        work()
    except Cancelled:
        return None
    except EngineError as error:
        return error
    return offers()


def _remove(name: str) -> tuple[Offer, ...]:
    remove_recipe(name)
    return offers()
