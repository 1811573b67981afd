"""The networks in the cockpit: on what each runs, in which batches and how fast, and why nothing faster is in use."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLocale, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.cockpit import Cockpit
from desktop.views.cloud.parts import text_label
from desktop.views.cockpit.wording import back_end_name, reasons, runs_on
from desktop.views.text_grid import TextGrid
from engines.inference import sets
from engines.inference.catalogue import cards

_NONE = "\N{EN DASH}"

_Cells = tuple[str, str, str, str]


class NetworksPart(QWidget):
    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self._cockpit = cockpit
        self._grid = TextGrid(theme.SPACE_M)
        self._reasons = text_label("secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(self._grid)
        layout.addWidget(self._reasons)
        cockpit.changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @Slot()
    def _follow(self) -> None:
        """At work numbers are others every second."""
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        heads = (self.tr("Network"), self.tr("Runs on"), self.tr("Batch"), self.tr("Pictures/s"))
        self._grid.show_rows([heads, *self._rows()])
        text = "\n".join(reasons(self._cockpit.standing, self._cockpit.uses))
        self._reasons.setText(text)
        self._reasons.setVisible(bool(text))

    def _rows(self) -> Iterator[_Cells]:
        """What runs or last ran; before, what is to run."""
        several = len({use.card for use in self._cockpit.uses}) > 1
        for use in self._cockpit.uses:
            network = use.network
            place = f"{back_end_name(network.back_end)} {network.precision}"
            if several and use.card is not None:
                place += f", GPU {use.card.index}"
            batch = QLocale().toString(network.batch) if network.batch is not None else _NONE
            yield network.title, place, batch, _speed(use.per_second)
        if not self._cockpit.uses:
            standing = self._cockpit.standing
            place = runs_on(standing, ()) or ("…" if standing is None else _NONE)
            for name in sets.in_use().pictures:
                yield cards()[name].title, place, _NONE, _NONE


def _speed(per_second: float) -> str:
    return QLocale().toString(per_second, "f", 0 if per_second >= 10 else 1) if per_second else _NONE
