"""What a list or panel shows when it has nothing: an icon, a sentence, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon

_ICON_SIDE = 48
_TEXT_WIDTH = 420


class EmptyState(QWidget):
    """hint: a quieter line below the sentence. action: the button's text; none without it."""

    action_chosen = Signal()

    def __init__(
        self, icon_name: str, sentence: str, *, hint: str = "", action: str = "", parent: QWidget | None = None
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
        self._lay_out()
        self.setFocusProxy(self.button)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setFixedWidth(_TEXT_WIDTH)
        return label

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._picture.setPixmap(icon(self._icon_name).pixmap(_ICON_SIDE, _ICON_SIDE))
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, centre)
        layout.addSpacing(theme.SPACE_L)
        layout.addWidget(self.sentence, 0, centre)
        layout.addSpacing(theme.SPACE_S)
        layout.addWidget(self.hint, 0, centre)
        layout.addSpacing(theme.SPACE_XL)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(3)
