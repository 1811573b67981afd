"""The buttons below a film: frame by frame, play, what was found, A to B, speed, sound."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import Shortcuts
from desktop.words import from_left, number

SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_VOLUME_WIDTH = 80  # px


class FilmControls(QWidget):
    """Buttons trigger the commands of the same name; speed and volume are told of by signals."""

    speed_chosen = Signal(float)
    volume_chosen = Signal(int)  # percent

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the line above them
        self._shortcuts = shortcuts
        self._has_hits = False
        self.time = QLabel()
        self.time.setFont(theme.font(theme.SECONDARY_PX))
        self._play = self._button("play", "play")
        self._hits = QLabel()
        self._hits.setFont(theme.font(theme.SECONDARY_PX))
        self._stretch = QLabel()
        self._stretch.setFont(theme.font(theme.SECONDARY_PX))
        self._of_hits = [
            self._button("previous_hit", "chevron-left"),
            self._hits,
            self._button("next_hit", "chevron-right"),
        ]
        self._of_stretch = [self._stretch, self._button("clear_stretch", "x")]
        self._transcript = self._button("transcript", "captions")
        self._speed = self._make_speeds()
        self._mute = self._button("mute", "volume-2")
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setRange(0, 100)
        self._volume.setFixedWidth(_VOLUME_WIDTH)
        self._volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._volume.valueChanged.connect(self.volume_chosen)
        self._lay_out()
        self.show_hits(0, 0)
        self.show_stretch("")
        self.show_transcript(has_one=False)

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_S)
        row.setSpacing(theme.SPACE_XS)
        left = [self._button("previous_frame", "step-back"), self._play, self._button("next_frame", "step-forward")]
        middle = [self._letter("set_a", "A"), self._letter("set_b", "B"), *self._of_stretch]
        for group in (
            left,
            [self.time],
            self._of_hits,
            middle,
            [self._transcript],
            [self._speed],
            [self._mute, self._volume],
        ):
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(theme.SPACE_S)
            if group is self._of_hits:
                row.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what can be had by key goes first."""
        super().resizeEvent(event)
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        wanted = {self._volume: True, self._hits: self._has_hits, self._stretch: bool(self._stretch.text())}
        missing = [widget for widget, is_wanted in wanted.items() if is_wanted and widget.isHidden()]
        needed = self._row.minimumSize().width() + sum(widget.sizeHint().width() + theme.SPACE_XS for widget in missing)
        for widget, is_wanted in wanted.items():
            widget.setVisible(is_wanted and needed <= self.width())

    # what it shows

    def show_playing(self, *, is_playing: bool) -> None:
        self._play.setIcon(icon("pause" if is_playing else "play", "viewer_text"))
        text = self.tr("Pause") if is_playing else self.tr("Play")
        self._play.setToolTip(f"{text} ({self._shortcuts.shown_keys('play')})")
        self._play.setAccessibleName(text)

    def show_hits(self, place: int, count: int) -> None:
        """place: of the one at which the film is, from 1; 0 where it is at none."""
        self._has_hits = count > 0
        for button in self._of_hits[::2]:
            button.setVisible(self._has_hits)
        if count == 1:
            self._hits.setText(self.tr("1 place found"))
        elif place:
            self._hits.setText(self.tr("{place} of {count} found").format(place=number(place), count=number(count)))
        else:
            self._hits.setText(self.tr("{count} places found").format(count=number(count)))
        self._show_what_fits()

    def show_stretch(self, text: str) -> None:
        """text: such as '0:42 to 0:51'; '' where nothing is marked."""
        self._stretch.setText(text)
        self._of_stretch[-1].setVisible(bool(text))
        self._show_what_fits()

    def show_transcript(self, *, has_one: bool) -> None:
        """Whether there is one to be shown and hidden."""
        self._transcript.setVisible(has_one)

    @property
    def speed(self) -> float:
        return float(self._speed.currentData())

    def step_speed(self, steps: int) -> None:
        """Choose a faster one, or below 0 a slower one."""
        self._speed.setCurrentIndex(min(max(self._speed.currentIndex() + steps, 0), len(SPEEDS) - 1))

    @property
    def volume(self) -> int:
        """Percent."""
        return self._volume.value()

    def show_volume(self, percent: int, *, is_muted: bool) -> None:
        with QSignalBlocker(self._volume):
            self._volume.setValue(percent)
        name = "volume-x" if is_muted or not percent else "volume-2"
        self._mute.setIcon(icon(name, "viewer_text"))

    # its parts

    def _make_speeds(self) -> QComboBox:
        speeds = QComboBox()
        speeds.setAccessibleName(self.tr("Speed"))
        speeds.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for speed in SPEEDS:
            speeds.addItem(from_left(f"{speed:g}×"), speed)  # noqa: RUF001 -- the sign for times
        speeds.setCurrentIndex(SPEEDS.index(1.0))
        speeds.currentIndexChanged.connect(lambda _: self.speed_chosen.emit(self.speed))
        return speeds

    def _button(self, command: str, icon_name: str) -> QToolButton:
        """With an icon of its own: that of the action has the colours of menus."""
        button = QToolButton()
        button.setIcon(icon(icon_name, "viewer_text"))
        return self._led_by(command, button)

    def _letter(self, command: str, letter: str) -> QToolButton:
        button = QToolButton()
        button.setText(letter)
        button.setFont(theme.font(semibold=True))
        return self._led_by(command, button)

    def _led_by(self, command: str, button: QToolButton) -> QToolButton:
        action, keys = self._shortcuts.action(command), self._shortcuts.shown_keys(command)
        button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the viewer
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
