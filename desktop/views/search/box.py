"""The one box to search in: a line to type in with the chips below it, and proposals while a person types."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.search.chip import ChipButton
from desktop.views.search.flow import FlowLayout
from desktop.views.search.proposals import Proposals, Row, rows_of
from desktop.views.search.wording import chip_text, translate
from engines.errors import QueryError
from engines.search.chips import Chip, Parts
from engines.search.complete import Completions

_ICON = 16
_MOST_RECENT = 8


class SearchBox(QFrame):
    """Return asks at once, Escape closes the proposals, then clears; Backspace at the start takes the last chip away.

    In the proposals the arrows move, Return takes, and Tab takes the first one.
    """

    left = Signal()  # Escape with nothing to clear: the focus wants to be elsewhere

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._search = session.search
        self._range = (0, 0)
        self._recent: list[str] = []
        self._shown_chips: list[str] = []
        self.setProperty("search", True)
        self.setAcceptDrops(True)
        self.line = self._make_line()
        self.clear_button = self._make_clear()
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, theme.SPACE_XS)
        self.proposals: Proposals | None = None
        self._lay_out()
        self.setFocusProxy(self.line)
        self._search.asked.connect(self._show_parts)
        self._search.completed.connect(self._show_completions)
        self._search.searches_changed.connect(self._load_recent)
        self._search.failed.connect(self._point_at)
        self._show_parts()
        self._load_recent()

    def _make_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setFrame(False)
        line.setAcceptDrops(False)  # the box takes pictures
        line.setProperty("bare", True)
        line.setPlaceholderText(translate("Search", "Search"))
        line.setAccessibleName(translate("Search", "Search"))
        line.setAccessibleDescription(
            translate("Search", "Words, or fields such as camera:canon. Arrow keys choose a proposal.")
        )
        line.textEdited.connect(self._type)
        line.installEventFilter(self)
        return line

    def _make_clear(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("x"))
        button.setAccessibleName(translate("Search", "Clear search"))
        button.setToolTip(translate("Search", "Clear search (Esc)"))
        button.clicked.connect(self._clear)
        return button

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(icon("search").pixmap(_ICON, _ICON))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_XS)
        row.addWidget(picture)
        row.addWidget(self.line, 1)
        row.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, 1, theme.SPACE_XS, 1)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.chips)

    # what is asked

    def _show_parts(self) -> None:
        parts: Parts = self._search.parts
        if self.line.text() != parts.text:
            self.line.setText(parts.text)
        self._show_chips(parts)
        self._show_clear()

    def _show_chips(self, parts: Parts) -> None:
        had_focus = any(button.hasFocus() for button in self.chip_buttons())
        like = self._search.like
        wanted = [like.name] if like is not None else []
        wanted += [chip.written for chip in parts.chips]
        if wanted != self._shown_chips:
            self._shown_chips = wanted
            while (item := self._flow.takeAt(0)) is not None:
                button = item.widget()
                assert button is not None
                button.hide()
                button.deleteLater()
            if like is not None:
                self._flow.addWidget(self._like_button(like.name))
            for chip in parts.chips:
                self._flow.addWidget(self._chip_button(chip))
            if had_focus:
                self.line.setFocus()
        bottom = theme.SPACE_S if wanted else 0
        self._flow.setContentsMargins(0, theme.SPACE_XS if wanted else 0, theme.SPACE_XS, bottom)
        self.chips.setVisible(bool(wanted))
        self.chips.updateGeometry()

    def _chip_button(self, chip: Chip) -> ChipButton:
        button = ChipButton(chip.written, *chip_text(chip), self.chips)
        button.removed.connect(self._search.remove)
        button.edited.connect(self._edit)
        button.show()
        return button

    def _like_button(self, name: str) -> ChipButton:
        button = ChipButton("", translate("Search", "Similar to"), name, self.chips)
        button.removed.connect(self._search.forget_like)
        button.show()
        return button

    def chip_buttons(self) -> list[ChipButton]:
        widgets = [item.widget() for place in range(self._flow.count()) if (item := self._flow.itemAt(place))]
        return [widget for widget in widgets if isinstance(widget, ChipButton)]

    def _show_clear(self) -> None:
        self.clear_button.setVisible(not self._search.is_everything)

    def _point_at(self, error: QueryError | None) -> None:
        """Underline what cannot be read."""
        attributes = []
        if error is not None:
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(theme.colour("error"))
            start = error.start - self._search.parts.text_start() - self.line.cursorPosition()
            kind = QInputMethodEvent.AttributeType.TextFormat
            attributes = [QInputMethodEvent.Attribute(kind, start, max(1, error.end - error.start), form)]
        QCoreApplication.sendEvent(self.line, QInputMethodEvent("", attributes))

    def _edit(self, written: str) -> None:
        """Let the person change a chip as text."""
        text = f"{written} {self._search.parts.text}".strip()
        self._search.remove(written)
        self.line.setText(text)
        self._search.type(text)
        self.line.setFocus()
        self.line.setSelection(0, len(written))

    def _clear(self) -> None:
        self._close_proposals()
        self._search.clear()
        self.line.setFocus()

    def _type(self, text: str) -> None:
        self._search.type(text)
        self._show_clear()
        if text.strip():
            self._search.propose(text, self.line.cursorPosition())
        else:
            self._show_recent()

    # proposals

    def _load_recent(self) -> None:
        self._session.background.run(
            lambda: self._session.library.searches.recent(_MOST_RECENT),
            owner=self,
            then=self._take_recent,
            failed=self._session.notices.error,
        )

    def _take_recent(self, recent: list[str]) -> None:
        self._recent = recent

    def _show_recent(self) -> None:
        rows = [Row(query, query=query) for query in self._recent if query != self._search.query]
        self._open(([Row(translate("Search", "Recent searches"))] if rows else []) + rows)

    def _show_completions(self, found: Completions) -> None:
        if not self.line.hasFocus() or self.line.cursorPosition() != found.end or not self.line.text().strip():
            return
        self._range = (found.start, found.end)
        self._open(rows_of(found.items))

    def _open(self, rows: list[Row]) -> None:
        if self.proposals is None:
            self.proposals = Proposals(self)
            self.proposals.chosen.connect(self._take)
        self.proposals.show_rows(rows)

    def _close_proposals(self) -> None:
        self._search.stop_proposing()
        if self.proposals is not None:
            self.proposals.hide()

    @property
    def is_open(self) -> bool:
        return self.proposals is not None and self.proposals.isVisible()

    def _take(self, row: Row) -> None:
        """Put what was chosen in the place of what was typed."""
        self._close_proposals()
        if row.query:
            self._search.ask(row.query)
            self._search.enter()
            return
        completion = row.completion
        assert completion is not None
        text = self.line.text()
        start, end = self._range
        if completion.is_open:
            self.line.setText(text[:start] + completion.written + text[end:])
            self.line.setCursorPosition(start + len(completion.written))
            self._search.type(self.line.text())
            self._search.propose(self.line.text(), self.line.cursorPosition())
            return
        self.line.setText(" ".join(f"{text[:start]} {text[end:]}".split()))
        self._search.type(self.line.text())
        self._search.add(completion.written)

    # a picture to search by

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._search.find_like(_file_in(event.mimeData()))
        event.acceptProposedAction()

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._press(event)
        if watched is self.line and event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:  # the grid's Escape must not have it
                event.accept()
                return True
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("active", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
            if event.type() == QEvent.Type.FocusOut:
                self._close_proposals()
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        """Whether the key was ours."""
        key, current = event.key(), self.proposals.current if self.proposals is not None else None
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(current)
        elif key == Qt.Key.Key_Tab and self.is_open and not event.modifiers():
            assert self.proposals is not None
            row = current or self.proposals.first()
            if row is not None:
                self._take(row)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Backspace and self._at_start() and self.chip_buttons():
            last = self.chip_buttons()[-1]
            last.removed.emit(last.written)
        else:
            return False
        return True

    def _at_start(self) -> bool:
        return self.line.cursorPosition() == 0 and not self.line.hasSelectedText()

    def _move(self, step: int) -> None:
        if self.is_open:
            assert self.proposals is not None
            self.proposals.move_by(step)
        elif self.line.text().strip():
            self._search.propose(self.line.text(), self.line.cursorPosition())
        else:
            self._show_recent()

    def _enter(self, current: Row | None) -> None:
        if current is not None:
            self._take(current)
            return
        self._close_proposals()
        self._search.enter()

    def _escape(self) -> None:
        if self.is_open:
            self._close_proposals()
        elif not self._search.is_everything:
            self._search.clear()
        else:
            self.left.emit()


def _file_in(data: QMimeData) -> str:
    """The path of the one file that is dragged; '' if it is something else."""
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
