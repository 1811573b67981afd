"""Frames of the film that is looked at, decoded by a worker process that keeps it open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop.jobs.lane import Call, Lane, Wanted, image_of
from engines.media.still import Still, let_go, still
from engines.media.view import View

_IDLE_S = 60  # after which the process ends


@dataclass(frozen=True, slots=True)
class FrameWish:
    """A frame. steps: so many frames after the one at time_s, before it where below 0.

    side: its longest in px; 0 for all the film has. is_hurried: the keyframe before it will do.
    """

    path: str
    time_s: float
    side: int = 0
    steps: int = 0
    is_hurried: bool = False

    def call(self) -> Call:
        return still, (self.path, self.time_s, self.side, self.steps, self.is_hurried)


@dataclass(frozen=True, slots=True)
class _LetGo:
    """Close the film, so that it can be moved and deleted on every system."""

    def call(self) -> Call:
        return let_go, ()


class FilmFrames(QObject):
    """What is wanted replaces what was wanted before, except for copies; close() it."""

    shown = Signal(object, QImage, object)  # FrameWish, the picture, its Still
    failed = Signal(object, object)  # FrameWish, EngineError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = _StillLane(self)
        self._lane.shown.connect(self._take)
        self._lane.failed.connect(self._miss)
        self._wish: FrameWish | None = None
        self._copies: list[FrameWish] = []

    def want(self, wish: FrameWish | None) -> None:
        """Show this next; None: nothing any more."""
        self._wish = wish
        self._ask()

    def copy(self, wish: FrameWish) -> None:
        """Also bring this, whatever is wanted meanwhile."""
        if wish not in self._copies:
            self._copies.append(wish)
            self._ask()

    def let_go(self) -> None:
        """Want nothing, and keep no file open."""
        self._wish = None
        self._copies.clear()
        if self._lane.isRunning():
            self._lane.want([_LetGo()])

    @property
    def is_idle(self) -> bool:
        return self._lane.is_idle

    def close(self) -> None:
        self._lane.close()

    def _ask(self) -> None:
        wishes = [self._wish, *self._copies] if self._wish is not None else self._copies
        self._lane.want(list(dict.fromkeys(wishes)))

    @Slot(object, QImage, object)
    def _take(self, wish: FrameWish, image: QImage, made: Still) -> None:
        self._forget(wish)
        self.shown.emit(wish, image, made)

    @Slot(object, object)
    def _miss(self, wish: Wanted, error: Exception) -> None:
        if isinstance(wish, FrameWish):
            self._forget(wish)
            self.failed.emit(wish, error)

    def _forget(self, wish: FrameWish) -> None:
        if wish == self._wish:
            self._wish = None
        if wish in self._copies:
            self._copies.remove(wish)


class _StillLane(Lane):
    shown = Signal(object, QImage, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, idle_s=_IDLE_S)

    def _tell(self, wish: Wanted, view: View | None) -> None:
        if view is not None:
            made = cast("Still", view)
            self.shown.emit(wish, image_of(made), replace(made, data=b""))
