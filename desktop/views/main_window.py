"""The window: where its areas lie. It knows no data; panels are given to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.views.lines import horizontal_line
from desktop.views.notice_bar import NoticeBar
from desktop.views.status_bar import StatusBar
from desktop.views.toolbar import Toolbar, tool_button

_SMALLEST = QSize(800, 520)


class MainWindow(QMainWindow):
    """toolbar 44 | sidebar 280, centre, info 320 | status 28.

    The centre shows one of several views (add_view, show_view), such as the grid or the first run; over it lies, while
    it is open, an overlay such as the viewer (show_over, close_over), which hides the sidebar. The view below keeps its
    place. An overlay has a full screen for itself.
    """

    closing = Signal()
    view_changed = Signal(str)  # the name of the view that is shown now

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(_SMALLEST)
        self.toolbar = Toolbar(title)
        self.status = StatusBar()
        self._views: dict[str, QWidget] = {}
        self._view = ""
        self._sidebar: QWidget | None = None
        self._info: QWidget | None = None
        self._overlay: QWidget | None = None
        self._hint = QStackedWidget()
        self._frame: list[QWidget] = []  # above and below the centre
        self._was_full = False  # before fill_screen()
        self.middle = QWidget()
        self._centre = QStackedWidget()
        self._splitter = self._make_splitter()
        self._lay_out()
        self.sidebar_action = self._toggle("panel-left", self.tr("Sidebar"))
        self.info_action = self._toggle("info", self.tr("Info"))
        self.sidebar_action.setChecked(True)
        self.notice_bar = NoticeBar(self.middle, lift=theme.STATUS_HEIGHT)

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._centre)
        splitter.setStretchFactor(0, 1)
        return splitter

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self.middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._frame = [self.toolbar, horizontal_line(), self._hint, horizontal_line(), self.status]
        for part in (*self._frame[:3], self._splitter, *self._frame[3:]):
            layout.addWidget(part, part is self._splitter)
        self.setCentralWidget(self.middle)

    def _toggle(self, icon_name: str, text: str) -> QAction:
        action = QAction(icon(icon_name), text, self, checkable=True)
        action.toggled.connect(self._place_sides)
        return action

    # the sides

    def set_sidebar(self, widget: QWidget) -> None:
        """The widget at the left, 280 wide at first; a button hides it."""
        self._sidebar = widget
        widget.setMinimumWidth(220)
        self._splitter.insertWidget(0, widget)
        self.toolbar.add_left(tool_button(self.sidebar_action))
        self._share_width()

    def set_info(self, widget: QWidget) -> None:
        """The widget at the right, 320 wide at first, hidden until a button shows it."""
        self._info = widget
        widget.setMinimumWidth(240)
        self._splitter.addWidget(widget)
        self.toolbar.add_right(tool_button(self.info_action))
        self._share_width()

    def set_hint(self, widget: QWidget | None) -> None:
        """A line between the toolbar and the rest that takes the place of one before, or of none."""
        while (former := self._hint.widget(0)) is not None:
            self._hint.removeWidget(former)
            former.deleteLater()
        if widget is not None:
            self._hint.addWidget(widget)
            self._hint.setFixedHeight(widget.height())
        self._place_sides()

    def _share_width(self) -> None:
        wanted = {id(self._sidebar): theme.SIDEBAR_WIDTH, id(self._info): theme.INFO_WIDTH}
        widgets = [self._splitter.widget(place) for place in range(self._splitter.count())]
        for place, widget in enumerate(widgets):
            self._splitter.setStretchFactor(place, int(widget is self._centre))
        self._splitter.setSizes([wanted.get(id(widget), 10_000) for widget in widgets])
        self._place_sides()

    def _place_sides(self) -> None:
        if self._sidebar is not None:
            self._sidebar.setVisible(self.sidebar_action.isChecked() and self._overlay is None)
        if self._info is not None:
            self._info.setVisible(self.info_action.isChecked())
        is_bare = self._overlay is not None and self.isFullScreen()
        for part in self._frame:
            part.setVisible(not is_bare and (part is not self._hint or self._hint.count() > 0))

    # the centre

    def add_view(self, name: str, widget: QWidget) -> None:
        """A view of the centre; the first one is shown at once. name: as --view has it."""
        self._views[name] = widget
        self._centre.addWidget(widget)
        if not self._view:
            self._view = name

    @property
    def view(self) -> str:
        """The name of the view that is shown, also where an overlay lies over it."""
        return self._view

    @property
    def views(self) -> list[str]:
        return list(self._views)

    def show_view(self, name: str) -> None:
        """The keys go along with the view, unless another panel has them. Raises KeyError."""
        widget = self._views[name]
        had_keys = self._centre.isAncestorOf(self.focusWidget())
        self._view = name
        if self._overlay is None:
            self._centre.setCurrentWidget(widget)
            if had_keys:
                widget.setFocus()
        self.view_changed.emit(name)

    def focus_view(self) -> None:
        """Give the keys to what is shown in the centre."""
        if (view := self._centre.currentWidget()) is not None:
            view.setFocus()

    def show_over(self, widget: QWidget) -> None:
        """Fill the centre with this until close_over()."""
        if self._centre.indexOf(widget) < 0:
            self._centre.addWidget(widget)
        self._overlay = widget
        self._place_sides()
        self._centre.setCurrentWidget(widget)
        widget.setFocus()

    def close_over(self) -> None:
        """Back to the view below, which has the focus again."""
        if self._overlay is None:
            return
        self._overlay = None
        self._place_sides()
        view = self._views[self._view]
        self._centre.setCurrentWidget(view)
        view.setFocus()

    # the screen

    @Slot()
    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot(bool)
    def fill_screen(self, wanted: bool) -> None:
        """Take all of the screen for a while, then be as before."""
        if wanted:
            self._was_full = self.isFullScreen()
        if self.isFullScreen() != (wanted or self._was_full):
            self.toggle_full_screen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange:
            self._place_sides()
        super().changeEvent(event)

    @Slot()
    def come_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
