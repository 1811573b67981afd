"""One kind of value in the sidebar: a row for each value with its share of the answer and its count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.views.search.section import Section
from desktop.views.search.wording import head, number, tr, translate, value_text
from engines.search.facets import Facet

_ROW = 26
_BAR = 2
_FEW = 6  # values that are shown until a person asks for all
_INDENT = 14


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is painted. share: of the longest bar. depth: of a folder."""

    text: str
    tip: str
    query: str
    count: int
    share: float
    depth: int = 0


class FacetRow(QAbstractButton):
    """A click asks for the value, or no longer if it is asked for already; with Alt it is left out.

    Space and Return ask for it, Alt+Return leaves it out, Up and Down go on to the other rows.
    """

    asked = Signal(str)
    excluded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown("", "", "", 0, 0.0)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_ROW)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def query(self) -> str:
        return self._shown.query

    def show_value(self, shown: Shown, *, chosen: bool) -> None:
        if shown == self._shown and chosen == self.isChecked():
            return
        self._shown = shown
        self.setChecked(chosen)
        self.setAccessibleName(f"{shown.text}, {number(shown.count)}")
        self.setAccessibleDescription(translate("Search", "Narrows the search. Alt+Return leaves it out."))
        self.setToolTip(f"{shown.tip} · {number(shown.count)}\n{tr('Alt+click leaves it out')}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _ROW)

    def nextCheckState(self) -> None:
        """What is checked follows the query alone."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        self.setDown(False)
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self._act(event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(event.modifiers())
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _act(self, modifiers: Qt.KeyboardModifier) -> None:
        leave_out = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        (self.excluded if leave_out else self.asked).emit(self._shown.query)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown() or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(self.rect(), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        self._paint_value(painter)
        painter.end()

    def _paint_value(self, painter: QPainter) -> None:
        shown = self._shown
        indent = shown.depth * _INDENT
        area = self.rect().adjusted(theme.SPACE_S, 0, -theme.SPACE_S, -_BAR)
        area = area.adjusted(0, 0, -indent, 0) if self.isRightToLeft() else area.adjusted(indent, 0, 0, 0)
        painter.setFont(theme.font(semibold=self.isChecked()))
        metrics = QFontMetrics(painter.font())
        count = number(shown.count)
        room = area.width() - metrics.horizontalAdvance(count) - theme.SPACE_S
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("accent_text" if self.isChecked() else "text"))
        text = metrics.elidedText(shown.text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeading, text)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignTrailing, count)
        self._paint_bar(painter, QRect(area.left(), self.height() - _BAR - 1, area.width(), _BAR))

    def _paint_bar(self, painter: QPainter, track: QRect) -> None:
        length = max(_BAR, round(track.width() * self._shown.share))
        left = track.right() + 1 - length if self.isRightToLeft() else track.left()
        colour = theme.colour("accent" if self.isChecked() else "line")
        painter.fillRect(QRect(left, track.top(), length, _BAR), colour)


class FacetSection(Section):
    """The values of one facet; the first few, or all. Rows are used again, so that typing makes none anew."""

    asked = Signal(str)
    excluded = Signal(str)

    def __init__(self, name: str, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(name, head(name), memory, parent)
        self._rows: list[FacetRow] = []
        self._values: list[Shown] = []
        self._chosen: frozenset[str] = frozenset()
        self._all = False
        self._more = QPushButton()
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._show_all)
        line = QHBoxLayout()
        line.setContentsMargins(theme.SPACE_XS, 0, 0, 0)  # with the link's own it begins where the values do
        line.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.rows.addLayout(line)

    def show_facet(self, facet: Facet, chosen: frozenset[str]) -> None:
        """chosen: the fields that the query asks for, as they are written."""
        self._values = _folders(facet) if facet.name == "folder" else _plain(facet)
        self._chosen = chosen
        self.setVisible(bool(self._values))
        self._show_rows()

    def _show_all(self) -> None:
        self._all = not self._all
        self._show_rows()

    def _show_rows(self) -> None:
        few = [value for place, value in enumerate(self._values) if place < _FEW or value.query in self._chosen]
        values = self._values if self._all else few
        while len(self._rows) < len(values):
            row = FacetRow()
            row.asked.connect(self.asked)
            row.excluded.connect(self.excluded)
            self.rows.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, value in zip(self._rows, values, strict=False):
            row.show_value(value, chosen=value.query in self._chosen)
            row.setVisible(True)
        for row in self._rows[len(values) :]:
            row.setVisible(False)
        self._more.setVisible(len(self._values) > len(few) or self._all)
        self._more.setText(
            translate("Search", "Show fewer")
            if self._all
            else translate("Search", "Show all {count}").format(count=number(len(self._values)))
        )


def _plain(facet: Facet) -> list[Shown]:
    most = max((value.count for value in facet.values), default=1)
    texts = [value_text(value.query, value.label) for value in facet.values]
    twice = {text for text, times in Counter(texts).items() if times > 1}  # such as a thing and a tag of the person's
    texts = [value.label if text in twice else text for text, value in zip(texts, facet.values, strict=True)]
    return [
        Shown(text, text, value.query, value.count, value.count / most)
        for text, value in zip(texts, facet.values, strict=True)
    ]


def _folders(facet: Facet) -> list[Shown]:
    """The tree, each folder below the one that holds it."""
    if not facet.values:
        return []
    top, most = facet.values[0].label, facet.values[0].count
    return [
        Shown(
            value.label.rpartition("/")[2] or value.label,
            value.label,
            value.query,
            value.count,
            value.count / most,
            value.label.count("/") - top.count("/"),
        )
        for value in facet.values
    ]
