"""Two to four pictures beside each other, always at the same part of each and equally close."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.editing import REJECTED
from desktop.jobs.decoder import Wish
from desktop.views.viewer.picture import PictureView
from engines.library.columns import Columns
from engines.library.showing import Item

_TILES_A_PANE = 60  # of 1 MB each
_FOOT = 28  # px
_ICON = 14  # px


class Panes(QWidget):
    """show_items() fills it. Zooming and panning in one pane moves all; commands are for the current pane's item."""

    current_changed = Signal(int)  # media id
    camera_changed = Signal()
    tiles_wanted = Signal(list)  # Wishes, instead of all before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._panes: list[_Pane] = []
        self._wishes: dict[int, list[Wish]] = {}  # by the place of the pane
        self._current = 0

    # what is shown

    def show_items(self, items: Sequence[Item], at_hand: Sequence[QImage]) -> None:
        """at_hand: of each the picture that there is now; may be null."""
        leader = self._panes[self._current].picture.camera if self._panes else None
        for place, (item, image) in enumerate(zip(items, at_hand, strict=True)):
            if place == len(self._panes):
                self._panes.append(self._make_pane(place))
            pane = self._panes[place]
            if pane.item is None or pane.item.id != item.id:
                pane.show_item(item, image)
                if leader is not None:
                    pane.picture.follow(leader)
        for pane in self._panes[len(items) :]:
            pane.hide()
            pane.deleteLater()
        del self._panes[len(items) :]
        self._wishes = {place: wishes for place, wishes in self._wishes.items() if place < len(items)}
        self._arrange()
        self._mark(min(self._current, len(items) - 1))

    def clear(self) -> None:
        """Let go of all pictures."""
        for pane in self._panes:
            pane.hide()
            pane.deleteLater()
        self._panes, self._wishes, self._current = [], {}, 0

    def take_thumbnails(self, at_hand: Callable[[int], QImage]) -> None:
        """Show what is at hand where nothing is shown yet."""
        for pane in self._panes:
            if pane.item is not None:
                pane.picture.take_at_hand(at_hand(pane.item.id))

    def show_marks(self, columns: Columns) -> None:
        """Say of each picture how it is rated, picked, rejected."""
        for pane in self._panes:
            pane.show_marks(columns)

    @property
    def ids(self) -> list[int]:
        return [pane.item.id for pane in self._panes if pane.item is not None]

    @property
    def views(self) -> list[PictureView]:
        return [pane.picture for pane in self._panes]

    @property
    def place(self) -> int:
        """Which of them is the current one."""
        return self._current

    @property
    def current(self) -> int:
        """The media id of the current pane."""
        return self.ids[self._current]

    @Slot(object, QImage, QSize)
    def take(self, wish: Wish, image: QImage, whole: QSize) -> None:
        """A picture that was decoded."""
        for pane in self._panes:
            pane.picture.take(wish, image, whole)

    def step(self, panes: int) -> None:
        """Make another pane the current one."""
        if self._panes:
            self._choose(min(max(self._current + panes, 0), len(self._panes) - 1))

    def make_current(self, media_id: int) -> None:
        if media_id in self.ids:
            self._choose(self.ids.index(media_id))

    def _choose(self, place: int) -> None:
        if place != self._current:
            self._mark(place)
            self.current_changed.emit(self.current)

    def _mark(self, place: int) -> None:
        self._current = place
        for at, pane in enumerate(self._panes):
            pane.set_current(at == place)

    # in step

    def _make_pane(self, place: int) -> _Pane:
        pane = _Pane()
        pane.picture.steered.connect(partial(self._lead, pane))
        pane.picture.camera_changed.connect(self.camera_changed)
        pane.picture.tiles_wanted.connect(partial(self._gather, pane))
        pane.pressed.connect(partial(self._press, pane))
        return pane

    def _lead(self, leader: _Pane) -> None:
        for pane in self._panes:
            if pane is not leader:
                pane.picture.follow(leader.picture.camera)

    def _gather(self, pane: _Pane, wishes: list[Wish]) -> None:
        """One picture after the other, the current one's first: the worker holds each of them for a while."""
        if pane not in self._panes:
            return
        self._wishes[self._panes.index(pane)] = wishes
        order = sorted(self._wishes, key=lambda place: place != self._current)
        self.tiles_wanted.emit([wish for place in order for wish in self._wishes[place]])

    def _press(self, pane: _Pane) -> None:
        if pane in self._panes:
            self._choose(self._panes.index(pane))

    # where they lie

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._panes:
            self._arrange()

    def _arrange(self) -> None:
        shapes = [pane.picture.camera.picture for pane in self._panes]
        columns = columns_for(QSizeF(self.size()), shapes)
        for place, pane in enumerate(self._panes):
            self._grid.addWidget(pane, place // columns, place % columns)
        for line in range(len(self._panes) + 4):
            self._grid.setColumnStretch(line, int(line < columns))
            self._grid.setRowStretch(line, int(line < math.ceil(len(shapes) / columns)))


def columns_for(view: QSizeF, shapes: Sequence[QSizeF]) -> int:
    """In how many columns pictures of these shapes, of which there is one at least, are largest in the view."""
    return max(range(1, len(shapes) + 1), key=lambda columns: _area(view, shapes, columns))


def _area(view: QSizeF, shapes: Iterable[QSizeF], columns: int) -> float:
    """What the pictures cover, each fitted into its cell."""
    shapes = list(shapes)
    rows = math.ceil(len(shapes) / columns)
    cell = QSizeF(view.width() / columns, max(1.0, view.height() / rows - _FOOT))
    fitted = [shape.scaled(cell, Qt.AspectRatioMode.KeepAspectRatio) for shape in shapes if not shape.isEmpty()]
    return sum(size.width() * size.height() for size in fitted)


class _Pane(QWidget):
    """A picture with its name and how a person judged it below; a frame where it is the current one."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture = PictureView(_TILES_A_PANE)
        self.picture.installEventFilter(self)
        self._name = ""
        self._stars = 0
        self._marks: list[tuple[str, str]] = []  # icon, colour
        self._is_current = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, _FOOT)
        layout.addWidget(self.picture)

    @property
    def item(self) -> Item | None:
        return self.picture.item

    def show_item(self, item: Item, at_hand: QImage) -> None:
        self._name = item.name
        self.picture.show_item(item, at_hand)

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        self.update()

    def show_marks(self, columns: Columns) -> None:
        """As of these columns; an item that they do not know yet keeps its marks."""
        if self.item is None or self.item.id >= columns.count:
            return
        media_id = self.item.id
        rating = int(columns["rating"][media_id])
        self._stars = max(0, rating)
        marks = (
            ("thumbs-up", "success", self.tr("picked"), columns.flag("is_picked")[media_id]),
            ("thumbs-down", "error", self.tr("rejected"), rating == REJECTED),
            ("heart", "favourite", self.tr("favourite"), columns.flag("is_favourite")[media_id]),
        )
        self._marks = [(icon_name, colour) for icon_name, colour, _, holds in marks if holds]
        stars = self.tr("{stars} of 5 stars").format(stars=self._stars) if self._stars else self.tr("not rated")
        told = [self._name, stars, *(word for _, _, word, holds in marks if holds)]
        self.picture.setAccessibleName(", ".join(told))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The picture takes presses for itself, to be dragged."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.pressed.emit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("viewer"))
        foot = QRectF(theme.SPACE_S, self.height() - _FOOT, self.width() - 2 * theme.SPACE_S, _FOOT)
        left = self._paint_marks(painter, foot)
        painter.setFont(theme.font(theme.SECONDARY_PX, semibold=self._is_current))
        painter.setPen(theme.colour("viewer_text"))
        room = QRectF(foot.left(), foot.top(), left - foot.left() - theme.SPACE_S, _FOOT)
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if self._is_current:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _paint_marks(self, painter: QPainter, foot: QRectF) -> float:
        """From the right; returns where they begin."""
        left = foot.right()
        stars = [("star", "rating")] * self._stars
        for icon_name, colour in reversed([*self._marks, *stars]):
            left -= _ICON + 2
            place = QRectF(QPointF(left, foot.center().y() - _ICON / 2), QSizeF(_ICON, _ICON))
            icons.paint(painter, place, icon_name, theme.colour(colour), filled=True)
        return left
