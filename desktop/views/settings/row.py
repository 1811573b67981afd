"""One option: its title and control, what it does, its default and limits, and a way back to the default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.views.settings import wording
from desktop.views.settings.editors import CardChoice, editor_of
from engines.inference.gpu_monitor import Gpu
from engines.settings.option import Option, Value


class OptionRow(QWidget):
    """chosen: the option's key and the value it is to have."""

    chosen = Signal(str, object)

    def __init__(self, option: Option, value: Value) -> None:
        super().__init__()
        self.option = option
        self._editor = editor_of(option)
        self._editor.edited.connect(self._tell)
        self._editor.control.setAccessibleName(wording.title(option))
        self._editor.control.setAccessibleDescription(wording.effect(option))
        self._reset = QToolButton()
        self._reset.setIcon(icon("rotate-ccw"))
        back = self.tr("Back to the default: {value}").format(value=wording.shown(option, option.default))
        self._reset.setToolTip(back)
        self._reset.setAccessibleName(back)
        self._reset.clicked.connect(self._bring_back)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._lay_out()
        self.show_value(value)

    def _lay_out(self) -> None:
        title = QLabel(wording.title(self.option))
        title.setBuddy(self._editor.control)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_S)
        head.addWidget(title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(head)
        for text in (wording.effect(self.option), wording.limits(self.option)):
            label = QLabel(text)
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        if isinstance(self.option.default, tuple):
            layout.addWidget(self._editor)
        else:
            head.addWidget(self._editor)
        head.addWidget(self._reset)

    def show_value(self, value: Value) -> None:
        self._editor.show_value(value)
        self._reset.setVisible(value != self.option.default)

    def name_cards(self, cards: Sequence[Gpu]) -> None:
        """Of an option that chooses among graphics cards: these are there."""
        if isinstance(self._editor, CardChoice):
            self._editor.name_cards(cards)

    def fits(self, words: list[str]) -> bool:
        """Whether all these words, in small letters, are in what the row says."""
        said = " ".join((self.option.key, wording.title(self.option), wording.effect(self.option))).casefold()
        return all(word in said for word in words)

    @Slot(object)
    def _tell(self, value: Value) -> None:
        self.chosen.emit(self.option.key, value)

    @Slot()
    def _bring_back(self) -> None:
        self.chosen.emit(self.option.key, self.option.default)
