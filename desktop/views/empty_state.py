"""What a list or panel shows when it has nothing: an icon, a sentence, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon

_ICON_SIDE = 48
_TEXT_WIDTH = 420


class EmptyState(QWidget):
    """hint: a quieter line below the sentence. action: the button's text; none without it. width: of the words, px."""

    action_chosen = Signal()

    def __init__(
        self,
        icon_name: str,
        sentence: str,
        *,
        hint: str = "",
        action: str = "",
        width: int = _TEXT_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence = self._label(sentence, "title")
        self.hint = self._label(hint, "secondary")
        self.hint.setVisible(bool(hint))
        self.button = QPushButton(action)
        self.button.setProperty("primary", True)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.action_chosen)
        self._lay_out(width)
        self.setFocusProxy(self.button)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _lay_out(self, width: int) -> None:
        """A column in the middle, of a fixed width: words wrap in it, and its height follows."""
        column = QWidget()
        column.setFixedWidth(width)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._picture.setFixedHeight(_ICON_SIDE)  # else what the words need is taken from it
        self._picture.setPixmap(icon(self._icon_name).pixmap(_ICON_SIDE, _ICON_SIDE))
        for widget, space in ((self._picture, theme.SPACE_L), (self.sentence, theme.SPACE_S)):
            inner.addWidget(widget)
            inner.addSpacing(space)
        inner.addWidget(self.hint)
        inner.addSpacing(theme.SPACE_XL)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        row = QHBoxLayout()  # an alignment in the layout below would ask for the height of words as wide as the window
        row.addStretch()
        row.addWidget(column)
        row.addStretch()
        layout.addLayout(row)
        layout.addStretch(3)
