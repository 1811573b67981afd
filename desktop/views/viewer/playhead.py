"""Where a film is, and how it moves: Qt plays it, and where it stands still its frames are our own decoder's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop.jobs.film_frames import FilmFrames, FrameWish
from desktop.views.viewer.player import Player
from engines.errors import EngineError
from engines.library.showing import Item
from engines.media.still import Still

_REST_MS = 120  # of a drag, after which the very frame is shown
_NEAR_S = 0.01  # of a place to go to: the film is there already
_AT_END_S = 0.1
_CLOCK_SIDE = 64  # px of a frame that is only asked what it says of the film


class Playhead(QObject):
    """All times are seconds from the film's beginning. open() first; shut_down() before it goes.

    side: tells how large frames have to be, in px. a_s, b_s: marked by a person; between both it repeats.
    """

    frame_shown = Signal(QImage)
    moved = Signal(float)  # to the frame of this second
    ran = Signal(float)  # to this second, while a frame lasts
    length_known = Signal(float)
    state_changed = Signal()  # it plays now, or no longer
    marked = Signal()  # A or B is another one
    ended = Signal()  # it played to its end
    failed = Signal(object)  # a sentence, or an EngineError
    copied = Signal(QImage, float)  # the frame of this second
    copy_failed = Signal(object)  # EngineError

    def __init__(self, side: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.player = Player(self)
        self.frames = FilmFrames(self)
        self._side = side
        self.item: Item | None = None
        self.at_s = 0.0
        self.length_s = 0.0
        self.a_s: float | None = None
        self.b_s: float | None = None
        self._begins_s = 0.0  # what the container's clock shows at the film's beginning
        self._has_frame = False  # one is shown; before that it is the poster
        self._wish: FrameWish | None = None  # the frame that is to be shown
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(lambda: self.go_to(self.at_s))
        self.player.frame_shown.connect(self._play_frame)
        self.player.moved.connect(self._run)
        self.player.duration_known.connect(self._take_length)
        self.player.state_changed.connect(self.state_changed)
        self.player.ended.connect(self._end)
        self.player.failed.connect(self._tell_fault)
        self.frames.shown.connect(self._take)
        self.frames.failed.connect(self._miss)

    def open(self, item: Item, length_s: float) -> None:
        """Stand at its beginning. length_s: 0 where it is not known."""
        self.close()
        if self.item is None or item.id != self.item.id:
            self.mark(None)
        self.item = item
        self.at_s = self.length_s = self._begins_s = 0.0
        self._take_length(length_s)

    def close(self) -> None:
        """Let go of the file."""
        self._rest.stop()
        self._wish = None
        self._has_frame = False
        self.player.stop()
        self.frames.let_go()

    def shut_down(self) -> None:
        self.close()
        self.frames.close()

    @property
    def is_there(self) -> bool:
        """Whether there is a file, as far as is known."""
        return self.item is not None and self.item.has_file

    @property
    def is_playing(self) -> bool:
        return self.player.is_playing

    # moving

    def play(self) -> None:
        """Go on; at its end anew."""
        if self.item is None or not self.is_there:
            return
        is_over = bool(self.length_s) and self.at_s >= self.length_s - _AT_END_S
        start_s = (self.a_s or 0.0) if is_over else self.at_s
        self._rest.stop()
        self._wish = None
        self.frames.want(FrameWish(self.item.path, start_s, _CLOCK_SIDE, is_hurried=True))
        self.player.play(self.item.path, start_s + self._begins_s)
        self.state_changed.emit()

    def pause(self) -> None:
        self.player.pause()
        self._move(self.at_s)

    def go_to(self, seconds: float, *, is_hurried: bool = False) -> None:
        """Go on at this second; a film that stands still shows the frame of then.

        is_hurried: at first the keyframe before it will do, until this is not asked for again.
        """
        if self.item is None or not self.is_there:
            return
        self._rest.stop()
        self._move(min(max(seconds, 0.0), self.length_s or seconds))
        if self.is_playing:
            self.player.go_to(self.at_s + self._begins_s)
            return
        self._want(FrameWish(self.item.path, self.at_s, self._side(), is_hurried=is_hurried))
        if is_hurried:
            self._rest.start()

    def go_along(self, seconds: Sequence[float], steps: int) -> None:
        """To the next of these, or below 0 to the one before; they are in order."""
        if steps > 0:
            there = [second for second in seconds if second > self.at_s + _NEAR_S][:1]
        else:
            there = [second for second in seconds if second < self.at_s - _NEAR_S][-1:]
        for second in there:
            self.go_to(second)

    def step(self, frames: int) -> None:
        """Stand still so many frames further on, or below 0 before."""
        if self.item is None or not self.is_there:
            return
        if self.is_playing:
            self.pause()
        if self._coming is not None:
            self._want(replace(self._coming, steps=self._coming.steps + frames))
        elif self._has_frame:
            self._want(FrameWish(self.item.path, self.at_s, self._side(), frames))
        else:  # the poster is from somewhere else
            self.go_to(self.at_s)

    def copy_frame(self) -> None:
        """Bring the frame that is shown, as large as the film has it: copied tells when it is there."""
        if self.item is None or not self.is_there:
            return
        if not self._has_frame:
            self.go_to(self.at_s)
        coming = self._coming
        self.frames.copy(replace(coming, side=0) if coming is not None else FrameWish(self.item.path, self.at_s))

    @property
    def _coming(self) -> FrameWish | None:
        """The very frame that is on its way."""
        return self._wish if self._wish is not None and not self._wish.is_hurried else None

    def _move(self, seconds: float) -> None:
        self.at_s = seconds
        self.moved.emit(seconds)

    # A to B

    def stretch(self) -> tuple[float, float] | None:
        """From A to B, or None where not both are marked."""
        return (self.a_s, self.b_s) if self.a_s is not None and self.b_s is not None else None

    def mark(self, stretch: tuple[float, float] | None) -> None:
        """Take this for the stretch. Raises ValueError for one that ends before it begins."""
        if stretch is not None and not 0 <= stretch[0] < stretch[1]:
            raise ValueError(f"a film has no stretch from {stretch[0]} to {stretch[1]}")
        self._mark(*(stretch or (None, None)))

    def mark_a(self) -> None:
        """Here; a B that lies before it is no more."""
        self._mark(self.at_s, self.b_s if self.b_s is not None and self.b_s > self.at_s else None)

    def mark_b(self) -> None:
        """Here; without an A before it the film repeats from its beginning."""
        start_s = self.a_s if self.a_s is not None and self.a_s < self.at_s else 0.0
        if self.at_s > start_s:
            self._mark(start_s, self.at_s)

    def _mark(self, start_s: float | None, end_s: float | None) -> None:
        if (start_s, end_s) != (self.a_s, self.b_s):
            self.a_s, self.b_s = start_s, end_s
            self.marked.emit()

    def _repeat(self, second: float) -> bool:
        """At B go back to A."""
        if self.a_s is None or self.b_s is None or not self.at_s < self.b_s <= second:
            return False
        self.at_s = self.b_s
        self.player.go_to(self.a_s + self._begins_s)
        return True

    @Slot()
    def _end(self) -> None:
        if self.item is not None and self.a_s is not None and self.b_s is not None and self.at_s <= self.b_s:
            self.player.play(self.item.path, self.a_s + self._begins_s)
        else:
            self.ended.emit()
        self.state_changed.emit()

    # what comes

    def _want(self, wish: FrameWish) -> None:
        self._wish = wish
        self.frames.want(wish)

    @Slot(object, QImage, object)
    def _take(self, wish: FrameWish, image: QImage, made: Still) -> None:
        if self.item is None or wish.path != self.item.path:
            return
        self._begins_s = made.begins_s
        self._take_length(made.duration_s or 0.0)
        if wish.side == 0:
            self.copied.emit(image, made.time_s)
        elif wish == self._wish:
            self._wish = None
            self._show(image)
            if not wish.is_hurried:
                self._move(made.time_s)

    @Slot(object, object)
    def _miss(self, wish: FrameWish, error: EngineError) -> None:
        if wish.side == 0:
            self.copy_failed.emit(error)
        elif wish == self._wish:
            self._wish = None
            self.failed.emit(error)

    @Slot(QImage, float)
    def _play_frame(self, image: QImage, second: float) -> None:
        self._wish = None
        self._show(image)
        if not self._repeat(second - self._begins_s):
            self._move(max(0.0, second - self._begins_s))

    @Slot(str)
    def _tell_fault(self, sentence: str) -> None:
        self.failed.emit(sentence)

    def _show(self, image: QImage) -> None:
        self._has_frame = True
        self.frame_shown.emit(image)

    @Slot(float)
    def _run(self, second: float) -> None:
        """A frame may last for seconds; the time goes on, and A to B is kept."""
        if self.is_playing and not self._repeat(second - self._begins_s):
            self.ran.emit(max(0.0, second - self._begins_s))

    @Slot(float)
    def _take_length(self, length_s: float) -> None:
        if length_s > self.length_s:
            self.length_s = length_s
            self.length_known.emit(length_s)
