"""What went wrong, each with its cause, and a way to try it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.item_models.failures import FailureModel
from desktop.session import Session
from desktop.words import number
from engines.analysis.phases import switched_on
from engines.analysis.run import Report
from engines.library import overview
from engines.library.library import Library
from engines.settings import Settings
from engines.types import Message

_LIST_HEIGHT = 168  # px, four files


class Problems(QWidget):
    """Of folders and networks, what the last run said; of files, all there are. Follows every run that changed them."""

    counted = Signal(int)  # how many there are now

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._said: list[Message] = []  # by the last run
        self._rows = FailureModel(self)
        self._title = QLabel()
        self._retry = QPushButton()
        self._retry.clicked.connect(self._try_again)
        self._list = self._make_list()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(head)
        layout.addWidget(self._list)
        session.analyser.finished.connect(self._take)
        self._show([])

    def _make_list(self) -> QListView:
        rows = QListView()
        rows.setModel(self._rows)
        rows.setFixedHeight(_LIST_HEIGHT)
        rows.setWordWrap(True)
        rows.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        rows.selectionModel().selectionChanged.connect(self._name_retry)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setSpacing(2)
        rows.setAccessibleName(self.tr("What went wrong, with the reason"))
        return rows

    @Slot(object)
    def _take(self, report: Report) -> None:
        changed = report.notices != self._said
        self._said = list(report.notices)
        if self.isVisible() or report.examined or changed:
            self.look()

    @Slot()
    def look(self) -> None:
        """Ask the library, in the background."""
        self._session.background.run(
            partial(_failures, self._session.library, self._session.settings),
            owner=self,
            then=self._show,
            failed=self._session.notices.error,
        )

    def _show(self, failures: list[overview.Failure]) -> None:
        self._rows.show(failures, self._said)
        count = self._rows.rowCount()
        one, many = self.tr("1 problem"), self.tr("{count} problems")
        none = self.tr("All files could be read")
        self._title.setText(none if not count else one if count == 1 else many.format(count=number(count)))
        self._retry.setVisible(count > 0)
        self._list.setVisible(count > 0)
        self._name_retry()
        self.counted.emit(count)

    @property
    def _selected(self) -> list[int]:
        return [index.row() for index in self._list.selectionModel().selectedIndexes()]

    @Slot()
    def _name_retry(self) -> None:
        self._retry.setText(self.tr("Retry selected") if self._selected else self.tr("Retry all"))

    @Slot()
    def _try_again(self) -> None:
        """The selected ones, or all: files are analysed again; for the rest, folders are looked at again."""
        rows = self._selected or range(self._rows.rowCount())
        media_ids = self._rows.media_ids(rows)
        if media_ids:
            self._session.analyser.analyse_again(media_ids)
        if any(self._rows.is_said(row) for row in rows):
            self._session.analyser.look_again()


def _failures(library: Library, settings: Settings) -> list[overview.Failure]:
    due = switched_on(settings.analysis.phases_off)
    with library.database.read() as connection:
        return [*overview.failures(connection), *overview.phase_failures(connection, due)]
