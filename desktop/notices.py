"""What the program has to say to the person: gathered here from everywhere, kept until a window can show it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.translation import told
from engines.errors import EngineError
from engines.types import Message

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Action:
    """What a person can do about a notice: 'Undo', 'Retry'."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line. is_error: it stays until it is closed."""

    text: str
    action: Action | None = None
    is_error: bool = False


class Notices(QObject):
    """Call show() and error() from the UI thread."""

    posted = Signal(object)  # Notice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._has_audience = False

    def show(self, message: Message | str, action: Action | None = None) -> None:
        self._post(Notice(_text(message), action))

    def error(self, error: Exception, action: Action | None = None) -> None:
        """An expected fault is told in its own sentence; anything else is our bug, so its stack is logged."""
        if isinstance(error, EngineError):
            self._post(Notice(_text(error.message), action, is_error=True))
            return
        _log.error("Something failed that should not have.", exc_info=error)
        text = QCoreApplication.translate("Notices", "Something went wrong inside the program: {error}")
        self._post(Notice(text.format(error=str(error) or type(error).__name__), action, is_error=True))

    def listen(self, audience: Callable[[Notice], None]) -> None:
        """Give all notices to the audience, first those that came before there was one."""
        self.posted.connect(audience)
        self._has_audience = True
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            audience(notice)

    def _post(self, notice: Notice) -> None:
        if self._has_audience:
            self.posted.emit(notice)
        else:
            self._waiting.append(notice)


def _text(message: Message | str) -> str:
    return message if isinstance(message, str) else told(message)
