"""What is said in a film, beside it: follows the film, and a click on a sentence leads there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.words import clock
from engines.types import Sentence

Index = QModelIndex | QPersistentModelIndex

_WIDTHS = 200, 300  # px: a third of what there is, but not less and not more
_TIME = 56  # px of the column of times


class FilmTranscript(QListView):
    """While the pointer is over it, it stays where a person has scrolled it to."""

    went = Signal(float)  # to this second

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is said"))
        self.setViewportMargins(0, theme.TOOLBAR_HEIGHT, 0, 0)  # where the viewer's bar comes and goes
        self.setProperty("transcript", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the viewer
        self.setMouseTracking(True)
        self._sentences: Sequence[Sentence] = ()
        self._lines = QStringListModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Line(self))
        self.clicked.connect(self._go)
        self.activated.connect(self._go)

    def take_share(self, width: int) -> None:
        """Of a page so wide."""
        self.setFixedWidth(min(max(width // 3, _WIDTHS[0]), _WIDTHS[1]))

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        """In order of time."""
        if sentences != self._sentences:
            self._sentences = sentences
            self._lines.setStringList([sentence.text for sentence in sentences])

    @property
    def sentences(self) -> Sequence[Sentence]:
        return self._sentences

    @Slot(float)
    def follow(self, second: float) -> None:
        """Mark the sentence that was begun last."""
        row = bisect_right(self._sentences, second + 0.001, key=lambda sentence: sentence.start_s) - 1
        index = self._lines.index(row) if row >= 0 else QModelIndex()
        if index == self.currentIndex():
            return
        self.setCurrentIndex(index)
        if index.isValid() and not self.underMouse():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        self.went.emit(self._sentences[index.row()].start_s)


class _Line(QStyledItemDelegate):
    """The time, and beside it the sentence in as many lines as it takes."""

    def __init__(self, view: FilmTranscript) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = option.fontMetrics
        width = self._view.viewport().width()
        flags = Qt.TextFlag.TextWordWrap
        height = metrics.boundingRect(0, 0, width - _TIME - theme.SPACE_M, 100_000, flags, index.data()).height()
        return QSize(width, height + 2 * theme.SPACE_XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        is_current = index == self._view.currentIndex()
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.DARK.raised if is_current else theme.DARK.panel))
        row = rect.adjusted(theme.SPACE_M, theme.SPACE_XS, -theme.SPACE_M, -theme.SPACE_XS)
        start = QRect(row.left(), row.top(), _TIME - theme.SPACE_M, row.height())
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(QPen(QColor(theme.DARK.accent_text if is_current else theme.DARK.secondary)))
        time = clock(self._view.sentences[index.row()].start_s)
        painter.drawText(QStyle.visualRect(option.direction, row, start), Qt.AlignmentFlag.AlignTop, time)
        painter.setFont(option.font)
        painter.setPen(QPen(QColor(theme.DARK.text if is_current else theme.DARK.secondary)))
        beside = row.adjusted(start.width(), 0, 0, 0)
        painter.drawText(QStyle.visualRect(option.direction, row, beside), Qt.TextFlag.TextWordWrap, index.data())
