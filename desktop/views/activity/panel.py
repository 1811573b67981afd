"""What the program is doing, what waits, what failed, and how busy the computer is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.jobs.analyser import Activity
from desktop.jobs.monitor import Monitor
from desktop.session import Session
from desktop.views.activity.load_strip import LoadStrip
from desktop.views.activity.problems import Problems
from desktop.views.activity.wording import in_detail
from desktop.views.cloud.queue_part import QueuePart
from desktop.views.lines import horizontal_line
from desktop.words import phase_title
from engines.analysis.phases import phases, switched_on
from engines.settings import Settings

_WIDTH = 400  # px


class ActivityPanel(QFrame):
    """Lies over `around`, at its lower right corner above its lowest `lift` pixels. Measures only while it is shown."""

    def __init__(self, session: Session, around: QWidget, *, lift: int = 0) -> None:
        super().__init__(around)
        self._session = session
        self._around = around
        self._lift = lift
        self._monitor: Monitor | None = None
        self.setObjectName("activity")
        self.setProperty("card", True)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Activity"))
        self._lay_out()
        self.hide()
        around.installEventFilter(self)
        session.analyser.progress.connect(self.show_activity)
        session.analyser.state_changed.connect(self.show_activity)
        session.settings_changed.connect(self._show_settings)
        session.closing.connect(self._stop_measuring)
        self.show_activity(session.analyser.activity)
        self._show_settings(session.settings)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(self._make_head())
        self._add_job(layout)
        layout.addSpacing(theme.SPACE_XS)
        layout.addWidget(horizontal_line())
        self.problems = Problems(self._session)
        self.problems.counted.connect(self._place)
        layout.addWidget(self.problems)
        self._off = QLabel()
        self._off.setProperty("role", "secondary")
        self._off.setWordWrap(True)
        layout.addWidget(self._off)
        self._requests = QueuePart(self._session)
        self._requests.resized.connect(self._place)
        layout.addWidget(self._requests)
        self._half = QCheckBox(self.tr("Use half the processor"))
        self._half.clicked.connect(self._choose_effort)
        self._battery = QCheckBox(self.tr("Pause on battery"))
        self._battery.clicked.connect(lambda on: self._choose("analysis.pause_on_battery", on))
        layout.addWidget(self._half)
        layout.addWidget(self._battery)
        layout.addSpacing(theme.SPACE_XS)
        layout.addWidget(horizontal_line())
        self._strip = LoadStrip()
        layout.addWidget(self._strip)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(self.tr("Activity"))
        title.setProperty("role", "head")
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.hide)
        head.addWidget(title, 1)
        head.addWidget(close)
        return head

    def _add_job(self, layout: QVBoxLayout) -> None:
        self._title, self._detail, self._waiting = QLabel(), QLabel(), QLabel()
        self._title.setFont(theme.font(semibold=True))
        for label in (self._title, self._detail, self._waiting):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self._detail, self._waiting):
            label.setProperty("role", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._pause = self._button("pause", self.tr("Pause"), self._pause_or_resume)
        self._cancel = self._button("square", self.tr("Stop"), self._session.analyser.cancel)
        self._cancel.setToolTip(self.tr("What is done is kept; the rest is done at the next look."))
        self._look = self._button("refresh-cw", self.tr("Look for new files"), self._session.analyser.look_again)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        for button in (self._pause, self._cancel, self._look):
            buttons.addWidget(button)
        buttons.addStretch()
        for part in (self._title, self._bar, self._detail, self._waiting):
            layout.addWidget(part)
        layout.addLayout(buttons)

    def _button(self, icon_name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(icon(icon_name), text)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda checked: run())  # type: ignore[operator] # clicked brings an argument
        return button

    # what is shown

    @Slot(object)
    def show_activity(self, activity: Activity) -> None:
        self._title.setText(activity.title)
        self._title.setVisible(bool(activity.title))
        self._detail.setText(in_detail(activity))
        self._bar.setVisible(activity.is_running or activity.is_waiting)
        self._bar.setRange(0, activity.total if activity.total or activity.is_running else 1)
        self._bar.setValue(activity.done)
        self._waiting.setText(self.tr("Then: {titles}").format(titles=", ".join(activity.waiting)))
        self._waiting.setVisible(activity.is_running and bool(activity.waiting))
        self._pause.setText(self.tr("Go on") if activity.is_waiting else self.tr("Pause"))
        self._pause.setIcon(icon("play" if activity.is_waiting else "pause"))
        self._pause.setVisible(activity.is_running or activity.is_waiting)
        self._cancel.setVisible(activity.is_running)
        self._look.setVisible(not activity.is_running and not activity.is_waiting)
        self._place()

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        on = switched_on(settings.analysis.phases_off)
        off = [phase_title(phase.name) for phase in phases() if phase not in on]
        self._off.setText(self.tr("Switched off in the settings: {names}").format(names=", ".join(off)))
        self._off.setVisible(bool(off))
        self._half.setChecked(settings.analysis.effort == "half")
        self._battery.setChecked(settings.analysis.pause_on_battery)

    # what is chosen

    def _pause_or_resume(self) -> None:
        analyser = self._session.analyser
        if analyser.activity.is_waiting:
            analyser.resume()
        else:
            analyser.pause()

    @Slot(bool)
    def _choose_effort(self, half: bool) -> None:
        self._choose("analysis.effort", "half" if half else "full")

    def _choose(self, key: str, value: bool | str) -> None:
        self._session.set_settings(self._session.settings.with_value(key, value))

    # where it lies, and when it measures

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        self._monitor = Monitor()
        self._monitor.measured.connect(self._strip.take)
        self._monitor.start()
        self.problems.look()
        self._requests.panel_shown()
        self._place()
        self.raise_()
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop_measuring()

    @Slot()
    def _stop_measuring(self) -> None:
        if self._monitor is not None:
            self._monitor.close()
            self._monitor = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))  # words that wrap count by their lines
        right = self._around.width() - self.width() - theme.SPACE_M
        self.move(right, self._around.height() - self.height() - self._lift - theme.SPACE_M)
