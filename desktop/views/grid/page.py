"""The centre of the window while pictures are looked through: the grid with its strip of years, and what steers it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.grid.grid import Grid
from desktop.views.grid.leafing import Leafing
from desktop.views.grid.placing import LARGEST, SMALLEST
from desktop.views.grid.scrubber import Scrubber
from desktop.words import number


class GridPage(QWidget):
    """grid: the view itself. size_slider, sort_button, crop_action: for the window's bars."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        leafing = Leafing(session.library, session.background, self)
        self.grid = Grid(session.thumbnails, session.selection, leafing=leafing)
        self.scrubber = Scrubber(self.grid)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.scrubber)
        self.setFocusProxy(self.grid)
        self.size_slider = self._make_slider()
        self.sort_button = _SortButton(session)
        self.crop_action = QAction(icon("crop"), self.tr("Square tiles"), self, checkable=True)
        self.crop_action.toggled.connect(self.grid.set_cropped)
        self._add_commands()
        self._connect()

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(SMALLEST, LARGEST)
        slider.setValue(self.grid.tile_size)
        slider.setFixedWidth(120)
        slider.setAccessibleName(self.tr("Size of the tiles"))
        slider.setToolTip(self.tr("Size of the tiles (Ctrl + wheel)"))
        slider.valueChanged.connect(self.grid.set_tile_size)
        self.grid.tile_size_changed.connect(slider.setValue)
        return slider

    def _add_commands(self) -> None:
        grid = self.grid
        commands = {
            "open": grid.open_current,
            "select_all": grid.selectAll,
            "select_none": self._session.selection.clear,
            "larger": grid.enlarge,
            "smaller": grid.shrink,
            "next_day": partial(grid.go, "D", 1),
            "previous_day": partial(grid.go, "D", -1),
            "next_month": partial(grid.go, "M", 1),
            "previous_month": partial(grid.go, "M", -1),
            "next_year": partial(grid.go, "Y", 1),
            "previous_year": partial(grid.go, "Y", -1),
            "leaf_on": partial(grid.leaf, 1),
            "leaf_back": partial(grid.leaf, -1),
        }
        for name, run in commands.items():
            action = self._session.shortcuts.action(name)
            action.triggered.connect(lambda _=False, run=run: run())
            self.addAction(action)

    def _connect(self) -> None:
        session, grid = self._session, self.grid
        session.shown_changed.connect(self._show)
        session.files_changed.connect(grid.refresh)
        grid.opened.connect(session.viewer_requested)
        grid.moment_opened.connect(session.moment_requested)
        grid.dropped.connect(session.import_requested)
        grid.menu_wanted.connect(session.menu_requested)
        grid.rated.connect(self._rate)
        grid.favoured.connect(self._favour)

    @Slot()
    def _show(self) -> None:
        if self._session.shown is not None:
            self._session.thumbnails.show_hits(self._session.search.film_hits)
            self.grid.show_order(self._session.shown)
            self.scrubber.show_order(self._session.shown)

    @Slot(int, int)
    def _rate(self, media_id: int, stars: int) -> None:
        """By the mouse on one tile: of several selected ones it rates all."""
        self._aim_at(media_id)
        self._session.editing.rate(stars or None)

    @Slot(int)
    def _favour(self, media_id: int) -> None:
        self._aim_at(media_id)
        self._session.editing.toggle_favourite()

    def _aim_at(self, media_id: int) -> None:
        if media_id not in self._session.selection.ids:
            self._session.selection.select_one(media_id)

    def counts(self) -> str:
        """How many are shown and selected: '12,480 files · 3 selected'."""
        shown, selected = self._session.shown, len(self._session.selection)
        count = 0 if shown is None else len(shown)
        text = self.tr("1 file") if count == 1 else self.tr("{count} files").format(count=number(count))
        return text + self.tr(" · {count} selected").format(count=number(selected)) if selected else text


class _SortButton(QToolButton):
    """Names the order that is shown; its menu offers the others."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._names = {
            "newest": self.tr("Newest first"),
            "oldest": self.tr("Oldest first"),
            "added": self.tr("Recently added"),
            "name": self.tr("Name"),
            "size": self.tr("Size"),
            "rating": self.tr("Rating"),
            "relevance": self.tr("Best match"),
            "copies": self.tr("Copies together"),
        }
        self._actions: dict[str, QAction] = {}
        self.setIcon(icon("arrow-down-up"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._make_menu())
        self.setToolTip(self.tr("Order of the files"))
        self.setMinimumHeight(theme.TOOLBAR_HEIGHT - theme.SPACE_L)
        session.shown_changed.connect(self._show)
        self._show()

    def _make_menu(self) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        for sort, name in self._names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setData(sort)
            group.addAction(action)
            self._actions[sort] = action
        group.triggered.connect(self._choose)
        return menu

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self._session.set_sort(action.data())

    @Slot()
    def _show(self) -> None:
        sort = self._session.sort
        self._actions[sort].setChecked(True)
        self._actions["relevance"].setVisible(self._session.is_ranked)
        self._actions["copies"].setVisible(self._session.search.is_about_copies)
        self.setText(f" {self._names[sort]}")  # else it touches the icon
        self.setAccessibleName(self.tr("Order: {name}").format(name=self._names[sort]))
