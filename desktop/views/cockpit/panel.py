"""The cockpit: how busy cards and computer are, how each network runs, what is left to do, and how to hold it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.jobs.analyser import Activity
from desktop.jobs.monitor import Load
from desktop.sentences import in_own_words
from desktop.session import Session
from desktop.views.activity.wording import in_detail
from desktop.views.cloud.parts import text_label
from desktop.views.cockpit.budget_part import BudgetPart
from desktop.views.cockpit.gauge import Gauge
from desktop.views.cockpit.gpu_part import GpuPart, cards_of
from desktop.views.cockpit.networks_part import NetworksPart
from desktop.views.cockpit.wording import of_gigabytes, percent, with_ours
from desktop.views.corner_card import CornerCard
from desktop.views.lines import horizontal_line
from engines.inference.gpu_monitor import Gpu

_WIDTH = 440  # px
_WITH_LINES = 2  # cards that have a line each; of more only the numbers are shown


class CockpitPanel(CornerCard):
    """What it shows is kept up only while it is seen."""

    def __init__(self, session: Session, around: QWidget, *, lift: int = 0) -> None:
        super().__init__(self.tr("Cockpit"), around, width=_WIDTH, lift=lift)
        self.setObjectName("cockpit")
        self._session = session
        self._cockpit = session.cockpit
        self._gpus: dict[Gpu, GpuPart] = {}
        self._lay_out()
        session.analyser.progress.connect(self._show_activity)
        session.analyser.state_changed.connect(self._show_activity)
        self._cockpit.measured.connect(self._show_load)
        self._show_activity(session.analyser.activity)

    def _lay_out(self) -> None:
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.SPACE_M)
        self._no_gpu = text_label("secondary")
        self._budget = BudgetPart(self._session)
        self._budget.hide()
        self._processor, self._memory = Gauge(self.tr("Processor")), Gauge(self.tr("Memory"))
        gauges = QHBoxLayout()
        gauges.setSpacing(theme.SPACE_L)
        gauges.addWidget(self._processor, 1)
        gauges.addWidget(self._memory, 1)
        self._detail = text_label("secondary")
        self._pause = QPushButton()
        self._pause.clicked.connect(self._pause_or_resume)
        settings = QPushButton(self.tr("Settings of networks"))
        settings.setProperty("link", True)
        settings.clicked.connect(lambda: self._session.settings_requested.emit("networks"))
        buttons = QHBoxLayout()
        buttons.addWidget(self._pause)
        buttons.addStretch()
        buttons.addWidget(settings)
        content = self.content
        content.addLayout(self._cards)
        content.addWidget(self._no_gpu)
        content.addWidget(self._budget)
        content.addLayout(gauges)
        content.addSpacing(theme.SPACE_XS)
        content.addWidget(horizontal_line())
        content.addWidget(NetworksPart(self._cockpit))
        content.addWidget(horizontal_line())
        content.addWidget(self._detail)
        content.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        if (load := self._cockpit.load) is not None:
            self._show(load)
        super().showEvent(event)

    @Slot(object)
    def _show_load(self, load: Load) -> None:
        if self.isVisible():
            self._show(load)

    def _show(self, load: Load) -> None:
        history = list(self._cockpit.history)
        self._show_cards(load)
        for part in self._gpus.values():
            part.show_history(history)
        self._no_gpu.setText(in_own_words(load.no_gpu or ""))
        self._no_gpu.setVisible(load.no_gpu is not None and not self._is_told(load.no_gpu))
        self._processor.show_history([one.processor for one in history], percent(load.processor))
        self._memory.set_title(with_ours(self.tr("Memory"), load.memory_bytes))
        shares = [one.used_bytes / one.total_bytes for one in history]
        self._memory.show_history(shares, of_gigabytes(load.used_bytes, load.total_bytes))

    def _is_told(self, reason: str) -> bool:
        """Whether it stands among the reasons why nothing faster is in use."""
        standing = self._cockpit.standing
        return standing is not None and any(one.reason == reason for one in standing.skipped)

    def _show_cards(self, load: Load) -> None:
        """A part for each card; made anew only when cards come or go."""
        cards = cards_of(load.gpus)
        self._budget.setVisible(bool(cards))
        if load.gpus:
            self._budget.show_card(load.gpus[0])
        if cards == tuple(self._gpus):
            return
        for part in self._gpus.values():
            self._cards.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._gpus = {card: GpuPart(card, with_lines=len(cards) <= _WITH_LINES) for card in cards}
        for part in self._gpus.values():
            self._cards.addWidget(part)

    @Slot(object)
    def _show_activity(self, activity: Activity) -> None:
        title = f"{activity.title}: " if activity.title and (activity.is_running or activity.is_waiting) else ""
        self._detail.setText(f"{title}{in_detail(activity)}")
        self._pause.setText(self.tr("Go on") if activity.is_waiting else self.tr("Pause"))
        self._pause.setIcon(icon("play" if activity.is_waiting else "pause"))
        self._pause.setVisible(activity.is_running or activity.is_waiting)

    @Slot()
    def _pause_or_resume(self) -> None:
        analyser = self._session.analyser
        if analyser.activity.is_waiting:
            analyser.resume()
        else:
            analyser.pause()
