"""A video that plays; Qt Multimedia is loaded with the first one, and until it plays its own picture is shown."""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from engines.library.showing import Item

_SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
_STEP_MS = 1000  # by a key
_PAGES = 10  # clicks beside the handle from the beginning to the end


class FilmPage(QWidget):
    """Poster, picture, and below it: play, position, speed, volume."""

    open_externally = Signal(str)  # path
    stretch_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surface = _Surface()
        self._player: Any = None
        self._sound: Any = None
        self._descriptor = -1  # of a film whose name Qt cannot say
        self._item: Item | None = None
        self._wanted_ms = 0  # where to begin as soon as the film is open
        self._stretch: tuple[float, float] | None = None
        self._play = self._button("play", self.tr("Play"), self.toggle)
        self._mute = self._button("volume-2", self.tr("Mute"), self._toggle_mute)
        self._seek = QSlider(Qt.Orientation.Horizontal)
        self._seek.setAccessibleName(self.tr("Position"))
        self._seek.actionTriggered.connect(self._go_to)  # by drag, click or key
        self._time = QLabel("0:00 / 0:00")
        self._time.setFont(theme.font(theme.SECONDARY_PX))
        self._speed = QComboBox()
        self._speed.setAccessibleName(self.tr("Speed"))
        for speed in _SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)  # noqa: RUF001 -- the sign for times
        self._speed.setCurrentIndex(_SPEEDS.index(1.0))
        self._speed.currentIndexChanged.connect(self._set_speed)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setRange(0, 100)
        self._volume.setValue(80)
        self._volume.setFixedWidth(90)
        self._volume.valueChanged.connect(self._set_volume)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._external = QPushButton(self.tr("Open externally"))
        self._external.clicked.connect(self._ask_to_open)
        self._lay_out()

    def _button(self, name: str, text: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name, "viewer_text"))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        controls.setSpacing(theme.SPACE_S)
        for widget in (self._play, self._seek, self._time, self._speed, self._mute, self._volume):
            controls.addWidget(widget, int(widget is self._seek))
        self._warning = QWidget()
        warning = QHBoxLayout(self._warning)
        warning.addStretch()
        warning.addWidget(self._problem)
        warning.addWidget(self._external)
        warning.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.surface, 1)
        layout.addWidget(self._warning)
        layout.addLayout(controls)
        self._warning.hide()

    def show_item(self, item: Item, poster: QImage) -> None:
        """Ready to play, not playing yet."""
        self.stop()
        if self._item is None or item.id != self._item.id:
            self.mark(None)
        self._item = item
        self._wanted_ms = 0
        self.surface.show_poster(poster)
        self._warning.hide()
        self._play.setEnabled(item.has_file)
        self._seek.setValue(0)

    def show_poster(self, poster: QImage) -> None:
        self.surface.show_poster(poster)

    def show_at(self, item: Item, seconds: float, poster: QImage) -> None:
        """The same, standing still at this second."""
        if item != self._item:
            self.show_item(item, poster)
        self.go_to(seconds)

    def go_to(self, seconds: float) -> None:
        """Go on at this second; a film that does not play shows its frame."""
        if self._is_ready():
            if not self._player.isPlaying():
                self._player.pause()
            self._wanted_ms = round(1000 * seconds)
            self._player.setPosition(self._wanted_ms)

    def stretch(self) -> tuple[float, float] | None:
        """From where to where in seconds a person marked the film that is shown, or None."""
        return self._stretch

    def mark(self, stretch: tuple[float, float] | None) -> None:
        """Take this for the stretch. Raises ValueError for one that ends before it begins."""
        if stretch is not None and not 0 <= stretch[0] < stretch[1]:
            raise ValueError(f"a film has no stretch from {stretch[0]} to {stretch[1]}")
        if stretch != self._stretch:
            self._stretch = stretch
            self.stretch_changed.emit()

    def toggle(self) -> None:
        """Play or pause."""
        if self.problem:  # it may be there by now
            self.stop()
            self._warning.hide()
        if not self._is_ready():
            return
        if self._player.isPlaying():
            self._player.pause()
        else:
            self._player.play()

    def stop(self) -> None:
        """Let go of the file."""
        if self.is_loaded:
            self._player.stop()
            self._player.setSource(QUrl())
        self.surface.clear_frame()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    @property
    def problem(self) -> str:
        """Why it does not play, '' where nothing is wrong."""
        return self._problem.text() if self._warning.isVisibleTo(self) else ""

    def _is_ready(self) -> bool:
        """Whether the film is open now, for what is to be done with it."""
        if self._item is None or not self._item.has_file:
            return False
        if self._player is None and not self._make_player():
            return False
        if not self.is_loaded:
            self._load(self._item.path)
        return True

    def _make_player(self) -> bool:
        try:
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink
        except ImportError as error:
            self._complain(self.tr("Videos cannot be played here: {reason}.").format(reason=error))
            return False
        sink = QVideoSink(self)
        self._player, self._sound = QMediaPlayer(self), QAudioOutput(self)
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(sink)
        sink.videoFrameChanged.connect(self.surface.show_frame)
        self._player.errorOccurred.connect(self._on_error)
        self._player.positionChanged.connect(self._show_position)
        self._player.durationChanged.connect(self._show_duration)
        self._player.playbackStateChanged.connect(self._show_state)
        self._set_volume(self._volume.value())
        return True

    @property
    def is_loaded(self) -> bool:
        """Whether the file is open."""
        return self._player is not None and not self._player.source().isEmpty()

    def _load(self, path: str) -> None:
        """Never as a device of Python's: threads of the player would wait for the interpreter, and it for them."""
        self._player.setSource(QUrl.fromLocalFile(self._sayable(path)))
        self._set_speed()

    def _sayable(self, path: str) -> str:
        """The path, or another way to the same file where its name is not UTF-8, which Qt cannot open."""
        try:
            path.encode()
        except UnicodeEncodeError:
            try:
                self._descriptor = os.open(path, os.O_RDONLY)
            except OSError:
                return path  # the player says that it cannot be read
            return f"/dev/fd/{self._descriptor}"
        return path

    def _on_error(self) -> None:
        if self._player.error() == self._player.Error.ResourceError:
            self._complain(self.tr("The file cannot be read."))
            return
        self._complain(self.tr("This video cannot be played here: {reason}").format(reason=self._player.errorString()))

    def _complain(self, text: str) -> None:
        self._problem.setText(text)
        self._warning.show()

    def _ask_to_open(self) -> None:
        if self._item is not None:
            self.open_externally.emit(self._item.path)

    def _go_to(self) -> None:
        if self.is_loaded:
            self._player.setPosition(self._seek.sliderPosition())

    def _set_speed(self) -> None:
        if self._player is not None:
            self._player.setPlaybackRate(self._speed.currentData())

    def _set_volume(self, percent: int) -> None:
        if self._sound is not None:
            self._sound.setVolume(percent / 100)

    def _toggle_mute(self) -> None:
        if self._sound is not None:
            self._sound.setMuted(not self._sound.isMuted())
            self._mute.setIcon(icon("volume-x" if self._sound.isMuted() else "volume-2", "viewer_text"))

    def _show_position(self, position_ms: int) -> None:
        if not self._seek.isSliderDown():
            self._seek.setValue(position_ms)
        self._time.setText(f"{_clock(position_ms)} / {_clock(self._player.duration())}")

    def _show_duration(self, duration_ms: int) -> None:
        self._seek.setRange(0, max(0, duration_ms))
        self._seek.setSingleStep(_STEP_MS)
        self._seek.setPageStep(max(_STEP_MS, duration_ms // _PAGES))
        if duration_ms and self._wanted_ms and not self._player.isPlaying():
            self._player.pause()
            self._player.setPosition(self._wanted_ms)

    def _show_state(self) -> None:
        playing = self._player.isPlaying()
        self._play.setIcon(icon("pause" if playing else "play", "viewer_text"))
        self._play.setToolTip(self.tr("Pause") if playing else self.tr("Play"))


class _Surface(QWidget):
    """The frame that is shown now, or the poster."""

    painted = Signal(QImage)  # a frame that is to be seen from now on

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._poster = QImage()
        self._frame = QImage()

    def show_poster(self, poster: QImage) -> None:
        self._poster = poster
        self.update()

    def show_frame(self, frame: Any) -> None:
        """frame: QVideoFrame."""
        image = frame.toImage()
        if not image.isNull():
            self._frame = image
            self.update()
            self.painted.emit(image)

    def clear_frame(self) -> None:
        self._frame = QImage()

    @property
    def has_poster(self) -> bool:
        return not self._poster.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("viewer"))
        image = self._poster if self._frame.isNull() else self._frame
        if image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawImage(QRectF(middle - QPointF(size.width(), size.height()) / 2, size), image)


def _clock(position_ms: int) -> str:
    minutes, seconds = divmod(position_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
