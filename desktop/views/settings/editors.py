"""The control for one option, by what it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from desktop.views.settings import wording
from desktop.words import phase_title
from engines.analysis.phases import ALWAYS_ON, phases
from engines.inference.back_ends import ALL, AUTOMATIC
from engines.inference.gpu_monitor import Gpu
from engines.settings.option import Option, Value

_LIST_HEIGHT = 112  # px, five lines
_WIDTH = 288  # px, of what stands beside a title: one edge for all
_COLUMNS = 2  # of boxes
_ANY_CARD = (AUTOMATIC, ALL)


class Editor(QWidget):
    """edited: a person chose another value."""

    edited = Signal(object)  # Value

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(control)
        self.control = control
        self.setFocusProxy(control)

    def show_value(self, value: Value) -> None:
        """Show it without telling that it was edited."""
        raise NotImplementedError


class _Switch(Editor):
    def __init__(self, option: Option) -> None:
        self._box = QCheckBox()
        super().__init__(self._box)
        self._box.toggled.connect(self.edited.emit)

    def show_value(self, value: Value) -> None:
        with QSignalBlocker(self._box):
            self._box.setChecked(bool(value))


class _Number(Editor):
    def __init__(self, option: Option) -> None:
        self._box = QSpinBox()
        super().__init__(self._box)
        self._box.setRange(option.minimum, option.maximum)
        self._box.setSuffix(f" {wording.unit(option)}" if option.unit else "")
        self._box.setGroupSeparatorShown(True)
        self._box.setKeyboardTracking(False)  # typing 16 is not first a 1
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setFixedWidth(_WIDTH)
        if option.zero and option.minimum == 0:
            self._box.setSpecialValueText(wording.zero(option))
        self._box.valueChanged.connect(self.edited.emit)
        self._box.installEventFilter(_WHEEL)

    def show_value(self, value: Value) -> None:
        with QSignalBlocker(self._box):
            self._box.setValue(int(value) if isinstance(value, int) else 0)


class _Choice(Editor):
    def __init__(self, option: Option) -> None:
        self._box = QComboBox()
        super().__init__(self._box)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setFixedWidth(_WIDTH)
        for choice in option.choices:
            self._box.addItem(wording.choice(choice), choice)
        self._box.activated.connect(self._tell)
        self._box.installEventFilter(_WHEEL)

    def show_value(self, value: Value) -> None:
        self._box.setCurrentIndex(self._box.findData(value))

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.edited.emit(self._box.itemData(place))


class _Line(Editor):
    """A free text; taken when the focus leaves or Enter is pressed."""

    def __init__(self, option: Option) -> None:
        self._box = QLineEdit()
        super().__init__(self._box)
        self._box.setFixedWidth(_WIDTH)
        self._box.setPlaceholderText(wording.zero(option) if option.zero else "")
        self._box.editingFinished.connect(self._tell)
        self._value = ""

    def show_value(self, value: Value) -> None:
        self._value = str(value)
        self._box.setText(self._value)

    @Slot()
    def _tell(self) -> None:
        typed = self._box.text().strip()
        if typed != self._value:
            self.edited.emit(typed)


class _List(Editor):
    """One text a line; taken when the focus leaves."""

    def __init__(self, option: Option) -> None:
        self._box = QPlainTextEdit()
        super().__init__(self._box)
        self._box.setFixedHeight(_LIST_HEIGHT)
        self._box.setTabChangesFocus(True)
        self._box.installEventFilter(self)
        self._value: Sequence[str] = ()

    def show_value(self, value: Value) -> None:
        self._value = value if isinstance(value, tuple) else ()
        self._box.setPlainText("\n".join(self._value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            typed = tuple(line.strip() for line in self._box.toPlainText().splitlines() if line.strip())
            if typed != self._value:
                self.edited.emit(typed)
        return False


class _Steps(Editor):
    """A box for each step of the analysis that can be left out, ticked where it is on. The value names those off."""

    def __init__(self, option: Option) -> None:
        boxes = QWidget()
        super().__init__(boxes)
        layout = QGridLayout(boxes)
        layout.setContentsMargins(0, 0, 0, 0)
        self._boxes = {
            phase.name: QCheckBox(phase_title(phase.name)) for phase in phases() if phase.name not in ALWAYS_ON
        }
        for place, box in enumerate(self._boxes.values()):
            layout.addWidget(box, place // _COLUMNS, place % _COLUMNS)
            box.clicked.connect(self._tell)
        boxes.setFocusProxy(next(iter(self._boxes.values())))
        self._value: tuple[str, ...] = ()

    def show_value(self, value: Value) -> None:
        self._value = value if isinstance(value, tuple) else ()
        for name, box in self._boxes.items():
            box.setChecked(name not in self._value)

    @Slot()
    def _tell(self) -> None:
        """Names of steps that this version does not know stay."""
        unknown = [name for name in self._value if name not in self._boxes]
        self.edited.emit((*unknown, *(name for name, box in self._boxes.items() if not box.isChecked())))


class CardChoice(_Choice):
    """Graphics cards by name; the value is the identity of one, or what stands for several."""

    def __init__(self, option: Option) -> None:
        super().__init__(replace(option, choices=_ANY_CARD))
        self._cards: Sequence[Gpu] = ()
        self._value: Value = option.default

    def name_cards(self, cards: Sequence[Gpu]) -> None:
        if cards == self._cards:
            return
        self._cards = cards
        self._box.clear()
        for choice in _ANY_CARD:
            self._box.addItem(wording.choice(choice), choice)
        for card in cards:
            self._box.addItem(f"{card.index}: {card.name}", card.uuid)
        self.show_value(self._value)

    def show_value(self, value: Value) -> None:
        """A card that is not here now is shown by its identity."""
        self._value = value
        if self._box.findData(value) < 0:
            self._box.addItem(str(value), value)
        super().show_value(value)


class _NoWheel(QObject):
    """Keeps the wheel, which scrolls the page, from changing what happens to lie under it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


_WHEEL = _NoWheel()


def editor_of(option: Option) -> Editor:
    """The control that fits what the option takes."""
    if option.key == "analysis.phases_off":
        return _Steps(option)
    if option.key == "inference.device":
        return CardChoice(option)
    if isinstance(option.default, str) and not option.choices:
        return _Line(option)
    kinds: dict[type, Callable[[Option], Editor]] = {bool: _Switch, int: _Number, str: _Choice, tuple: _List}
    return kinds[type(option.default)](option)
