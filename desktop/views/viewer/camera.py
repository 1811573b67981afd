"""Which part of a picture is seen, how large and how turned; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

MOST_ZOOM = 8.0  # device pixels a pixel of the picture


@dataclass(frozen=True, slots=True)
class Camera:
    """picture: size in its own pixels, not turned. view: size in device pixels. quarter_turns: clockwise, 0 to 3.

    zoom: device pixels a pixel of the picture; None: as much as fits, but never more than `density`, the device pixels
    a pixel of the desktop: on a fine screen a small picture is as large as elsewhere. centre: the point of the picture
    that is in the middle of the view.
    """

    picture: QSizeF
    view: QSizeF
    zoom: float | None = None
    centre: QPointF | None = None
    quarter_turns: int = 0
    density: float = 1.0

    @property
    def fitting_zoom(self) -> float:
        turned = self.picture.transposed() if self.quarter_turns % 2 else self.picture
        if turned.isEmpty():
            return self.density
        return min(self.density, self.view.width() / turned.width(), self.view.height() / turned.height())

    @property
    def scale(self) -> float:
        return self.fitting_zoom if self.zoom is None else self.zoom

    @property
    def transform(self) -> QTransform:
        """From the picture to the view."""
        middle = self._middle if self.centre is None or self.zoom is None else self.centre
        transform = QTransform()
        transform.translate(self.view.width() / 2, self.view.height() / 2)
        transform.rotate(90.0 * self.quarter_turns)
        transform.scale(self.scale, self.scale)
        transform.translate(-middle.x(), -middle.y())
        return transform

    @property
    def seen(self) -> QRectF:
        """The part of the picture that lies in the view."""
        inverse, _ = self.transform.inverted()
        return inverse.mapRect(QRectF(QPointF(), self.view)) & QRectF(QPointF(), self.picture)

    def zoomed(self, zoom: float | None, at: QPointF) -> Camera:
        """With another zoom; what is at this point of the view stays there."""
        if zoom is not None:
            zoom = min(max(zoom, self.fitting_zoom), max(MOST_ZOOM, self.fitting_zoom))
        if zoom is None or zoom <= self.fitting_zoom:
            return replace(self, zoom=None, centre=None)
        inverse, _ = self.transform.inverted()
        there = inverse.map(at)
        new = replace(self, zoom=zoom, centre=there)
        inverse, _ = new.transform.inverted()
        middle = QPointF(self.view.width() / 2, self.view.height() / 2)
        return replace(new, centre=there + inverse.map(middle) - inverse.map(at))._held()

    def moved(self, by: QPointF) -> Camera:
        """Dragged by so many device pixels."""
        if self.zoom is None:
            return self
        inverse, _ = self.transform.inverted()
        centre = self.centre or self._middle
        return replace(self, centre=centre - (inverse.map(by) - inverse.map(QPointF())))._held()

    def turned(self, quarter_turns: int) -> Camera:
        return replace(self, quarter_turns=(self.quarter_turns + quarter_turns) % 4, zoom=None, centre=None)

    def in_step_with(self, other: Camera) -> Camera:
        """As close as the other one, at the same part of this picture."""
        if other.zoom is None or other.centre is None or other.picture.isEmpty() or other.zoom <= self.fitting_zoom:
            return replace(self, zoom=None, centre=None)
        x, y = other.centre.x() / other.picture.width(), other.centre.y() / other.picture.height()
        there = QPointF(x * self.picture.width(), y * self.picture.height())
        return replace(self, zoom=other.zoom, centre=there)._held()

    @property
    def _middle(self) -> QPointF:
        return QPointF(self.picture.width() / 2, self.picture.height() / 2)

    def _held(self) -> Camera:
        """With the picture's edges never inside the view while it is larger than that."""
        half = self.view / self.scale / 2
        if self.quarter_turns % 2:
            half = half.transposed()
        assert self.centre is not None
        x = _between(self.centre.x(), half.width(), self.picture.width())
        y = _between(self.centre.y(), half.height(), self.picture.height())
        return replace(self, centre=QPointF(x, y))


def _between(value: float, half: float, whole: float) -> float:
    return whole / 2 if 2 * half >= whole else min(max(value, half), whole - half)
