"""Every command with its keys; a click on a key takes another one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import TABLE, Shortcut, Shortcuts, Where

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeysPage(QWidget):
    """changed: the setting shortcuts.keys is to be this."""

    changed = Signal(object)  # tuple of texts

    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._notice = QLabel()
        self._notice.setProperty("role", "warning")
        self._notice.setWordWrap(True)
        self._notice.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        hint = QLabel(self.tr("Click the keys of a command, then press others. Backspace takes them away."))
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addWidget(self._notice)
        self._heads: dict[Where, QLabel] = {}
        self.rows: list[KeyRow] = []
        for where in Where:
            self._add_group(layout, where)
        layout.addStretch()
        shortcuts.changed.connect(self._refresh)

    def _add_group(self, layout: QVBoxLayout, where: Where) -> None:
        head = QLabel(QCoreApplication.translate("Shortcuts", str(where.value)))
        head.setProperty("role", "head")
        head.setContentsMargins(0, theme.SPACE_L, 0, theme.SPACE_XS)
        layout.addWidget(head)
        self._heads[where] = head
        for shortcut in TABLE.values():
            if shortcut.where is where:
                row = KeyRow(shortcut, self._shortcuts)
                row.pressed.connect(partial(self._take, shortcut))
                row.reset.connect(partial(self._reset, shortcut))
                self.rows.append(row)
                layout.addWidget(row)

    def filter(self, words: list[str]) -> bool:
        """Show the commands with all these words in their name or keys; whether there are any."""
        for row in self.rows:
            row.setVisible(row.fits(words))
        for where, head in self._heads.items():
            head.setVisible(any(not row.isHidden() for row in self.rows if row.shortcut.where is where))
        return any(not row.isHidden() for row in self.rows)

    def _take(self, shortcut: Shortcut, key: str) -> None:
        rivals = self._shortcuts.in_the_way(shortcut.id, key) if key else []
        text = self.tr("{key} was a key of “{other}” and is taken from it.")
        self._notice.setText(" ".join(text.format(key=_native(key), other=rival.title) for rival in rivals))
        self._notice.setVisible(bool(rivals))
        self.changed.emit(self._shortcuts.changes_with(shortcut.id, [key] if key else []))

    def _reset(self, shortcut: Shortcut) -> None:
        self._notice.hide()
        self.changed.emit(self._shortcuts.changes_with(shortcut.id, None))

    @Slot()
    def _refresh(self) -> None:
        for row in self.rows:
            row.refresh()


class KeyRow(QWidget):
    """A command: its name, its keys, and a button that brings the default keys back."""

    pressed = Signal(str)  # the key that it is to have, empty for none
    reset = Signal()

    def __init__(self, shortcut: Shortcut, shortcuts: Shortcuts) -> None:
        super().__init__()
        self.shortcut = shortcut
        self._shortcuts = shortcuts
        self.keys = _KeyButton()
        self.keys.pressed_key.connect(self.pressed)
        self.keys.setAccessibleName(self.tr("Keys of {command}").format(command=shortcut.title))
        self._back = QToolButton()
        self._back.setIcon(icon("rotate-ccw"))
        self._back.setToolTip(self.tr("Back to the default keys"))
        self._back.setAccessibleName(self._back.toolTip())
        self._back.clicked.connect(self.reset)
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(QLabel(shortcut.title), 1)
        layout.addWidget(self.keys)
        layout.addWidget(self._back)
        self.refresh()

    def refresh(self) -> None:
        keys = self._shortcuts.keys(self.shortcut.id)
        self.keys.show_keys([_native(key) for key in keys])
        self._back.setVisible(keys != self.shortcut.keys)

    def fits(self, words: list[str]) -> bool:
        said = f"{self.shortcut.title} {self.keys.text()}".casefold()
        return all(word in said for word in words)


class _KeyButton(QPushButton):
    """Shows keys; once clicked it waits for other ones, Esc leaves it as it was."""

    pressed_key = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._waits = False
        self.setMinimumWidth(180)
        self.clicked.connect(self._wait)

    def show_keys(self, keys: list[str]) -> None:
        self._waits = False
        self._shown = "   ".join(keys) or self.tr("none")
        self.setText(self._shown)

    @Slot()
    def _wait(self) -> None:
        self._waits = True
        self.setText(self.tr("Press the new keys"))

    def event(self, event: object) -> bool:
        """While it waits, every key is its own, also those that commands or the dialog have."""
        if self._waits and isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)  # type: ignore[arg-type] # Qt gives events only

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waits:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Backspace:
            self._choose("")
        elif Qt.Key(event.key()) not in _MODIFIERS:
            self._choose(QKeySequence(_combination(event)).toString(QKeySequence.SequenceFormat.PortableText))

    def focusOutEvent(self, event: object) -> None:
        self._leave()
        super().focusOutEvent(event)  # type: ignore[arg-type] # Qt gives focus events only

    def _leave(self) -> None:
        self._waits = False
        self.setText(self._shown)

    def _choose(self, key: str) -> None:
        self._leave()
        self.pressed_key.emit(key)


def _combination(event: QKeyEvent) -> QKeyCombination:
    """As the table writes it: a sign that needs Shift to be typed, such as '?', is that sign alone."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    typed = event.text()
    if len(typed) == 1 and typed.isprintable() and not typed.isalnum() and not typed.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeyCombination(modifiers, Qt.Key(event.key()))


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
