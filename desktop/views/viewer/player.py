"""Plays a film with Qt Multimedia, which is loaded with the first one."""

from __future__ import annotations

import math
import os
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage

_BLIND_S = 3.0  # of playing without a picture: a slow computer may need two of them for the first


class Player(QObject):
    """All times are seconds as the container counts them; play() opens the file, stop() lets go of it."""

    frame_shown = Signal(QImage, float)  # and its second
    moved = Signal(float)  # where it is
    duration_known = Signal(float)
    state_changed = Signal()
    ended = Signal()
    failed = Signal(str)  # a sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media: Any = None  # QMediaPlayer
        self._sound: Any = None  # QAudioOutput
        self._descriptor = -1  # of a film whose name Qt cannot say
        self._begin_s: float | None = None  # where to begin as soon as the film is open
        self._blind_since_s: float | None = None  # from where it has played without a picture
        self._rate, self._volume, self._is_muted = 1.0, 0.8, False

    # what it does

    def play(self, path: str, from_s: float) -> None:
        """Go on from this second, in this file."""
        if self._media is None and not self._make():
            return
        if self.is_loaded:
            self._go_on(from_s)
            return
        self._begin_s = from_s
        self._media.setSource(QUrl.fromLocalFile(self._sayable(path)))
        self._media.setPlaybackRate(self._rate)

    def pause(self) -> None:
        if self._media is not None:
            self._begin_s = None
            self._media.pause()

    def go_to(self, second: float) -> None:
        """Of a film that is loaded. The player knows milliseconds: the next one, so that it is not the frame before."""
        if self._blind_since_s is not None:
            self._blind_since_s = second
        if self._begin_s is not None:
            self._begin_s = second
        elif self.is_loaded:
            self._media.setPosition(math.ceil(1000 * second - 0.01))

    def stop(self) -> None:
        """Let go of the file."""
        self._begin_s = self._blind_since_s = None
        if self.is_loaded:
            self._media.stop()
            self._media.setSource(QUrl())
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    @property
    def is_loaded(self) -> bool:
        """Whether the file is open."""
        return self._media is not None and not self._media.source().isEmpty()

    @property
    def is_playing(self) -> bool:
        """Whether it plays, or will as soon as the file is open."""
        return self._begin_s is not None or (self._media is not None and bool(self._media.isPlaying()))

    # how

    def set_rate(self, rate: float) -> None:
        """1 is as it was filmed."""
        self._rate = rate
        if self._media is not None:
            self._media.setPlaybackRate(rate)

    def set_volume(self, volume: float, *, is_muted: bool) -> None:
        """volume: 0 to 1."""
        self._volume, self._is_muted = volume, is_muted
        if self._sound is not None:
            self._sound.setVolume(volume)
            self._sound.setMuted(is_muted)

    # within

    def _make(self) -> bool:
        try:
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink
        except ImportError as error:
            self.failed.emit(self.tr("Videos cannot be played here: {reason}.").format(reason=error))
            return False
        sink = QVideoSink(self)
        self._media, self._sound = QMediaPlayer(self), QAudioOutput(self)
        self._media.setAudioOutput(self._sound)
        self._media.setVideoSink(sink)
        sink.videoFrameChanged.connect(self._take)
        self._media.errorOccurred.connect(self._fail)
        self._media.positionChanged.connect(self._move)
        self._media.durationChanged.connect(lambda duration_ms: self.duration_known.emit(duration_ms / 1000))
        self._media.playbackStateChanged.connect(self.state_changed)
        self._media.mediaStatusChanged.connect(self._follow)
        self.set_volume(self._volume, is_muted=self._is_muted)
        return True

    def _sayable(self, path: str) -> str:
        """The path, or another way to the same file where its name is not UTF-8, which Qt cannot open.

        Never a device of Python's: the player's threads would wait for the interpreter while it waits for them.
        """
        try:
            path.encode()
        except UnicodeEncodeError:
            try:
                self._descriptor = os.open(path, os.O_RDONLY)
            except OSError:
                return path  # the player says that it cannot be read
            return f"/dev/fd/{self._descriptor}"
        return path

    def _go_on(self, from_s: float) -> None:
        """At its end Qt begins a film anew and forgets where it was to go, so there it plays first."""
        self._blind_since_s = from_s
        is_over = self._media.mediaStatus() == self._media.MediaStatus.EndOfMedia
        if is_over:
            self._media.play()
        self.go_to(from_s)
        if not is_over:
            self._media.play()

    def _follow(self, status: Any) -> None:
        if status == status.LoadedMedia and self._begin_s is not None:
            begin_s, self._begin_s = self._begin_s, None
            self._go_on(begin_s)
        elif status == status.EndOfMedia and self._blind_since_s is not None:
            self._give_up()
        elif status == status.EndOfMedia:
            self.ended.emit()

    def _move(self, position_ms: int) -> None:
        if self._blind_since_s is not None and position_ms / 1000 > self._blind_since_s + _BLIND_S * self._rate:
            self._give_up()
        else:
            self.moved.emit(position_ms / 1000)

    def _give_up(self) -> None:
        """Qt says nothing where it cannot decode the pictures: it plays the sound alone."""
        self._blind_since_s = None
        self._media.pause()
        reason = self.tr("its pictures cannot be decoded")
        self.failed.emit(self.tr("This video cannot be played here: {reason}").format(reason=reason))

    def _take(self, frame: Any) -> None:
        """frame: QVideoFrame. Late ones, of a film that stands still, are dropped."""
        if not self.is_playing:
            return
        image = frame.toImage()
        if not image.isNull():
            self._blind_since_s = None
            begins_us = frame.startTime()
            self.frame_shown.emit(image, begins_us / 1e6 if begins_us >= 0 else self._media.position() / 1000)

    def _fail(self) -> None:
        self._begin_s = None
        if self._media.error() == self._media.Error.ResourceError:
            self.failed.emit(self.tr("The file cannot be read."))
        else:
            reason = self._media.errorString()
            self.failed.emit(self.tr("This video cannot be played here: {reason}").format(reason=reason))
        self.state_changed.emit()
