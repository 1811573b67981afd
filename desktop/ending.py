"""Closes the window in good order when the system, or Ctrl+C in its terminal, asks the process to end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

ASKING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def closing_when_asked(close: Callable[[], object]) -> Iterator[None]:
    """Call `close` once, in the UI thread, at the first signal within the block; a second one ends the process at once.

    One that is ignored, as nohup has it, stays so. Qt's loop runs no Python while nothing happens, and so no handler of
    Python's: a socket wakes it.
    """
    heard, woken = socket.socketpair()
    for end in (heard, woken):
        end.setblocking(False)
    heeded = [number for number in ASKING if signal.getsignal(number) is not signal.SIG_IGN]
    handlers = {number: signal.signal(number, lambda *_: None) for number in heeded}
    waking = signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)

    def obey() -> None:
        notifier.setEnabled(False)
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)
        close()

    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(obey)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(waking)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        heard.close()
        woken.close()
