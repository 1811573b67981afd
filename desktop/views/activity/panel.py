"""What the program is doing, what waits, what failed, and how busy the computer is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.item_models.failures import FailureModel
from desktop.jobs.analyser import Activity
from desktop.jobs.monitor import Monitor
from desktop.session import Session
from desktop.views.activity.load_strip import LoadStrip
from desktop.views.activity.wording import in_detail, number
from desktop.views.cloud.queue_part import QueuePart
from desktop.views.lines import horizontal_line
from engines.library import overview
from engines.library.library import Library
from engines.settings import Settings

_WIDTH = 400  # px
_LIST_HEIGHT = 168  # px, four files


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
        session.analyser.finished.connect(self._look_for_failures)
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
        self._add_failures(layout)
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

    def _add_failures(self, layout: QVBoxLayout) -> None:
        self._failures = FailureModel(self)
        self._failed = QLabel()
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.clicked.connect(self._try_again)
        row = QHBoxLayout()
        row.addWidget(self._failed, 1)
        row.addWidget(self._retry)
        self._list = QListView()
        self._list.setModel(self._failures)
        self._list.setFixedHeight(_LIST_HEIGHT)
        self._list.setWordWrap(True)
        self._list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(2)
        self._list.setAccessibleName(self.tr("Files that could not be read, with the reason"))
        layout.addLayout(row)
        layout.addWidget(self._list)

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
        self._half.setChecked(settings.analysis.effort == "half")
        self._battery.setChecked(settings.analysis.pause_on_battery)

    @Slot()
    def _look_for_failures(self) -> None:
        if self.isVisible():
            self._session.background.run(
                partial(_failures, self._session.library),
                owner=self,
                then=self._show_failures,
                failed=self._session.notices.error,
            )

    def _show_failures(self, failures: list[overview.Failure]) -> None:
        self._failures.show(failures)
        count = len(failures)
        one = self.tr("1 file could not be read or is damaged")
        many = self.tr("{count} files could not be read or are damaged")
        none = self.tr("All files could be read")
        self._failed.setText(none if not count else one if count == 1 else many.format(count=number(count)))
        self._retry.setVisible(count > 0)
        self._list.setVisible(count > 0)
        self._place()

    # what is chosen

    def _pause_or_resume(self) -> None:
        analyser = self._session.analyser
        if analyser.activity.is_waiting:
            analyser.resume()
        else:
            analyser.pause()

    @Slot()
    def _try_again(self) -> None:
        self._session.analyser.analyse_again(self._failures.media_ids)

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
        self._look_for_failures()
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
        self.adjustSize()
        right = self._around.width() - self.width() - theme.SPACE_M
        self.move(right, self._around.height() - self.height() - self._lift - theme.SPACE_M)


def _failures(library: Library) -> list[overview.Failure]:
    with library.database.read() as connection:
        return overview.failures(connection)
