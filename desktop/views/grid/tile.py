"""Paints one tile of the grid: the picture, what is marked about it, and whether it is selected."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from desktop import icons, theme
from desktop.words import duration, from_left, span, state_of
from engines.library.columns import FLAGS, KINDS, MISSING, Columns
from engines.library.tiles import Tile
from engines.types import Kind, State

INSET = 4  # px between a picture and the edge of its tile, where the ring of a selected one is
_RING = 3
_BADGE = 18
_BADGE_ICON = 12
_MOST_BADGES = 3
_STAR = 14
_LINE = 3  # px, below a film that a person goes through
_SMALLEST_WITH_STARS = 120  # px; a smaller tile has no room for five stars and a heart

_RAW, _LIVE, _MOTION, _FAVOURITE, _PICKED = (
    1 << FLAGS.index(name) for name in ("is_raw", "is_live", "is_motion", "is_favourite", "is_picked")
)
_REJECTED = -1  # stars
_VIDEO = KINDS.index(Kind.VIDEO)

_CAUSES = {
    State.PARTIAL: "triangle-alert",
    State.CORRUPT: "triangle-alert",
    State.UNSUPPORTED: "file-question-mark",
    State.REFUSED: "ban",
    State.UNREADABLE: "lock",
    State.WAITING: "clock",
    State.MISSING: "file-x",
    State.OFFLINE: "unplug",
    State.EXCLUDED: "eye-off",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a tile stands. has_focus: keys go to it."""

    is_selected: bool = False
    has_focus: bool = False
    is_hovered: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What of a film a tile shows. others: how many more of it there are. of_s: how long the film is, or 0.

    is_leafed: a person goes through the film, so that its place in it is shown as well.
    """

    start_s: float
    end_s: float
    others: int = 0
    of_s: float = 0.0
    is_leafed: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark at the bottom left: an icon, a text, or both. short: the text where there is little room."""

    icon: str = ""
    text: str = ""
    is_filled: bool = False
    short: str = ""


HEART = 6  # what mark_at gives beside the stars, 1 to 5


def mark_at(point: QPoint, rect: QRect) -> int | None:
    """Which star (1 to 5) or HEART of the tile's rating strip is at this point."""
    inner = rect.adjusted(INSET, INSET, -INSET, -INSET)
    if inner.width() < _SMALLEST_WITH_STARS or not _strip(inner).contains(point):
        return None
    for star in range(5):
        if _star(inner, star).contains(point):
            return star + 1
    return HEART if _heart(inner).contains(point) else None


def _strip(inner: QRect) -> QRect:
    return QRect(inner.x(), inner.y(), inner.width(), _STAR + 2 * theme.SPACE_XS)


def _star(inner: QRect, place: int) -> QRect:
    return QRect(inner.x() + theme.SPACE_XS + place * (_STAR + 2), inner.y() + theme.SPACE_XS, _STAR, _STAR)


def _heart(inner: QRect) -> QRect:
    return QRect(inner.right() + 1 - theme.SPACE_XS - _STAR, inner.y() + theme.SPACE_XS, _STAR, _STAR)


