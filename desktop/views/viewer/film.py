"""The page of a film: the picture, below it its line and its buttons, beside it what is said."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.shortcuts import Shortcuts
from desktop.translation import told
from desktop.views.viewer.film_controls import FilmControls
from desktop.views.viewer.film_line import FilmLine, Part
from desktop.views.viewer.film_transcript import FilmTranscript
from desktop.views.viewer.playhead import Playhead
from desktop.views.viewer.surface import Surface
from desktop.words import clock, duration
from engines.errors import EngineError
from engines.library.showing import Item
from engines.types import Sentence

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
    "transcript",
)
_LARGEST_STILL = 4096  # px
_AT_ONCE_S = 0.01  # before its beginning a hit counts as reached


class FilmPage(QWidget):
    """show_item() first; shut_down() before it goes. All times are seconds from the film's beginning.

    head: where the film is. The commands are enabled while a film is seen.
    """

    open_externally = Signal(str)  # path
    ended = Signal()  # it played to its end, or cannot be played
    stretch_changed = Signal()
    item_changed = Signal()  # or the same is opened again: what is known of it may be something else by now
    export_wanted = Signal()  # of the stretch
    pointed = Signal(object)  # at this second of the line; None: no longer

    def __init__(self, shortcuts: Shortcuts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts or Shortcuts(parent=self)
        self.head = Playhead(self._side, self)
        self.surface = Surface()
        self.line = FilmLine()
        self.controls = FilmControls(self._shortcuts)
        self.transcript = FilmTranscript()
        self._wants_transcript = True
        self._is_muted = False
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._external = QPushButton(self.tr("Open externally"))
        self._external.clicked.connect(self._ask_to_open)
        self._lay_out()
        self._connect_commands()
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
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.surface, 1)
        beside.addWidget(self.transcript)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(beside, 1)
        for widget in (self._warning, self.line, self.controls):
            layout.addWidget(widget)

    def _connect_commands(self) -> None:
        head, line = self.head, self.line
        slots: dict[str, Callable[[], object]] = {
            "next_frame": lambda: head.step(1),
            "previous_frame": lambda: head.step(-1),
            "next_moment": lambda: head.go_along([moment.start_s for moment in line.moments], 1),
            "previous_moment": lambda: head.go_along([moment.start_s for moment in line.moments], -1),
            "next_hit": lambda: head.go_along([hit.time_s for hit in line.hits], 1),
            "previous_hit": lambda: head.go_along([hit.time_s for hit in line.hits], -1),
            "faster": lambda: self.controls.step_speed(1),
            "slower": lambda: self.controls.step_speed(-1),
            "mute": lambda: self.set_sound(self.controls.volume, is_muted=not self._is_muted),
            "set_a": head.mark_a,
            "set_b": head.mark_b,
            "clear_stretch": lambda: head.mark(None),
            "copy_frame": head.copy_frame,
            "export_clip": self.export_wanted.emit,
            "transcript": self._toggle_transcript,
        }
        for name, slot in slots.items():
            self._shortcuts.action(name).triggered.connect(slot)

    def _connect(self) -> None:
        self.line.went.connect(lambda second, is_dragging: self.head.go_to(second, is_hurried=is_dragging))
        self.line.pointed.connect(self.pointed)
        self.transcript.went.connect(self.head.go_to)
        self.controls.speed_chosen.connect(self.head.player.set_rate)
        self.controls.volume_chosen.connect(lambda percent: self.set_sound(percent, is_muted=False))
        self.head.frame_shown.connect(self.surface.show_frame)
        self.head.moved.connect(self._show_second)
        self.head.ran.connect(self._move_line)
        self.head.length_known.connect(self._show_length)
        self.head.state_changed.connect(self._show_state)
        self.head.marked.connect(self._show_marks)
        self.head.ended.connect(self.ended)
        self.head.failed.connect(self._complain)

    # which film

    def show_item(self, item: Item, poster: QImage, length_s: float = math.nan) -> None:
        """Ready to play, not playing yet. length_s: as far as it is known."""
        if self.head.item is None or item.id != self.head.item.id:
            self.line.show_parts((), ())
            self.show_transcript(())
        self.surface.clear_frame()
        self.surface.show_poster(poster)
        self.head.open(item, 0.0 if math.isnan(length_s) else length_s)
        self._show_length(self.head.length_s)
        self._show_second(0.0)
        self._warning.hide()
        self._enable()
        self.item_changed.emit()

    def show_poster(self, poster: QImage) -> None:
        self.surface.show_poster(poster)

    def show_at(self, item: Item, seconds: float, poster: QImage, length_s: float = math.nan) -> None:
        """The same, standing still at this second."""
        if item == self.head.item:
            self.item_changed.emit()
        else:
            self.show_item(item, poster, length_s)
        self.head.go_to(seconds)

    def show_parts(self, moments: Sequence[Part], hits: Sequence[Part]) -> None:
        """Its moments, and where in it lies what was searched for; both in order of time."""
        self.line.show_parts(moments, hits)
        self._enable()
        self._show_place()

    def show_transcript(self, sentences: Sequence[Sentence]) -> None:
        """What is said in it; without anything there is no room taken for it."""
        self.transcript.show_sentences(sentences)
        self.transcript.follow(self.head.at_s)
        self._place_transcript()
        self._enable()

    def _toggle_transcript(self) -> None:
        self._wants_transcript = not self._wants_transcript
        self._place_transcript()

    def _place_transcript(self) -> None:
        has_one = bool(self.transcript.sentences)
        self.transcript.setVisible(has_one and self._wants_transcript)
        self.controls.show_transcript(has_one=has_one)

    @property
    def item(self) -> Item | None:
        return self.head.item

    # playing

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self.head.is_playing:
            self.head.pause()
        else:
            self.play()

    def play(self) -> None:
        """What stands still goes on."""
        if self.head.is_playing:
            return
        if self.problem:  # it may be there by now
            self.head.player.stop()
            self._warning.hide()
        self.head.play()

    def stop(self) -> None:
        """Let go of the file."""
        self.head.close()
        self.surface.clear_frame()

    def shut_down(self) -> None:
        """End what works for it; it is of no use afterwards."""
        self.head.shut_down()

    @property
    def is_loaded(self) -> bool:
        """Whether the player has the file open."""
        return self.head.player.is_loaded

    @property
    def problem(self) -> str:
        """Why it does not play, '' where nothing is wrong."""
        return self._problem.text() if self._warning.isVisibleTo(self) else ""

    def stretch(self) -> tuple[float, float] | None:
        """From where to where in seconds a person marked the film that is shown, or None."""
        return self.head.stretch()

    def _side(self) -> int:
        """As many px as the screen has for the picture."""
        size = self.surface.size() * self.devicePixelRatioF()
        return min(max(size.width(), size.height(), 256), _LARGEST_STILL)

    # sound

    @property
    def sound(self) -> tuple[int, bool]:
        """Percent, and whether it is muted."""
        return self.controls.volume, self._is_muted

    def set_sound(self, percent: int, *, is_muted: bool) -> None:
        self._is_muted = is_muted
        self.controls.show_volume(percent, is_muted=is_muted)
        self.head.player.set_volume(percent / 100, is_muted=is_muted)

    # what line and buttons show

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.transcript.take_share(event.size().width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    def hideEvent(self, event: QHideEvent) -> None:
        """The commands are for a film that is seen."""
        super().hideEvent(event)
        self._enable()

    def _enable(self) -> None:
        needs = {
            "moment": bool(self.line.moments),
            "hit": bool(self.line.hits),
            "stretch": self.head.a_s is not None,
            "transcript": bool(self.transcript.sentences),
        }
        is_there = self.isVisible() and self.head.is_there
        for name in COMMANDS:
            is_possible = needs.get(name.rpartition("_")[2], True)
            self._shortcuts.action(name).setEnabled(is_there and is_possible)

    @Slot(float)
    def _show_length(self, length_s: float) -> None:
        self.line.set_length(length_s)
        self._show_second(self.head.at_s)

    @Slot(float)
    def _show_second(self, second: float) -> None:
        self._move_line(second)
        self._show_place()
        self.transcript.follow(second)

    @Slot(float)
    def _move_line(self, second: float) -> None:
        if not self.line.isSliderDown():
            self.line.show_second(second)

    def _show_place(self) -> None:
        at_s, hits = self.head.at_s, self.line.hits
        time = clock(at_s, is_exact=not self.head.is_playing)
        self.controls.time.setText(f"{time} / {duration(self.head.length_s)}")
        inside = [place for place, hit in enumerate(hits, 1) if hit.start_s - _AT_ONCE_S <= at_s < hit.end_s]
        self.controls.show_hits(inside[-1] if inside else 0, len(hits))

    @Slot()
    def _show_state(self) -> None:
        self.controls.show_playing(is_playing=self.head.is_playing)
        self._show_place()

    @Slot()
    def _show_marks(self) -> None:
        marked, start_s = self.head.stretch(), self.head.a_s
        self.line.show_marks(start_s, self.head.b_s)
        if marked is not None:
            self.controls.show_stretch(f"{clock(marked[0])}–{clock(marked[1])}")  # noqa: RUF001 -- the sign for a stretch
        else:
            self.controls.show_stretch(clock(start_s) if start_s is not None else "")
        self._enable()
        self.stretch_changed.emit()

    @Slot(object)
    def _complain(self, fault: str | EngineError) -> None:
        self._problem.setText(fault if isinstance(fault, str) else told(fault.message))
        self._warning.show()
        self.ended.emit()

    @Slot()
    def _ask_to_open(self) -> None:
        if self.head.item is not None:
            self.open_externally.emit(self.head.item.path)

    def above(self, second: float) -> QPoint:
        """Over this second of the line, where a hint can stand."""
        return self.line.mapTo(self, QPoint(round(self.line.x_of(second)), -theme.SPACE_XS))
