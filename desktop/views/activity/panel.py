"""What the program is doing, what waits, and what failed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.jobs.analyser import Activity
from desktop.session import Session
from desktop.views.activity.film_cost import FilmCost
from desktop.views.activity.problems import Problems
from desktop.views.activity.wording import cost_in_words, in_detail
from desktop.views.cloud.queue_part import QueuePart
from desktop.views.corner_card import CornerCard
from desktop.views.lines import horizontal_line
from desktop.words import phase_title
from engines.analysis.phases import phases, switched_on
from engines.settings import Settings

_WIDTH = 400  # px


class ActivityPanel(CornerCard):
    """Looks at problems and the cloud's queue when it is shown."""

    def __init__(self, session: Session, around: QWidget, *, lift: int = 0) -> None:
        super().__init__(self.tr("Activity"), around, width=_WIDTH, lift=lift)
        self._session = session
        self.setObjectName("activity")
        self._lay_out()
        self._film_cost = FilmCost(session, self)
        self._film_cost.changed.connect(self._show_cost)
        session.analyser.progress.connect(self.show_activity)
        session.analyser.state_changed.connect(self.show_activity)
        session.settings_changed.connect(self._show_settings)
        self.show_activity(session.analyser.activity)
        self._show_settings(session.settings)

    def _lay_out(self) -> None:
        layout = self.content
        self._add_job(layout)
        layout.addSpacing(theme.SPACE_XS)
        layout.addWidget(horizontal_line())
        self.problems = Problems(self._session)
        layout.addWidget(self.problems)
        self._off = QLabel()
        self._off.setProperty("role", "secondary")
        self._off.setWordWrap(True)
        layout.addWidget(self._off)
        self._requests = QueuePart(self._session)
        layout.addWidget(self._requests)
        self._half = QCheckBox(self.tr("Use half the processor"))
        self._half.clicked.connect(self._choose_effort)
        self._battery = QCheckBox(self.tr("Pause on battery"))
        self._battery.clicked.connect(lambda on: self._choose("analysis.pause_on_battery", on))
        layout.addWidget(self._half)
        layout.addWidget(self._battery)

    def _add_job(self, layout: QVBoxLayout) -> None:
        self._title, self._detail, self._cost, self._waiting = QLabel(), QLabel(), QLabel(), QLabel()
        self._cost.hide()
        self._title.setFont(theme.font(semibold=True))
        for label in (self._title, self._detail, self._cost, self._waiting):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self._detail, self._cost, self._waiting):
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
        for part in (self._title, self._bar, self._detail, self._cost, self._waiting):
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

    @Slot()
    def _show_cost(self) -> None:
        cost = self._film_cost.cost
        self._cost.setText(cost_in_words(cost) if cost is not None else "")
        self._cost.setVisible(cost is not None)

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

    def showEvent(self, event: QShowEvent) -> None:
        self.problems.look()
        self._requests.panel_shown()
        super().showEvent(event)
