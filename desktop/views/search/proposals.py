"""The list that opens below the box: what the typed letters may become, by group, and recent searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.views.search.wording import day_text, head, number, translate, value_text
from engines.search.complete import Completion

_ROW, _HEAD = 28, 24
_HIGHEST = 520
_NARROWEST = 320
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A heading (without completion and query), a proposal, or a recent query."""

    text: str
    detail: str = ""
    count: str = ""
    completion: Completion | None = None
    query: str = ""

    @property
    def is_head(self) -> bool:
        return self.completion is None and not self.query


def rows_of(items: Sequence[Completion]) -> list[Row]:
    """The proposals below a heading for each group."""
    rows: list[Row] = []
    group = ""
    for item in items:
        if item.group != group:
            rows.append(Row(head(item.group)))
            group = item.group
        count = number(item.count) if item.count is not None else ""
        detail = translate("Search", "such as {value}").format(value=item.detail) if item.is_open else item.detail
        rows.append(Row(_label(item), detail, count, item))
    return rows


def _label(item: Completion) -> str:
    plain = item.written.removeprefix("-")
    text = day_text(plain.removeprefix("date:")) if item.group == "date" and '"' not in plain else item.label
    text = value_text(plain, text)
    return translate("Search", "not {field}").format(field=text) if item.written.startswith("-") else text


class ProposalModel(QAbstractListModel):
    """Rows as they were made; headings cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own way to say 'the root'
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return " · ".join(filter(None, (row.text, row.detail)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.text, row.detail, row.count)))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.rows[index.row()].is_head else super().flags(index)


class _Painter(QStyledItemDelegate):
    """Label, quieter detail, and the count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _HEAD if not index.flags() else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.model().rows[index.row()]  # type: ignore[attr-defined]  # it is a ProposalModel
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and not row.is_head
        area = option.rect
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(4, 0, -4, 0), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        inner = area.adjusted(theme.SPACE_M, 0, -theme.SPACE_M, 0)
        _paint_row(painter, inner, row, chosen=chosen)


def _paint_row(painter: QPainter, area: QRect, row: Row, *, chosen: bool) -> None:
    quiet = theme.colour("on_accent" if chosen else "secondary")
    start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(theme.font(theme.BADGE_PX, semibold=True) if row.is_head else theme.font())
    metrics = QFontMetrics(painter.font())
    count = metrics.horizontalAdvance(row.count) + (theme.SPACE_S if row.count else 0)
    text = metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, area.width() - count)
    painter.setPen(quiet if row.is_head else theme.colour("on_accent" if chosen else "text"))
    painter.drawText(area, start, text)
    painter.setPen(quiet)
    painter.drawText(area, end, row.count)
    left = metrics.horizontalAdvance(text) + theme.SPACE_S
    room = area.width() - left - count
    if row.detail and room > 4 * theme.SPACE_S:
        painter.setFont(theme.font(theme.SECONDARY_PX))
        detail = QFontMetrics(painter.font()).elidedText(row.detail, Qt.TextElideMode.ElideMiddle, room)
        rtl = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.drawText(area.adjusted(count if rtl else left, 0, -left if rtl else -count, 0), start, detail)


class Proposals(QFrame):
    """Lies over the window without taking the focus: the box passes its keys on with move() and choose()."""

    chosen = Signal(object)  # Row

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self.setProperty("popup", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = ProposalModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(translate("Search", "Proposals"))
        self.list.clicked.connect(self._choose_index)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.SPACE_XS, 1, theme.SPACE_XS)
        layout.addWidget(self.list)
        self.hide()

    def show_rows(self, rows: list[Row]) -> None:
        """Open with these, nothing chosen yet; close if there are none."""
        self.model.show(rows)
        if not rows:
            self.hide()
            return
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = sum(_HEAD if row.is_head else _ROW for row in rows) + 2 * theme.SPACE_XS + 2
        below = self._box.mapTo(window, QPoint(0, self._box.height() + theme.SPACE_XS))
        width = max(self._box.width(), _NARROWEST)
        left = below.x() if not self.isRightToLeft() else below.x() + self._box.width() - width
        room = window.height() - below.y() - theme.SPACE_S
        self.setGeometry(max(0, left), below.y(), width, min(height, _HIGHEST, room))
        self.show()
        self.raise_()

    @property
    def current(self) -> Row | None:
        """The row that was moved to."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and self.isVisible() else None

    def move_by(self, step: int) -> None:
        """To the next row that can be chosen; past the ends to none."""
        places = [place for place, row in enumerate(self.model.rows) if not row.is_head]
        index = self.list.currentIndex()
        at = places.index(index.row()) if index.isValid() and index.row() in places else -1 if step > 0 else len(places)
        wanted = at + step
        if 0 <= wanted < len(places):
            self.list.setCurrentIndex(self.model.index(places[wanted]))
        else:
            self.list.setCurrentIndex(QModelIndex())

    def first(self) -> Row | None:
        return next((row for row in self.model.rows if not row.is_head), None)

    def _choose_index(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if not row.is_head:
            self.chosen.emit(row)
