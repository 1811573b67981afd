"""How much of a graphics card's memory networks may take, as a slider."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from desktop import theme
from desktop.session import Session
from desktop.views.cockpit.wording import gigabytes, percent
from engines.inference.gpu_monitor import Reading
from engines.settings import Settings, options

_KEY = "inference.vram_percent"
_CALM_MS = 400  # after the last move of the slider: a change starts the networks again


class BudgetPart(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._card: Reading | None = None
        option = options()[_KEY]
        self._words = QLabel()
        self._words.setProperty("role", "secondary")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(option.minimum, option.maximum)
        self._slider.setSingleStep(5)
        self._slider.setAccessibleName(self.tr("Memory of the card for networks"))
        self._slider.setToolTip(self.tr("Of the memory that is free when the networks are loaded."))
        self._slider.valueChanged.connect(self._moved)
        self._rest = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._rest.timeout.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        layout.addLayout(row)
        layout.addWidget(self._slider)
        session.settings_changed.connect(self.show_settings)
        session.closing.connect(self._rest.stop)
        self.show_settings(session.settings)

    @Slot(object)
    def show_settings(self, settings: Settings) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(settings.inference.vram_percent)
        self._say()

    def show_card(self, reading: Reading) -> None:
        self._card = reading
        self._say()

    @Slot()
    def _moved(self) -> None:
        self._say()
        self._rest.start()

    @Slot()
    def _choose(self) -> None:
        self._session.set_settings(self._session.settings.with_value(_KEY, self._slider.value()))

    def _say(self) -> None:
        """With what it comes to now: what is free, and what networks hold already."""
        share = self._slider.value() / 100
        text = self.tr("Networks may take {percent} of its free memory").format(percent=percent(share))
        card = self._card
        if card is not None and card.total is not None and card.used is not None:
            free = card.total - card.used + (card.ours or 0)
            text = self.tr("{text}, about {size} GB").format(text=text, size=gigabytes(round(free * share)))
        self._words.setText(text)
