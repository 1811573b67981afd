"""A film: it plays, and where it stands still its frames are our own, so that every one of them can be reached."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.jobs.film_frames import FilmFrames, FrameWish
from desktop.shortcuts import Shortcuts
from desktop.translation import told
from desktop.views.viewer.film_controls import FilmControls
from desktop.views.viewer.film_line import FilmLine, Part
from desktop.views.viewer.player import Player
from desktop.views.viewer.surface import Surface
from desktop.words import duration
from engines.errors import EngineError
from engines.library.showing import Item
from engines.media.still import Still

COMMANDS = (
    "next_frame",
    "previous_frame",
    "next_moment",
    "previous_moment",
    "next_hit",
    "previous_hit",
    "faster",
    "slower",
    "mute",
    "set_a",
    "set_b",
    "clear_stretch",
    "copy_frame",
    "export_clip",
)
_LARGEST_STILL = 4096  # px
_REST_MS = 120  # of a drag, after which the very frame is shown
_NEAR_S = 0.01  # of a moment's or hit's begin: it is where the film is already
_AT_END_S = 0.1


class FilmPage(QWidget):
    """Poster, then the film; below it its line and its buttons. All times are seconds from its beginning.

    show_item() first; shut_down() before it goes. It plays with Qt, and shows single frames of our own decoder: those
    also of a film that Qt cannot play.
    """

    open_externally = Signal(str)  # path
    ended = Signal()  # it played to its end, or cannot be played
    stretch_changed = Signal()
    item_changed = Signal()
    moved = Signal(float)  # to this second
    frame_copied = Signal(QImage, float)  # and its second
    copy_failed = Signal(object)  # EngineError
    export_wanted = Signal()  # of the stretch
    pointed = Signal(object)  # at this second of the line; None: no longer

    def __init__(self, shortcuts: Shortcuts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts or Shortcuts(parent=self)
        self.surface = Surface()
        self.line = FilmLine()
        self.controls = FilmControls(self._shortcuts)
        self._player = Player(self)
        self.frames = FilmFrames(self)
        self._item: Item | None = None
        self._at_s = 0.0
        self._length_s = 0.0
        self._begins_s = 0.0  # what the container's clock shows at the film's beginning
        self._wish: FrameWish | None = None  # the frame that is to be shown
        self._a_s: float | None = None
        self._b_s: float | None = None
        self._is_muted = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._external = QPushButton(self.tr("Open externally"))
        self._external.clicked.connect(self._ask_to_open)
        self._lay_out()
        self._connect()
        self.set_sound(80, is_muted=False)
        self._enable()

    def _lay_out(self) -> None:
        self._warning = QWidget()
        warning = QHBoxLayout(self._warning)
        warning.addStretch()
        warning.addWidget(self._problem)
        warning.addWidget(self._external)
        warning.addStretch()
        self._warning.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.surface, 1)
        for widget in (self._warning, self.line, self.controls):
            self._layout.addWidget(widget)

    def _connect(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "next_frame": lambda: self.step(1),
            "previous_frame": lambda: self.step(-1),
            "next_moment": lambda: self._go_along([moment.start_s for moment in self.line.moments], 1),
            "previous_moment": lambda: self._go_along([moment.start_s for moment in self.line.moments], -1),
            "next_hit": lambda: self._go_along([hit.time_s for hit in self.line.hits], 1),
            "previous_hit": lambda: self._go_along([hit.time_s for hit in self.line.hits], -1),
            "faster": lambda: self.controls.step_speed(1),
            "slower": lambda: self.controls.step_speed(-1),
            "mute": lambda: self.set_sound(self.controls.volume, is_muted=not self._is_muted),
            "set_a": self._set_a,
            "set_b": self._set_b,
            "clear_stretch": lambda: self.mark(None),
            "copy_frame": self.copy_frame,
            "export_clip": self.export_wanted.emit,
        }
        for name, slot in slots.items():
            self._shortcuts.action(name).triggered.connect(slot)
        self.line.went.connect(self._go_by_line)
        self.line.pointed.connect(self.pointed)
        self._rest.timeout.connect(lambda: self.go_to(self._at_s))
        self.controls.speed_chosen.connect(self._player.set_rate)
        self.controls.volume_chosen.connect(lambda percent: self.set_sound(percent, is_muted=False))
        self._player.frame_shown.connect(self._play_frame)
        self._player.moved.connect(self._follow)
        self._player.duration_known.connect(self._take_length)
        self._player.state_changed.connect(self._show_state)
        self._player.ended.connect(self._end)
        self._player.failed.connect(self._complain)
        self.frames.shown.connect(self._take)
        self.frames.failed.connect(self._miss)

    # which film

    def show_item(self, item: Item, poster: QImage, length_s: float = math.nan) -> None:
        """Ready to play, not playing yet. length_s: as far as it is known."""
        self.stop()
        if self._item is None or item.id != self._item.id:
            self.line.show_parts((), ())
            self.mark(None)
        self._item = item
        self._begins_s = 0.0
        self._length_s = 0.0
        self._take_length(0.0 if math.isnan(length_s) else length_s)
        self._move(0.0)
        self.surface.show_poster(poster)
        self._warning.hide()
        self._enable()
        self.item_changed.emit()

    def show_poster(self, poster: QImage) -> None:
        self.surface.show_poster(poster)

    def show_at(self, item: Item, seconds: float, poster: QImage, length_s: float = math.nan) -> None:
        """The same, standing still at this second."""
        if item != self._item:
            self.show_item(item, poster, length_s)
        self.go_to(seconds)

    def show_parts(self, moments: Sequence[Part], hits: Sequence[Part]) -> None:
        """Its moments, and where in it lies what was searched for; both in order of time."""
        self.line.show_parts(moments, hits)
        self._enable()
        self._show_place()

    def stop(self) -> None:
        """Let go of the file."""
        self._rest.stop()
        self._wish = None
        self._player.stop()
        self.frames.let_go()
        self.surface.clear_frame()

    def shut_down(self) -> None:
        """End what works for it; it is of no use afterwards."""
        self.stop()
        self.frames.close()

    @property
    def item(self) -> Item | None:
        return self._item

    @property
    def problem(self) -> str:
        """Why it does not play, '' where nothing is wrong."""
        return self._problem.text() if self._warning.isVisibleTo(self) else ""

    @property
    def is_loaded(self) -> bool:
        """Whether the player has the file open."""
        return self._player.is_loaded

    @property
    def is_playing(self) -> bool:
        return self._player.is_playing

    @property
    def at_s(self) -> float:
        """Where it is: the second of the frame that is shown, or is about to be."""
        return self._at_s

    # moving

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self._item is None or not self._item.has_file:
            return
        if self._player.is_playing:
            self._pause()
            return
        if self.problem:  # it may be there by now
            self._player.stop()
            self._warning.hide()
        is_over = bool(self._length_s) and self._at_s >= self._length_s - _AT_END_S
        start_s = (self._a_s or 0.0) if is_over else self._at_s
        self._rest.stop()
        self._wish = None
        self.frames.want(FrameWish(self._item.path, start_s, side=64, is_hurried=True))  # for what it says of the clock
        self._player.play(self._item.path, start_s + self._begins_s)
        self._show_state()

    def play(self) -> None:
        """What stands still goes on."""
        if not self.is_playing:
            self.toggle()

    def _pause(self) -> None:
        self._player.pause()
        self._move(self._at_s)

    def go_to(self, seconds: float, *, is_hurried: bool = False) -> None:
        """Go on at this second; a film that stands still shows the frame of then, in a hurry the keyframe before it."""
        if self._item is None or not self._item.has_file:
            return
        self._rest.stop()
        self._move(min(max(seconds, 0.0), self._length_s or seconds))
        if self._player.is_playing:
            self._player.go_to(self._at_s + self._begins_s)
        else:
            self._want(FrameWish(self._item.path, self._at_s, self._side(), is_hurried=is_hurried))

    def step(self, frames: int) -> None:
        """Stand still so many frames further on, or below 0 before."""
        if self._item is None or not self._item.has_file:
            return
        if self._player.is_playing:
            self._pause()
        if self._wish is not None and not self._wish.is_hurried:
            self._want(replace(self._wish, steps=self._wish.steps + frames))
        elif self.surface.has_frame:
            self._want(FrameWish(self._item.path, self._at_s, self._side(), frames))
        else:  # the poster is from somewhere else
            self.go_to(self._at_s)

    def copy_frame(self) -> None:
        """Bring the frame that is shown, as large as the film has it: frame_copied tells when it is there."""
        if self._item is None or not self._item.has_file:
            return
        if not self._player.is_playing and not self.surface.has_frame:
            self.go_to(self._at_s)
        coming = self._wish if self._wish is not None and not self._wish.is_hurried else None
        self.frames.copy(replace(coming, side=0) if coming else FrameWish(self._item.path, self._at_s))

    def _go_along(self, seconds: Sequence[float], steps: int) -> None:
        """To the next of these, or below 0 to the one before; they are in order."""
        if steps > 0:
            there = [second for second in seconds if second > self._at_s + _NEAR_S][:1]
        else:
            there = [second for second in seconds if second < self._at_s - _NEAR_S][-1:]
        for second in there:
            self.go_to(second)

    @Slot(float, bool)
    def _go_by_line(self, seconds: float, is_dragging: bool) -> None:
        if is_dragging and not self._player.is_playing:
            self.go_to(seconds, is_hurried=True)
            self._rest.start()
        else:
            self.go_to(seconds)

    def _move(self, seconds: float) -> None:
        self._at_s = seconds
        if not self.line.isSliderDown():
            self.line.show_second(seconds)
        self._show_place()
        self.moved.emit(seconds)

    # frames

    def _want(self, wish: FrameWish) -> None:
        self._wish = wish
        self.frames.want(wish)

    def _side(self) -> int:
        size = self.surface.size() * self.devicePixelRatioF()
        return min(max(size.width(), size.height(), 256), _LARGEST_STILL)

    @Slot(object, QImage, object)
    def _take(self, wish: FrameWish, image: QImage, made: Still) -> None:
        if self._item is None or wish.path != self._item.path:
            return
        self._begins_s = made.begins_s
        self._take_length(made.duration_s or 0.0)
        if wish.side == 0:
            self.frame_copied.emit(image, made.time_s)
        elif wish == self._wish:
            self._wish = None
            self.surface.show_frame(image)
            if not wish.is_hurried:
                self._move(made.time_s)

    @Slot(object, object)
    def _miss(self, wish: FrameWish, error: EngineError) -> None:
        if wish.side == 0:
            self.copy_failed.emit(error)
        elif wish == self._wish:
            self._wish = None
            self._complain(told(error.message))

    @Slot(QImage, float)
    def _play_frame(self, image: QImage, second: float) -> None:
        self._wish = None
        self.surface.show_frame(image)
        self._advance(second - self._begins_s)

    @Slot(float)
    def _follow(self, second: float) -> None:
        """A frame may last for seconds; the line goes on, and A to B is kept."""
        if self._player.is_playing:
            if not self.line.isSliderDown():
                self.line.show_second(second - self._begins_s)
            self._repeat(second - self._begins_s)

    def _advance(self, second: float) -> None:
        if not self._repeat(second):
            self._move(max(0.0, second))

    def _repeat(self, second: float) -> bool:
        """At B go back to A."""
        if self._a_s is None or self._b_s is None or not self._at_s < self._b_s <= second:
            return False
        self._at_s = self._b_s
        self._player.go_to(self._a_s + self._begins_s)
        return True

    @Slot()
    def _end(self) -> None:
        if self._item is not None and self._a_s is not None and self._b_s is not None and self._at_s <= self._b_s:
            self._player.play(self._item.path, self._a_s + self._begins_s)
        else:
            self.ended.emit()
        self._show_state()

    # A to B

    def stretch(self) -> tuple[float, float] | None:
        """From where to where in seconds a person marked the film that is shown, or None."""
        return (self._a_s, self._b_s) if self._a_s is not None and self._b_s is not None else None

    def mark(self, stretch: tuple[float, float] | None) -> None:
        """Take this for the stretch. Raises ValueError for one that ends before it begins."""
        if stretch is not None and not 0 <= stretch[0] < stretch[1]:
            raise ValueError(f"a film has no stretch from {stretch[0]} to {stretch[1]}")
        self._set_marks(*(stretch or (None, None)))

    def _set_a(self) -> None:
        later = self._b_s if self._b_s is not None and self._b_s > self._at_s else None
        self._set_marks(self._at_s, later)

    def _set_b(self) -> None:
        """Without an A the film repeats from its beginning."""
        earlier = self._a_s if self._a_s is not None and self._a_s < self._at_s else 0.0
        if self._at_s > earlier:
            self._set_marks(earlier, self._at_s)

    def _set_marks(self, start_s: float | None, end_s: float | None) -> None:
        before = self.stretch()
        self._a_s, self._b_s = start_s, end_s
        self.line.show_marks(start_s, end_s)
        marked = self.stretch()
        if marked is not None:
            self.controls.show_stretch(f"{clock(marked[0])}–{clock(marked[1])}")  # noqa: RUF001 -- the sign for a stretch
        else:
            self.controls.show_stretch(clock(start_s) if start_s is not None else "")
        self._enable()
        if marked != before:
            self.stretch_changed.emit()

    # sound

    @property
    def sound(self) -> tuple[int, bool]:
        """Percent, and whether it is muted."""
        return self.controls.volume, self._is_muted

    def set_sound(self, percent: int, *, is_muted: bool) -> None:
        self._is_muted = is_muted
        self.controls.show_volume(percent, is_muted=is_muted)
        self._player.set_volume(percent / 100, is_muted=is_muted)

    # what the buttons show

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    def hideEvent(self, event: QHideEvent) -> None:
        """The commands are for a film that is seen."""
        super().hideEvent(event)
        self._enable()

    def _enable(self) -> None:
        is_there = self.isVisible() and self._item is not None and self._item.has_file
        needs = {"moment": bool(self.line.moments), "hit": bool(self.line.hits), "stretch": self._a_s is not None}
        for name in COMMANDS:
            is_possible = needs.get(name.rpartition("_")[2], True)
            self._shortcuts.action(name).setEnabled(is_there and is_possible)

    def _take_length(self, length_s: float) -> None:
        if length_s > self._length_s:
            self._length_s = length_s
            self.line.set_length(length_s)
            self.line.show_second(self._at_s)
            self._show_place()

    def _show_place(self) -> None:
        exact = not self._player.is_playing
        self.controls.time.setText(f"{clock(self._at_s, is_exact=exact)} / {duration(self._length_s)}")
        hits = self.line.hits
        inside = [at for at, hit in enumerate(hits, 1) if hit.start_s - _NEAR_S <= self._at_s < hit.end_s]
        self.controls.show_hits(inside[-1] if inside else 0, len(hits))

    @Slot()
    def _show_state(self) -> None:
        self.controls.show_playing(is_playing=self._player.is_playing)
        self._show_place()

    @Slot(str)
    def _complain(self, text: str) -> None:
        self._problem.setText(text)
        self._warning.show()
        self.ended.emit()

    @Slot()
    def _ask_to_open(self) -> None:
        if self._item is not None:
            self.open_externally.emit(self._item.path)

    def above(self, second: float) -> QPoint:
        """Over this second of the line, where a hint can stand."""
        return self.line.mapTo(self, QPoint(round(self.line.x_of(second)), -theme.SPACE_XS))


def clock(seconds: float, *, is_exact: bool = False) -> str:
    """0:07, 1:02:03; exact with hundredths: 0:07.48."""
    hundredths = int(100 * seconds + 0.001)
    minutes, rest = divmod(hundredths // 100, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{text}.{hundredths % 100:02}" if is_exact else text
