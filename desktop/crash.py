"""What is kept on this computer if the program ends unexpectedly: where it was, and nothing about anybody's files.

Only types of errors and places in the program are written down, never their texts, which may name photos or hold keys.
The report is sent nowhere.
"""

from __future__ import annotations

import faulthandler
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion

from engines import __version__


class CrashReport:
    """Lies in a file while the program runs; it is removed at a good end, so one that is found tells of another end.

    previous: what an earlier run left, or None. To be made by whoever holds the library's lock.
    """

    def __init__(self, file: Path, tell: Callable[[Exception], object] = lambda error: None) -> None:
        self._path = file
        self._tell = tell
        self.previous = _without_folders(file.read_text("utf-8", "replace")) if file.exists() else None
        self._file = file.open("w", encoding="utf-8")
        self._file.write(f"Image Engine {__version__}, Python {platform.python_version()}, Qt {qVersion()}\n")
        self._file.write(f"{platform.platform()}\n\n")
        self._file.flush()
        faulthandler.enable(self._file)  # for native crashes, which no hook hears of
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = lambda event: self._take(event.exc_type, event.exc_value, event.exc_traceback)

    def close(self) -> None:
        """The program ends as it should: there is nothing to report."""
        sys.excepthook, threading.excepthook = self._hooks
        faulthandler.disable()
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _take(self, kind: type[BaseException], error: BaseException | None, stack: TracebackType | None) -> None:
        self._file.write(f"{redacted(kind, stack)}\n")
        self._file.flush()
        self._hooks[0](kind, error or kind(), stack)
        if isinstance(error, Exception) and threading.current_thread() is threading.main_thread():
            self._tell(error)


def _without_folders(report: str) -> str:
    """What Python itself wrote of a native crash names the program's files with their folders, and so the user."""
    return re.sub(r'File "[^"\n]*[/\\]', 'File "', report)


def redacted(kind: type[BaseException], stack: TracebackType | None) -> str:
    """An error without its text: its type, and the functions it came through, by file name and line."""
    places = [f"  {Path(one.filename).name}:{one.lineno} in {one.name}" for one in traceback.extract_tb(stack)]
    return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])
