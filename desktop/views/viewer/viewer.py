"""The viewer: one item of what is shown, its neighbours a key away."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QImage, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.jobs.decoder import Decoder, Wish
from desktop.jobs.thumbnails import WHOLE
from desktop.session import Session
from desktop.translation import told
from desktop.views.viewer.bar import ViewerBar
from desktop.views.viewer.compare import LEAST, Compare
from desktop.views.viewer.film import COMMANDS as FILM_COMMANDS
from desktop.views.viewer.film import FilmPage
from desktop.views.viewer.film_boxes import FilmBoxes
from desktop.views.viewer.film_commands import FilmCommands
from desktop.views.viewer.film_guide import FilmGuide
from desktop.views.viewer.filmstrip import Filmstrip
from desktop.views.viewer.picture import PictureView
from desktop.views.viewer.slides import SlideShow
from engines.errors import EngineError
from engines.library.showing import Box, Item

_KEPT = 5  # fitting pictures: the one that is shown, two neighbours, two to go back to
_LARGEST_FIT = 4096  # px


class Viewer(QWidget):
    """Opened with open() or compare(); `closed` asks for the view below.

    Commands are for the item that is shown, or of those that are compared for the current one.
    """

    opened = Signal()  # for a comparison: it is to be shown
    closed = Signal()
    menu_wanted = Signal(QPoint)  # on the screen
    external_wanted = Signal(str)  # path

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("viewer", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._session = session
        self._media_id: int | None = None
        self._row = 0
        self._item: Item | None = None
        self._second: float | None = None  # at which the film that is looked up is to be shown
        self._fits: dict[int, QImage] = {}
        self._shows_boxes = False
        self.decoder = Decoder(self)
        self._pictures = session.whole_thumbnails
        self.picture = PictureView()
        self.comparison = Compare(session, self._at_hand)
        self._goes_back_to_grid = False  # when the comparison ends
        self.film = FilmPage(session.shortcuts)
        FilmGuide(session, self.film)
        self._film_boxes = FilmBoxes(session, self.film)
        self.film_commands = FilmCommands(session, self.film)
        self._message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self.strip = Filmstrip(self._pictures)
        self._bar = ViewerBar(session.shortcuts, self)
        self.slides = SlideShow(self)
        self._had_strip = True  # before the slide show
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.picture, self.comparison, self.film, self._message):
            self._stack.addWidget(page)
        self._screens = (self.picture, self.film.surface, self._message)
        for widget in (self._stack, self.film, *self._screens):  # else no move of the pointer comes through to the bar
            widget.setMouseTracking(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.strip)

    def _connect(self) -> None:
        slots = {
            "close_viewer": self.close_viewer,
            "next": partial(self.step, 1),
            "previous": partial(self.step, -1),
            "play": self.play,
            "next_beside": partial(self.comparison.replace, 1),
            "previous_beside": partial(self.comparison.replace, -1),
            "actual_size": lambda: self._view.toggle_actual_size(self._pointer()),
            "fit": lambda: self._view.zoom_to(None),
            "zoom_in": lambda: self._view.zoom_by(1.25),
            "zoom_out": lambda: self._view.zoom_by(0.8),
            "rotate_left": lambda: self._view.turn(-1),
            "rotate_right": lambda: self._view.turn(1),
            "boxes": self._toggle_boxes,
            "filmstrip": lambda: self.strip.setVisible(self.strip.isHidden()),
            "slide_show": lambda: self.slides.stop() if self.slides.is_running else self._start_slides(),
        }
        for name, slot in slots.items():
            action = self._session.shortcuts.action(name)
            action.triggered.connect(slot)
            self.addAction(action)
        self.addActions([self._session.shortcuts.action(name) for name in FILM_COMMANDS])
        self.strip.chosen.connect(self._choose)
        for view in (self.picture, self.comparison.panes):
            view.tiles_wanted.connect(self.decoder.want_tiles)
            view.camera_changed.connect(self._show_zoom)
            self.decoder.decoded.connect(view.take)
        self.comparison.current_changed.connect(self._concentrate)
        self.comparison.shown.connect(self._sharpen)
        self.comparison.too_few.connect(self.close_viewer)
        self.decoder.decoded.connect(self._keep)
        self.decoder.failed.connect(self._fail)
        self._pictures.arrived.connect(self._use_thumbnail)
        self.film.open_externally.connect(self.external_wanted)
        self.slides.due.connect(self._show_next_slide)
        self.slides.began_or_ended.connect(self._make_room)
        self.film.ended.connect(lambda: self.slides.count_from_now() if self.film.problem else self.slides.go_on())
        self._bar.vanished.connect(self._hide_pointer)
        self._session.shown_changed.connect(self._follow)
        self._session.files_changed.connect(self._refresh)

    # which item

    @Slot(int)
    def open(self, media_id: int) -> None:
        self._bar.show_for_a_while()
        self._end_comparison()
        self.show_media(media_id)

    @Slot(int, float)
    def open_at(self, media_id: int, seconds: float) -> None:
        """Show this film at a second of it."""
        self.open(media_id)
        self._second = seconds

    @Slot(list)
    def compare(self, media_ids: list[int]) -> None:
        """These beside each other; one alone with its neighbour, or where some are compared already, one more of them.

        Esc leads back to where it was asked for.
        """
        if self.is_comparing and len(media_ids) < LEAST:
            self.comparison.widen()
            return
        if not self.comparison.begin(media_ids, self._media_id):
            self._session.notices.show(self.tr("There is nothing to compare it with."))
            return
        if not self.is_comparing:
            self._goes_back_to_grid = not self.isVisible()
        self.slides.stop()
        self.film.stop()
        self.picture.clear()
        self._bar.show_for_a_while()
        self._bar.tell("")
        self._stack.setCurrentWidget(self.comparison)
        self._pictures.want(self.comparison.ids, WHOLE, keeps=True)
        self.opened.emit()

    @property
    def is_comparing(self) -> bool:
        return self._stack.currentWidget() is self.comparison

    @property
    def marked(self) -> tuple[int, tuple[float, float]] | None:
        """The video that is shown, with the stretch of it that a person marked, in seconds."""
        stretch = self.film.stretch() if self._stack.currentWidget() is self.film else None
        return (self._media_id, stretch) if self._media_id is not None and stretch is not None else None

    @Slot(int)
    def show_media(self, media_id: int) -> None:
        """Show this one at once with what is at hand, then sharply."""
        self._second = None
        self._concentrate(media_id)
        self._pictures.want([media_id], WHOLE, keeps=True)
        self._look_up(media_id)

    @Slot(int)
    def _concentrate(self, media_id: int) -> None:
        """Let commands be for this one."""
        self._media_id = media_id
        order = self._session.shown
        self._row = (order.row_of(media_id) if order is not None else None) or 0
        self._session.editing.concentrate(media_id)
        if self._session.selection.current != media_id and not self.is_comparing:
            self._session.selection.select_one(media_id)
        self.strip.show_row(order, self._row)

    @Slot(int)
    def _choose(self, media_id: int) -> None:
        """From the filmstrip."""
        if self.is_comparing:
            self.comparison.put(media_id)
        else:
            self.show_media(media_id)

    @Slot()
    def step(self, rows: int, *, around: bool = False) -> None:
        """Go so many rows on. around: from the last to the first."""
        order = self._session.shown
        if self.is_comparing:
            self.comparison.panes.step(rows)
            return
        if order is None or not len(order):
            return
        row = (self._row + rows) % len(order) if around else min(max(self._row + rows, 0), len(order) - 1)
        if row != self._row:
            self.show_media(int(order.ids[row]))

    @Slot()
    def play(self) -> None:
        """Space: a video plays or pauses, a photo makes room for the next."""
        if self._item is not None and self._item.is_video and not self.is_comparing:
            self.film.toggle()
        else:
            self.step(1)

    @Slot()
    def close_viewer(self) -> None:
        """Back by one: from the slide show to the one it is at, from the comparison to where it was asked for."""
        if self.slides.is_running:
            self.slides.stop()
            return
        was_comparing = self.is_comparing
        self._end_comparison()
        if was_comparing and not self._goes_back_to_grid and self._media_id is not None:
            self.show_media(self._media_id)
        else:
            self.closed.emit()

    def _end_comparison(self) -> None:
        if self.is_comparing:
            self._stack.setCurrentWidget(self.picture)
            self.comparison.end()

    @property
    def message(self) -> str:
        """Why nothing is to be seen, '' where something is."""
        return self._message.text() if self._stack.currentWidget() is self._message else ""

    def is_at_rest(self) -> bool:
        return self.decoder.is_idle and self.film.head.frames.is_idle

    @property
    def _view(self) -> PictureView:
        return self._views[self.comparison.panes.place if len(self._views) > 1 else 0]

    @property
    def _views(self) -> list[PictureView]:
        return (self.comparison.panes.views if self.is_comparing else None) or [self.picture]

    def _at_hand(self, media_id: int) -> QImage:
        return self._fits.get(media_id) or self._pictures.image(media_id)

    def shut_down(self) -> None:
        """End the workers; the viewer is of no use afterwards."""
        self.slides.stop()
        self._bar.stop()
        self.film.shut_down()
        self.decoder.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen plays nothing and wants nothing."""
        self.slides.stop()
        self.film.stop()
        self.decoder.want_fits([])
        self.decoder.want_tiles([])
        self._end_comparison()
        self._session.editing.concentrate(None)
        super().hideEvent(event)

    @Slot()
    def _follow(self) -> None:
        """The order is another one: stay at the item; where it is gone, at its neighbour."""
        order = self._session.shown
        if not self.isVisible() or order is None or self._media_id is None:
            return
        if not len(order):
            self.close_viewer()
            return
        if self.is_comparing:
            self.comparison.follow()
            return
        row = order.row_of(self._media_id)
        if row is None:
            self.show_media(int(order.ids[min(self._row, len(order) - 1)]))
        else:
            self._row = row
            self.strip.show_row(order, row)

    @Slot(list)
    def _refresh(self, media_ids: list[int]) -> None:
        if self.isVisible() and self._media_id in media_ids and self._item is not None and self._shows_boxes:
            self._load_boxes()

    # its picture

    def _look_up(self, media_id: int) -> None:
        order, near = self._session.shown, [media_id]
        if order is not None:
            rows = [row for row in (self._row + 1, self._row - 1) if 0 <= row < len(order)]
            near += [int(order.ids[row]) for row in rows]
        self._session.background.run(
            partial(self._session.library.items, near),
            owner=self,
            then=partial(self._show_items, near),
            failed=self._session.notices.error,
            priority=1,
        )

    def _show_items(self, near: list[int], items: dict[int, Item]) -> None:
        if near[0] != self._media_id or self.is_comparing:
            return
        item = items.get(near[0])
        if item is None:
            self._say(self.tr("This item is no longer in the library."))
            self._go_on_with_slides()
            return
        self._item = item
        self._bar.tell(item.name)
        at_hand = self._at_hand(item.id)
        if item.is_video:
            self._stack.setCurrentWidget(self.film)
            length_s = self._length_of(item.id)
            if self._second is None:
                self.film.show_item(item, at_hand, length_s)
            else:
                self.film.show_at(item, self._second, at_hand, length_s)
        else:
            self.film.stop()
            self.picture.show_item(item, at_hand)
            self._stack.setCurrentWidget(self.picture)
        self._show_zoom()
        if not item.has_file and at_hand.isNull():
            self._say(self._absence(item))
        self._sharpen([items[media_id] for media_id in near if media_id in items])
        self._go_on_with_slides()

    def _length_of(self, media_id: int) -> float:
        """Of a film, in seconds, as far as it is known."""
        order = self._session.shown
        if order is None or media_id >= order.columns.count:
            return math.nan
        return float(order.columns["duration_s"][media_id])

    @Slot(list)
    def _sharpen(self, items: list[Item]) -> None:
        """Have those decoded that are not yet, the first one first."""
        wanted = [item for item in items if item.id not in self._fits and item.has_file]
        self.decoder.want_fits([Wish(item.id, item.path, side=self._side()) for item in wanted])
        if self._shows_boxes:
            self._load_boxes()

    def _side(self) -> int:
        size = self._stack.size() * self.devicePixelRatioF()
        return min(max(size.width(), size.height(), 256), _LARGEST_FIT)

    @Slot(object, QImage, QSize)
    def _keep(self, wish: Wish, image: QImage, whole: QSize) -> None:
        if not wish.side:
            return
        self._fits.pop(wish.media_id, None)
        self._fits[wish.media_id] = image
        while len(self._fits) > _KEPT:
            del self._fits[next(iter(self._fits))]
        if self._item is not None and self._item.id == wish.media_id and self._item.is_video:
            self.film.show_poster(image)

    @Slot(object, object)
    def _fail(self, wish: Wish, error: EngineError) -> None:
        if self.is_comparing:
            self._session.notices.show(error.message)
        elif wish.media_id == self._media_id:
            self._say(told(error.message))

    @Slot(list)
    def _use_thumbnail(self, media_ids: list[int]) -> None:
        """It came after the item was shown, but before its picture."""
        if self.is_comparing:
            self.comparison.take_thumbnails()
            return
        item = self._item
        if item is None or item.id not in media_ids or item.id in self._fits:
            return
        small = self._pictures.image(item.id)
        if item.is_video:
            self.film.show_poster(small)
        else:
            self.picture.take_at_hand(small)

    def _absence(self, item: Item) -> str:
        if item.problem is not None:
            return told(item.problem)
        return self.tr("{name} cannot be reached: its drive is away, or the file was deleted.").format(name=item.name)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._stack.setCurrentWidget(self._message)

    # boxes, slides

    def _toggle_boxes(self) -> None:
        self._shows_boxes = not self._shows_boxes
        self._film_boxes.switch(self._shows_boxes)
        if self._shows_boxes:
            self._load_boxes()
        for view in self._views if not self._shows_boxes else ():
            view.show_boxes(())

    def _load_boxes(self) -> None:
        shown = self.comparison.ids if self.is_comparing else [self._media_id]
        for media_id in filter(None, shown):
            self._session.background.run(
                partial(self._session.library.boxes, media_id),
                owner=self,
                then=partial(self._show_boxes, media_id),
                failed=self._session.notices.error,
            )

    def _show_boxes(self, media_id: int, boxes: list[Box]) -> None:
        views = [view for view in self._views if view.item is not None and view.item.id == media_id]
        for view in views:
            view.show_boxes(boxes)
        if views and not boxes and not self.slides.is_running:
            self._session.notices.show(self.tr("No objects were found in this picture."))

    def _start_slides(self) -> None:
        if self.is_comparing:
            return
        self.slides.start()
        self._session.notices.show(self.tr("Slide show: Esc ends it."))
        self._go_on_with_slides()

    def _go_on_with_slides(self) -> None:
        """Once something is shown."""
        if not self.slides.is_running:
            return
        if self._stack.currentWidget() is self.film and self._item is not None and self._item.has_file:
            self.slides.wait()
            self.film.play()
        else:
            self.slides.count_from_now()

    @Slot()
    def _show_next_slide(self) -> None:
        """The only one begins anew."""
        row = self._row
        self.step(1, around=True)
        if self._row == row and self._media_id is not None:
            self.show_media(self._media_id)

    @Slot(bool)
    def _make_room(self, for_slides: bool) -> None:
        """Slides have the screen for themselves."""
        if for_slides:
            self._had_strip = not self.strip.isHidden()
        self.strip.setVisible(self._had_strip and not for_slides)
        self._show_pointer()

    @Slot()
    def _hide_pointer(self) -> None:
        for screen in self._screens if self.slides.is_running else ():
            screen.setCursor(Qt.CursorShape.BlankCursor)

    def _show_pointer(self) -> None:
        for screen in self._screens:
            screen.unsetCursor()

    # the bar

    def _show_zoom(self) -> None:
        is_photo = self._stack.currentWidget() in (self.picture, self.comparison)
        self._bar.tell_zoom(self._view.camera.scale if is_photo else None)

    def _pointer(self) -> QPointF | None:
        position = self._view.mapFromGlobal(self.cursor().pos())
        return position.toPointF() if self._view.rect().contains(position) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.slides.is_running:  # else a picture may show that it is dragged
            self._show_pointer()
        self._bar.show_for_a_while()
        super().mouseMoveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._bar.show_for_a_while()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bar.setGeometry(0, 0, self.width(), theme.TOOLBAR_HEIGHT)
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
