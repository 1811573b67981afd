"""The cloud queue in the activity panel: what waits, what failed, and what asking has come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.item_models.failures import FailureModel
from desktop.jobs.requests import Queue, Stage
from desktop.session import Session
from desktop.views.activity.wording import duration, number, size
from desktop.views.cloud.faults import said
from desktop.views.cloud.wording import counted, seconds
from desktop.views.confirm import confirm
from desktop.views.lines import horizontal_line
from engines.library.cloud.calls import Meter
from engines.library.cloud.queue import Failed
from engines.library.library import Library

_LIST_HEIGHT = 92  # px, two requests
_LOOK_MS = 1000  # the meter is read at most so often


@dataclass(frozen=True, slots=True)
class _Found:
    failures: list[Failed]
    meter: Meter


class QueuePart(QWidget):
    """Hidden while nothing waits and nothing was asked this month. Looks at the library only while it is seen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: _Found | None = None
        self._rest = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._rest.timeout.connect(self._look)
        self._lay_out()
        session.requests.changed.connect(self.show_queue)
        session.closing.connect(self._rest.stop)
        self.show_queue(session.requests.queue)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_S)
        self._title, self._detail, self._figures = QLabel(self.tr("Cloud")), QLabel(), QLabel()
        self._title.setFont(theme.font(semibold=True))
        for label in (self._detail, self._figures):
            label.setProperty("role", "secondary")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._pause = self._button("pause", self.tr("Pause"), self._pause_or_resume)
        self._cancel = self._button("square", self.tr("Do not ask…"), self._ask_to_cancel)
        self._settings = QPushButton(self.tr("Settings"))
        self._settings.setProperty("link", True)
        self._settings.clicked.connect(lambda checked: self._session.settings_requested.emit("cloud"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        for button in (self._pause, self._cancel, self._settings):
            buttons.addWidget(button)
        buttons.addStretch()
        for part in (self._title, self._bar, self._detail):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self._add_failures(layout)
        layout.addWidget(self._figures)
        layout.addWidget(horizontal_line())

    def _add_failures(self, layout: QVBoxLayout) -> None:
        self._failures = FailureModel(self, said)
        self._failed = QLabel()
        self._failed.setWordWrap(True)
        self._retry = QPushButton()
        self._retry.clicked.connect(self._try_again)
        row = QHBoxLayout()
        row.addWidget(self._failed, 1)
        row.addWidget(self._retry)
        self._list = QListView()
        self._list.setModel(self._failures)
        self._list.setFixedHeight(_LIST_HEIGHT)
        self._list.setWordWrap(True)
        self._list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._list.selectionModel().selectionChanged.connect(self._name_retry)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Requests that failed, with the reason"))
        layout.addLayout(row)
        layout.addWidget(self._list)
        self._name_retry()

    def _button(self, icon_name: str, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(icon_name), text)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda checked: run())
        return button

    # what is shown

    @Slot(object)
    def show_queue(self, queue: Queue) -> None:
        is_held = queue.stage in (Stage.PAUSED, Stage.STOPPED, Stage.WAITING)
        self._bar.setVisible(queue.queued > 0)
        self._bar.setRange(0, queue.answered + queue.queued)
        self._bar.setValue(queue.answered)
        self._detail.setText(detail(queue))
        self._pause.setText(self.tr("Go on") if is_held else self.tr("Pause"))
        self._pause.setIcon(icon("play" if is_held else "pause"))
        self._pause.setVisible(is_held or queue.stage is Stage.RUNNING)
        self._cancel.setVisible(queue.queued > 0)
        self._settings.setVisible(queue.stage in (Stage.STOPPED, Stage.OFFLINE))
        one, many = self.tr("1 request failed"), self.tr("{count} requests failed")
        self._failed.setText(counted(one, many, queue.failed))
        for widget in (self._failed, self._retry, self._list):
            widget.setVisible(queue.failed > 0)
        self._show_or_hide()
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    def _show_or_hide(self) -> None:
        was_asked = self._found is not None and self._found.meter.month > 0
        self._figures.setVisible(was_asked)
        queue = self._session.requests.queue
        self.setVisible(was_asked or not queue.is_empty or queue.stage is Stage.PAUSED)

    def panel_shown(self) -> None:
        """The panel around it is shown: what asking has come to may be other than last time."""
        self._look()

    @Slot()
    def _look(self) -> None:
        self._session.background.run(
            partial(_look, self._session.library),
            owner=self,
            then=self._take,
            failed=self._session.notices.error,
        )

    def _take(self, found: _Found) -> None:
        if (
            self._found is None or found.failures != self._found.failures
        ):  # else what is selected would be forgotten every second
            self._failures.show(found.failures)
            self._name_retry()
        self._found = found
        self._figures.setText(figures(found.meter))
        self._show_or_hide()

    @property
    def _selected(self) -> list[int]:
        return self._failures.request_ids(index.row() for index in self._list.selectionModel().selectedIndexes())

    @Slot()
    def _name_retry(self) -> None:
        self._retry.setText(self.tr("Retry selected") if self._selected else self.tr("Retry all"))

    @Slot()
    def _try_again(self) -> None:
        self._session.requests.retry(self._selected or None)

    def _ask_to_cancel(self) -> None:
        queue = self._session.requests.queue
        one, many = self.tr("Drop the request that waits?"), self.tr("Drop the {count} requests that wait?")
        confirm(
            self,
            counted(one, many, queue.queued),
            self.tr("Nothing of them is sent. Answers that came are kept."),
            self.tr("Do not ask"),
            self._session.requests.cancel,
        )

    def _pause_or_resume(self) -> None:
        requests = self._session.requests
        if requests.queue.stage is Stage.RUNNING:
            requests.pause()
        else:
            requests.resume()


def _look(library: Library) -> _Found:
    return _Found(library.cloud.failures(), library.cloud.meter())


def detail(queue: Queue) -> str:
    """The line below the title: what goes on, how much waits, what is the matter."""
    waits = counted(_tr("1 request waits"), _tr("{count} requests wait"), queue.queued)
    match queue.stage:
        case Stage.IDLE if queue.queued:
            return _tr("{waits} for files that cannot be reached now.").format(waits=waits)
        case Stage.IDLE:
            return _tr("Nothing waits.")
        case Stage.RUNNING:
            parts = [_tr("{count} answered").format(count=number(queue.answered)), waits]
            if queue.seconds_left is not None and queue.queued:
                parts.append(_tr("{time} left").format(time=duration(queue.seconds_left)))
            line = " · ".join(parts)
            return f"{line}\n{said(queue.trouble)}" if queue.trouble is not None else line
        case Stage.PAUSED:
            return _tr("Paused, also after a restart. {waits}.").format(waits=waits)
        case Stage.OFFLINE:
            return _tr("Nothing is sent while “Stay offline” is on. {waits}.").format(waits=waits)
        case Stage.WAITING | Stage.STOPPED:
            why = said(queue.trouble) if queue.trouble is not None else _tr("The service wants to be left alone.")
            return f"{why} {waits}."


def figures(meter: Meter) -> str:
    """What was asked today and this month, and how long answers take."""
    lines = [
        _tr("Today {today} requests, {today_size}. This month {month}, {month_size}.").format(
            today=number(meter.today),
            today_size=size(meter.today_bytes),
            month=number(meter.month),
            month_size=size(meter.month_bytes),
        )
    ]
    if meter.p50_s is not None and meter.p95_s is not None:
        lines.append(
            _tr("Answers take {usual}, 95 % of them at most {longest}.").format(
                usual=seconds(meter.p50_s), longest=seconds(meter.p95_s)
            )
        )
    if meter.credits_refused:
        one, many = _tr("1 was refused for lack of credits."), _tr("{count} were refused for lack of credits.")
        lines.append(counted(one, many, meter.credits_refused))
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cloud", text)
