"""A line below the toolbar, shown until it is closed for good."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.info.parts import Elided
from desktop.views.main_window import MainWindow
from desktop.window_state import kept
from engines.inference.graphics_cards import nvidia_cards

_HEIGHT = 36  # px
_READ = "hints/no_card"  # in the file beside the library


class Hint(QWidget):
    """closed: a person has read it."""

    closed = Signal()

    def __init__(self, icon_name: str, text: str) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        picture = QLabel()
        picture.setPixmap(icon(icon_name).pixmap(QSize(16, 16)))
        words = Elided(text)
        words.setProperty("role", "secondary")
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setToolTip(self.tr("Do not show this again"))
        close.setAccessibleName(close.toolTip())
        close.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_S, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(picture)
        layout.addWidget(words, 1)
        layout.addWidget(close)


def hint_at_missing_card(window: MainWindow, session: Session) -> None:
    """Say that there is no graphics card to calculate on, unless there is one, or it was read before."""
    memory = kept(session.library.folder)
    if memory.value(_READ, False, bool):
        return

    def close() -> None:
        memory.setValue(_READ, True)
        window.set_hint(None)

    def show(cards: tuple[str, ...]) -> None:
        if not cards:
            hint = Hint("cpu", _no_card())
            hint.closed.connect(close)
            window.set_hint(hint)

    session.background.run(nvidia_cards, owner=window, then=show, failed=session.notices.error)


def _no_card() -> str:
    return QCoreApplication.translate(
        "Hint",
        "No NVIDIA graphics card was found, so the processor looks at the photos. Everything works; it takes longer.",
    )
