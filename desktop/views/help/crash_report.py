"""Shows what was kept of an unexpected end, to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import theme


class CrashReportDialog(QDialog):
    """The report as plain text; it is sent nowhere."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Image Engine closed unexpectedly"))
        self.resize(QSize(640, 420))
        hint = QLabel(
            self.tr(
                "This was written down on this computer and is sent nowhere. It names no files of yours. If you want "
                "to report the fault, copy it."
            )
        )
        hint.setWordWrap(True)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Crash report"))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_L] * 4)
        layout.setSpacing(theme.SPACE_M)
        for part in (hint, text, buttons):
            layout.addWidget(part)
