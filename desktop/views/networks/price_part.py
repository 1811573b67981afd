"""What each precision costs and gains on a person's own photos: a button that measures it, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.activity.wording import number
from desktop.views.cloud.parts import text_label
from desktop.views.cockpit.wording import back_end_name, percent
from desktop.views.text_grid import TextGrid
from desktop.words import moment
from engines.analysis.price import Price
from engines.analysis.price_list import Measured
from engines.inference import sets
from engines.inference.catalogue import cards

_NONE = "\N{EN DASH}"
_Cells = tuple[str, ...]


class PricePart(QWidget):
    """Looks for what was measured before whenever it is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pricing = session.pricing
        self._measure = self._button("gauge", self.tr("Measure on my photos"), self._start)
        self._stop = self._button("square", self.tr("Stop"), self._pricing.cancel)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._bar.setRange(0, 100)
        self._words = text_label("secondary")
        self._grid = TextGrid(theme.SPACE_L)
        self._lay_out()
        self._pricing.changed.connect(self.refresh)
        session.settings_changed.connect(self.refresh)
        self.refresh()

    def _button(self, icon_name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(icon(icon_name), text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda checked: run())  # type: ignore[operator] # clicked brings an argument
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self._words, 1)
        for button in (self._measure, self._stop):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(row)
        layout.addWidget(self._bar)
        layout.addLayout(self._grid)

    def showEvent(self, event: QShowEvent) -> None:
        self._pricing.look()
        super().showEvent(event)

    def _start(self) -> None:
        self._pricing.measure(self._session.settings)

    @Slot()
    def refresh(self) -> None:
        now = self._pricing.under_way
        self._measure.setVisible(now is None)
        self._stop.setVisible(now is not None)
        self._bar.setVisible(now is not None)
        self._bar.setValue(round(100 * now[1]) if now is not None else 0)
        measured = self._measured()
        self._words.setText(self._said(now, measured))
        self._grid.show_rows(list(self._rows(measured)))

    def _measured(self) -> dict[str, Measured]:
        """Of the networks that look at pictures now."""
        known = self._pricing.known or {}
        return {name: known[name] for name in sets.in_use().pictures if name in known}

    def _said(self, now: tuple[str, float] | None, measured: dict[str, Measured]) -> str:
        if now is not None:
            return self.tr("Measuring {name}").format(name=now[0]) if now[0] else self.tr("Choosing photos")
        if not measured:
            return self.tr(
                "What a precision gains in speed and costs in results depends on this computer and your photos; "
                "measuring it takes a minute or two, and nothing is changed."
            )
        last = max(measured.values(), key=lambda one: one.at_s)
        text = self.tr("Measured on {date} with {count} of your photos. Compared is what would be shown first.")
        return text.format(date=moment(_local(last.at_s)), count=number(last.photos))

    def _rows(self, measured: dict[str, Measured]) -> Iterator[_Cells]:
        if not measured:
            return
        yield "", self.tr("Precision"), self.tr("Pictures/s"), self.tr("Speed"), self.tr("Same results")
        for name, one in measured.items():
            for place, price in enumerate(one.prices):
                title = f"{cards()[name].title}, {back_end_name(price.back_end)}" if place == 0 else ""
                yield (title, price.precision, *_numbers(price))


def _numbers(price: Price) -> tuple[str, str, str]:
    speed = QLocale().toString(price.per_second, "f", 0 if price.per_second >= 10 else 1)
    faster = f"{QLocale().toString(price.faster, 'f', 1)} \N{MULTIPLICATION SIGN}" if price.faster else _NONE
    return speed, faster, _share(price.same_top) if price.same_top is not None else _NONE


def _share(share: float) -> str:
    """99.7 is not 100."""
    return percent(share) if share in (0.0, 1.0) else f"{QLocale().toString(100 * share, 'f', 1)} %"


def _local(at_s: float) -> int:
    """Seconds since 1970 as the clock on the wall shows them."""
    return round(datetime.fromtimestamp(at_s).replace(tzinfo=UTC).timestamp())
