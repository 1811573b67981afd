"""Asks where a clip is to go, having said where it begins, and shows how it is written."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QDir, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.jobs.background import Background
from desktop.jobs.clips import ClipJob
from desktop.translation import told
from desktop.words import clock
from engines.errors import EngineError
from engines.media.clip import Clip, Cut, keyframe_before

_SAME_S = 0.02  # so near to the keyframe a clip begins where it was asked for
_WIDTH = 440  # px


class ClipDialog(QDialog):
    """Open it with open(); closing it while the clip is written stops that."""

    def __init__(self, parent: QWidget, background: Background, job: ClipJob, cut: Cut, name: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export clip"))
        self.setFixedWidth(_WIDTH)
        self._job, self._cut, self._name = job, cut, name
        self._is_writing = False
        self._head = QLabel(
            self.tr("{start} to {end} of {name}").format(
                start=clock(cut.start_s, is_exact=True), end=clock(cut.end_s, is_exact=True), name=name
            )
        )
        self._head.setProperty("role", "head")
        self.words = QLabel(self.tr("Pictures and sound are taken over as they are, without loss."))
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.choose = QPushButton(self.tr("Choose file…"))
        self.choose.setProperty("primary", True)
        self.choose.setDefault(True)
        self.stop = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self.choose.clicked.connect(self._ask)
        self.stop.clicked.connect(self.reject)
        self.finished.connect(self._leave)
        job.progressed.connect(self._show_progress)
        job.written.connect(self._end)
        job.failed.connect(self._fail)
        background.run(
            partial(keyframe_before, cut.path, cut.start_s), owner=self, then=self._show_begin, failed=self._fail
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.stop)
        buttons.addWidget(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_XL] * 4)
        layout.setSpacing(theme.SPACE_M)
        for widget in (self._head, self.words, self.bar, self.problem):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        for label in (self._head, self.words, self.problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.hide()
        self.problem.hide()

    def _show_begin(self, begins_s: float) -> None:
        """A film can only be cut at its keyframes; say how far the one before A lies from it."""
        text = self.tr("Pictures and sound are taken over as they are, without loss.")
        early_s = self._cut.start_s - begins_s
        if early_s > _SAME_S:
            more = self.tr("So the clip begins at the keyframe before A, {time}: {seconds} s earlier.")
            text += " " + more.format(time=clock(begins_s, is_exact=True), seconds=f"{early_s:.2f}")
        self.words.setText(text)

    @Slot()
    def _ask(self) -> None:
        """A file that is there already is refused later, not asked about: nothing is ever written over."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation) or QDir.homePath()
        suggested = os.path.join(folder, clip_name(self._name, self._cut))
        kinds = self.tr("Videos (*{suffix})").format(suffix=self._cut.suffix)
        option = QFileDialog.Option.DontConfirmOverwrite
        path, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), suggested, kinds, options=option)
        if path:
            self.write_to(path)

    def write_to(self, path: str) -> None:
        """path: its suffix is put right, for it says how the clip is written."""
        if os.path.splitext(path)[1].lower() != self._cut.suffix:
            path += self._cut.suffix
        self._is_writing = True
        self.problem.hide()
        self.choose.setEnabled(False)
        self.bar.setValue(0)
        self.bar.show()
        self._job.start(self._cut, path)

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))

    @Slot(object, str)
    def _end(self, clip: Clip, path: str) -> None:
        self._is_writing = False
        self.accept()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._is_writing = False
        self.bar.hide()
        self.choose.setEnabled(True)
        self.problem.setText(told(error.message) if isinstance(error, EngineError) else str(error))
        self.problem.show()

    @Slot()
    def _leave(self) -> None:
        if self._is_writing:
            self._job.cancel()


def clip_name(name: str, cut: Cut) -> str:
    """For the file: the film's own name, with from where to where, as file systems allow it."""
    stem = os.path.splitext(name)[0].encode("utf-8", "replace").decode()
    start, end = (clock(second).replace(":", ".") for second in (cut.start_s, cut.end_s))
    return f"{stem} {start}-{end}{cut.suffix}"
