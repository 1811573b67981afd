"""A film's moments as a list: a small picture, when, and what is seen; a click goes there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.item_models.moments import MOMENT, MomentsModel, Told
from desktop.jobs.stills import Stills
from engines.library.moments import Moment

_ROW = 60  # px
_PICTURE = QSize(84, 52)
_MARK = 3  # px, of the bar beside a moment that was looked for
_MOST_ROWS = 5  # that are seen at once; more are scrolled
_Index = QModelIndex | QPersistentModelIndex


class MomentsList(QListView):
    """stills: from where its pictures come; they are wanted as they come into view. found: see MomentsModel."""

    chosen = Signal(object)  # Moment: to be shown
    menu_wanted = Signal(object, QPoint)  # Moment, and where on the screen

    def __init__(
        self,
        moments: Sequence[Moment],
        stills: Stills,
        found: Collection[float] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stills = stills
        model = MomentsModel(moments, found, self)
        self._first_hit = model.first_hit
        self.setModel(model)
        self.setItemDelegate(_Delegate(stills, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Moments"))
        self.setFixedHeight(_ROW * min(len(moments), _MOST_ROWS))
        self.clicked.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._want)
        stills.arrived.connect(self.viewport().update)

    @Slot()
    def _want(self) -> None:
        """The pictures of what is in view, then of what comes next."""
        first = self.verticalScrollBar().value() // _ROW
        rows = range(first, min(first + 2 * _MOST_ROWS, self.model().rowCount()))
        self._stills.want([self._told(self.model().index(row, 0)).key for row in rows])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first_hit is not None:
            self.scrollTo(self.model().index(self._first_hit, 0), QListView.ScrollHint.PositionAtTop)
            self._first_hit = None
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._want()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            where = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_wanted.emit(self._told(index).moment, where)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._told(index).moment)

    @staticmethod
    def _told(index: _Index) -> Told:
        told: Told = index.data(MOMENT)
        return told


class _Delegate(QStyledItemDelegate):
    def __init__(self, stills: Stills, parent: QWidget) -> None:
        super().__init__(parent)
        self._stills = stills

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        told: Told = index.data(MOMENT)
        area: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.setPen(theme.colour("accent") if state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        self._paint_told(painter, area, told, is_mirrored=is_mirrored)
        painter.restore()

    def _paint_told(self, painter: QPainter, area: QRect, told: Told, *, is_mirrored: bool) -> None:
        place = QRect(area.topLeft() + QPoint(theme.SPACE_XS, (_ROW - _PICTURE.height()) // 2), _PICTURE)
        text = area.adjusted(2 * theme.SPACE_XS + _PICTURE.width() + theme.SPACE_XS, theme.SPACE_XS, -theme.SPACE_XS, 0)
        if is_mirrored:
            place, text = _mirrored(place, area), _mirrored(text, area)
        _paint_picture(painter, place, self._stills.picture(told.key))
        if told.is_hit:
            edge = place.adjusted(-_MARK - 1, 0, -place.width() - 1, 0)
            painter.fillRect(_mirrored(edge, place) if is_mirrored else edge, theme.colour("accent"))
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(text, start, told.when)
        line = QFontMetrics(painter.font()).lineSpacing()
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("secondary"))
        below = text.adjusted(0, line, 0, -theme.SPACE_XS)
        painter.drawText(below, start | Qt.TextFlag.TextWordWrap, told.seen)


def _mirrored(part: QRect, area: QRect) -> QRect:
    return QRect(area.left() + area.right() - part.right(), part.y(), part.width(), part.height())


def _paint_picture(painter: QPainter, place: QRect, picture: QPixmap | None) -> None:
    """Whole, on the ground of films; that alone while it is on its way."""
    painter.fillRect(place, theme.colour("viewer"))
    if picture is None or picture.isNull():
        return
    size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, picture)