class TilePainter:
    """Made for one pass of painting. The painter draws in logical pixels."""

    def __init__(self, painter: QPainter, columns: Columns, *, is_cropped: bool) -> None:
        self._painter = painter
        self._columns = columns
        self._is_cropped = is_cropped
        self._font = theme.font(theme.BADGE_PX)
        self._metrics = QFontMetrics(self._font)
        self._colours = theme.tokens()
        self._ratio = painter.device().devicePixelRatio()
        painter.setFont(self._font)

    def paint(
        self,
        rect: QRect,
        media_id: int,
        picture: QPixmap | None,
        tile: Tile | None,
        look: Look,
        part: Part | None = None,
    ) -> None:
        """part: that the picture shows of a film, if it is not to stand for all of it."""
        state = state_of(media_id, self._columns)
        inner = rect.adjusted(INSET, INSET, -INSET, -INSET)
        if not self._is_cropped:
            self._rounded(rect, QColor(self._colours.tile))
        shown = inner
        if picture is not None:
            shown = self._paint_picture(inner, picture, state)
        elif state in (State.OK, State.WAITING, State.PARTIAL):
            self._paint_waiting(inner, media_id, tile)
        else:
            self._paint_error(inner, state, tile)
        if picture is not None or state is not State.WAITING:
            known = state if picture is not None else State.OK
            self._paint_badges(shown, badges(media_id, self._columns, known, part))
        if part is not None and part.is_leafed:
            self._paint_place(shown, part)
        if look.is_hovered and picture is not None and inner.width() >= _SMALLEST_WITH_STARS:
            self._paint_rating(inner, media_id)
        self._paint_look(rect, look)

    def _paint_picture(self, inner: QRect, picture: QPixmap, state: State) -> QRect:
        """Returns what of the tile the picture takes; the badges of a very flat one reach beyond it."""
        target = self._fitted(inner, picture.width(), picture.height())
        if state in (State.OFFLINE, State.MISSING):
            self._painter.setOpacity(0.45)
        sharp = target.width() * self._ratio == picture.width() and target.height() * self._ratio == picture.height()
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
        if not self._is_cropped:
            self._painter.drawPixmap(target, picture)
        else:
            side = min(picture.width(), picture.height())
            source = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
            self._painter.drawPixmap(inner, picture, source)
            target = inner
        self._painter.setOpacity(1)
        return target

    def _fitted(self, inner: QRect, width: float, height: float) -> QRect:
        """Where a whole picture of this shape lies in a tile; one from a very small file is not blown up."""
        scale = min(inner.width() / width, inner.height() / height)
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        return QRect(inner.x() + (inner.width() - wide) // 2, inner.y() + (inner.height() - high) // 2, wide, high)

    def _paint_waiting(self, inner: QRect, media_id: int, tile: Tile | None) -> None:
        """A plain area of the picture's shape and mean colour."""
        area = inner
        if not self._is_cropped and media_id < self._columns.count:
            width, height = (int(self._columns[name][media_id]) for name in ("width", "height"))
            if width > 0 and height > 0:
                area = self._fitted(inner, width, height)
        known = tile is not None and tile.colour is not None
        colour = QColor(tile.colour) if known and tile is not None else QColor(self._colours.tile)
        self._painter.fillRect(area, colour)

    def _paint_error(self, inner: QRect, state: State, tile: Tile | None) -> None:
        self._rounded(inner, QColor(self._colours.tile))
        side = min(32, inner.width() // 3)
        centre = inner.center() - QPointF(0, 8).toPoint()
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        icons.paint(self._painter, box, _CAUSES.get(state, "circle-alert"), QColor(self._colours.secondary))
        if tile is None:
            return
        name = self._metrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, inner.width() - 2 * theme.SPACE_S)
        line = QRect(inner.x(), int(box.bottom()) + theme.SPACE_S, inner.width(), self._metrics.height())
        self._painter.setPen(QColor(self._colours.secondary))
        self._painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, name)

    def _paint_badges(self, inner: QRect, found: list[Badge]) -> None:
        shown = found if len(found) <= _MOST_BADGES else found[:_MOST_BADGES]
        if len(found) > len(shown):
            shown = [*shown, Badge(text=f"+{len(found) - len(shown)}")]
        x = inner.x() + theme.SPACE_XS
        y = inner.bottom() + 1 - theme.SPACE_XS - _BADGE
        for badge in shown:
            width = self._badge_width(badge)
            if x + width > inner.right() and badge.short:
                badge = Badge(badge.icon, badge.short, badge.is_filled)
                width = self._badge_width(badge)
            if x + width > inner.right():
                break
            self._paint_badge(QRect(x, y, width, _BADGE), badge)
            x += width + theme.SPACE_XS

    def _badge_width(self, badge: Badge) -> int:
        text = self._metrics.horizontalAdvance(badge.text) if badge.text else 0
        picture = _BADGE_ICON if badge.icon else 0
        between = 3 if text and picture else 0
        return max(_BADGE, text + picture + between + (10 if text else 6))

    def _paint_badge(self, box: QRect, badge: Badge) -> None:
        self._rounded(box, QColor(self._colours.badge), theme.RADIUS_CONTROL)
        x = box.x() + (5 if badge.text else (box.width() - _BADGE_ICON) // 2)
        if badge.icon:
            place = QRectF(x, box.y() + (_BADGE - _BADGE_ICON) / 2, _BADGE_ICON, _BADGE_ICON)
            icons.paint(self._painter, place, badge.icon, QColor(self._colours.badge_text), filled=badge.is_filled)
            x += _BADGE_ICON + 3
        if badge.text:
            self._painter.setPen(QColor(self._colours.badge_text))
            line = QRect(x, box.y(), box.right() - x + 1, box.height())
            self._painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, badge.text)

    def _paint_place(self, shown: QRect, part: Part) -> None:
        """A line at the foot of the picture: the film, and in it what is shown now."""
        line = QRect(shown.x(), shown.bottom() + 1 - _LINE, shown.width(), _LINE)
        self._painter.fillRect(line, QColor(self._colours.badge))
        if part.of_s > 0:
            first, last = (round(line.width() * min(s / part.of_s, 1.0)) for s in (part.start_s, part.end_s))
            width = max(_LINE, last - first)
            left = line.x() + min(first, line.width() - width)
            self._painter.fillRect(QRect(left, line.y(), width, _LINE), QColor(self._colours.accent))

    def _paint_rating(self, inner: QRect, media_id: int) -> None:
        """Over the picture's upper edge: five stars and a heart, the given ones filled."""
        self._painter.fillRect(_strip(inner), QColor(self._colours.badge))
        rating = max(0, int(self._columns["rating"][media_id]))
        for star in range(5):
            colour = QColor(self._colours.rating if star < rating else self._colours.badge_text)
            icons.paint(self._painter, QRectF(_star(inner, star)), "star", colour, filled=star < rating)
        is_favourite = bool(int(self._columns["flags"][media_id]) & _FAVOURITE)
        colour = QColor(self._colours.favourite if is_favourite else self._colours.badge_text)
        icons.paint(self._painter, QRectF(_heart(inner)), "heart", colour, filled=is_favourite)

    def _paint_look(self, rect: QRect, look: Look) -> None:
        frame = QRectF(rect)
        if look.is_selected:
            half = _RING / 2
            self._outline(frame.adjusted(half, half, -half, -half), QPen(QColor(self._colours.accent), _RING))
        if look.has_focus:
            pen = QPen(QColor(self._colours.text), 1, Qt.PenStyle.DotLine)
            self._outline(frame.adjusted(-2.5, -2.5, 2.5, 2.5), pen)

    def _outline(self, frame: QRectF, pen: QPen) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(pen)
        self._painter.drawRoundedRect(frame, theme.RADIUS_TILE, theme.RADIUS_TILE)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _rounded(self, area: QRect, colour: QColor, radius: int = theme.RADIUS_TILE) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(area, radius, radius)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def badges(media_id: int, columns: Columns, state: State, part: Part | None = None) -> list[Badge]:
    """What is marked about an item, the most telling first."""
    if media_id >= columns.count:
        return []
    found = []
    if state is not State.OK:
        found.append(Badge(_CAUSES[state]))
    if int(columns["kind"][media_id]) == _VIDEO:
        found.append(_film_badge(float(columns["duration_s"][media_id]), part))
    flags = int(columns["flags"][media_id])
    if flags & _FAVOURITE:
        found.append(Badge("heart", is_filled=True))
    if flags & _PICKED:
        found.append(Badge("thumbs-up", is_filled=True))
    rating = int(columns["rating"][media_id])
    if rating != MISSING["rating"] and rating > 0:
        found.append(Badge("star", str(rating), is_filled=True))
    elif rating == _REJECTED:
        found.append(Badge("thumbs-down"))
    if flags & _RAW:
        found.append(Badge(text="RAW"))
    if flags & (_LIVE | _MOTION):
        found.append(Badge(text=QCoreApplication.translate("Tile", "LIVE")))
    if columns.duplicated[media_id]:
        found.append(Badge("copy"))
    return found


def _film_badge(length: float, part: Part | None) -> Badge:
    """length: s, NaN where it is not known."""
    if part is None:
        return Badge("play", duration(length) if length == length else "", is_filled=True)
    more = f" +{part.others}" if part.others else ""
    text = from_left(span((part.start_s, part.end_s)) + more)
    return Badge("play", text, is_filled=True, short=duration(part.start_s))
