"""Saved searches, which are smart albums: a click asks again; they are named, renamed and deleted in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.icons import icon
from desktop.notices import Action
from desktop.session import Session
from desktop.views.search.section import Section
from desktop.views.search.wording import translate
from engines.library.searches import SavedSearch


class NameLine(QLineEdit):
    """A name to be typed: Return takes it, Escape or looking elsewhere does not."""

    named = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(translate("Search", "Name of this search"))
        self.setAccessibleName(translate("Search", "Name of this search"))
        self.returnPressed.connect(self._take)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.text().strip():
            self.named.emit(self.text())


class SavedSearches(Section):
    """Hidden while there is none and none is being named."""

    left = Signal()  # naming ended: the focus wants to be elsewhere

    def __init__(self, session: Session, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__("saved", translate("Search", "Saved searches"), memory, parent)
        self._session = session
        self._buttons: list[QToolButton] = []
        self._renamed: SavedSearch | None = None
        self.line = NameLine()
        self.line.hide()
        self.line.named.connect(self._name)
        self.line.ended.connect(self._end)
        self.line.installEventFilter(self)
        self.rows.addWidget(self.line)
        session.search.searches_changed.connect(self.load)
        self.hide()
        self.load()

    def load(self) -> None:
        self._session.background.run(
            self._session.library.searches.saved, owner=self, then=self._show_saved, failed=self._session.notices.error
        )

    def _show_saved(self, saved: list[SavedSearch]) -> None:
        for button in self._buttons:
            self.rows.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(search) for search in saved]
        for place, button in enumerate(self._buttons):
            self.rows.insertWidget(place, button)
        self.setVisible(bool(saved) or not self.line.isHidden())

    def _button(self, search: SavedSearch) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("bookmark"))
        button.setText(button.fontMetrics().elidedText(search.name, Qt.TextElideMode.ElideMiddle, 200))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("row", True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolTip(f"{search.name}\n{search.query}")
        button.setAccessibleName(translate("Search", "Saved search {name}").format(name=search.name))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.clicked.connect(lambda: self._session.search.ask(search.query))
        button.customContextMenuRequested.connect(lambda place: self._open_menu(search, button.mapToGlobal(place)))
        return button

    def _open_menu(self, search: SavedSearch, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(translate("Search", "Rename…"), lambda: self._rename(search))
        menu.addAction(
            translate("Search", "Replace with the present search"), lambda: self._session.search.save(search.name)
        )
        menu.addSeparator()
        menu.addAction(translate("Search", "Delete saved search"), lambda: self._delete(search))
        menu.popup(place)

    def begin(self) -> None:
        """Let the person name the present search."""
        if not self._session.search.query.strip():
            self._session.notices.show(translate("Search", "Search for something first; then the search can be saved."))
            return
        self._ask("")

    def _rename(self, search: SavedSearch) -> None:
        self._renamed = search
        self._ask(search.name)

    def _ask(self, text: str) -> None:
        self.button.setChecked(True)
        self.show()
        self.line.setText(text)
        self.line.show()
        self.line.setFocus()
        self.line.selectAll()

    def _name(self, name: str) -> None:
        renamed = self._renamed
        self._end()
        if renamed is not None:
            self._session.search.rename(renamed.id, name)
        else:
            self._session.search.save(name)
            self._session.notices.show(translate("Search", "Saved the search {name}").format(name=name.strip()))

    def _end(self) -> None:
        self._renamed = None
        self.line.hide()
        self.setVisible(bool(self._buttons))
        self.left.emit()

    def _delete(self, search: SavedSearch) -> None:
        self._session.search.delete(search.id)
        undo = Action(translate("Search", "Undo"), lambda: self._session.search.restore(search.name, search.query))
        self._session.notices.show(
            translate("Search", "Deleted the saved search {name}").format(name=search.name), undo
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusOut and not self.line.isHidden():
            self._renamed = None
            self.line.hide()
            self.setVisible(bool(self._buttons))
        return super().eventFilter(watched, event)
