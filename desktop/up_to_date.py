"""Shows how far a library of an older form is brought up to date, before there is a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog

from engines.cancel import Cancelled

_PATIENCE_MS = 500  # what is over by then needs no dialog


@contextmanager
def bringing_up_to_date() -> Iterator[Callable[[int, int], None]]:
    """Gives what is told how many of how many items are done; it raises Cancelled once a person asked to stop.

    A modal QProgressDialog handles its own clicks whenever it is told a value, so nothing else runs meanwhile.
    """
    dialog: list[QProgressDialog] = []

    def tell(done: int, total: int) -> None:
        if not dialog:
            dialog.append(_dialog(total))
        dialog[0].setValue(done)
        if dialog[0].wasCanceled():
            raise Cancelled

    try:
        yield tell
    finally:
        for one in dialog:
            one.close()
            one.deleteLater()


def _dialog(total: int) -> QProgressDialog:
    text = QCoreApplication.translate("UpToDate", "An older version made this library. It is being brought up to date.")
    stop = QCoreApplication.translate("UpToDate", "Stop; the next start goes on from here")
    dialog = QProgressDialog(text, stop, 0, total)
    bar = QProgressBar()
    bar.setRange(0, total)
    bar.setTextVisible(False)  # it is lower than a line of text
    dialog.setBar(bar)
    dialog.setWindowTitle(QCoreApplication.applicationName())
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(_PATIENCE_MS)
    return dialog
