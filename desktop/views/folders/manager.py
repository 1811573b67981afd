"""The folders of the library with their state, and what can be done with each."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.sentences import in_own_words
from desktop.session import Session
from desktop.views.activity.wording import number
from desktop.views.agree import agreed
from desktop.views.lines import horizontal_line
from engines.library.library import Library
from engines.library.roots import Root


@dataclass(frozen=True, slots=True)
class Folder:
    """A root with how many of its files are known, and whether the folder itself is there."""

    root: Root
    files: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class Folders:
    """What the manager shows."""

    there: list[Folder]
    removed: list[Root]


class FolderManager(QWidget):
    """Looks at the library in the background whenever it is shown or something has changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, theme.SPACE_M)
        self._layout.setSpacing(theme.SPACE_S)
        self._content: QWidget | None = None
        session.library_changed.connect(self.refresh)
        session.analyser.finished.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        if self.isVisible():
            self._run(partial(_folders, self._session.library), self._show)

    def _run(self, work: Callable[[], Folders], then: Callable[[Folders], None]) -> None:
        self._session.background.run(work, owner=self, then=then, failed=self._session.notices.error)

    def _show(self, folders: Folders) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        if not folders.there:
            layout.addWidget(_secondary(self.tr("No folder is in the library yet.")))
        for folder in folders.there:
            layout.addWidget(self._row(folder))
            layout.addWidget(horizontal_line())
        layout.addLayout(self._buttons())
        if folders.removed:
            head = QLabel(self.tr("Taken out"))
            head.setProperty("role", "head")
            head.setContentsMargins(0, theme.SPACE_M, 0, 0)
            layout.addWidget(head)
            hint = self.tr("Your ratings and tags of these folders are kept until you forget them.")
            layout.addWidget(_secondary(hint))
        for root in folders.removed:
            layout.addWidget(self._removed_row(root))
        self._layout.addWidget(self._content)

    def _row(self, folder: Folder) -> QWidget:
        root = folder.root
        state = (
            in_own_words(root.offline) if root.offline else self.tr("{count} files").format(count=number(folder.files))
        )
        row, buttons = self._make_row("unplug" if root.offline else "folder", root, state)
        look = self._button("refresh-cw", self.tr("Look again"), lambda: self._session.analyser.look_again([root.id]))
        buttons.addWidget(look)
        if root.offline and folder.is_there:  # much is missing from it, and only a person knows why
            buttons.addWidget(self._button("circle-x", self.tr("They are gone…"), partial(self._confirm_gone, root)))
        buttons.addWidget(self._button("minus", self.tr("Take out…"), partial(self._ask_to_remove, folder)))
        return row

    def _removed_row(self, root: Root) -> QWidget:
        row, buttons = self._make_row("eye-off", root, "")
        again = partial(self._session.import_requested.emit, [os.fsdecode(root.path)])
        buttons.addWidget(self._button("plus", self.tr("Add again"), again))
        buttons.addWidget(self._button("trash-2", self.tr("Forget…"), partial(self._ask_to_forget, root)))
        return row

    def _make_row(self, icon_name: str, root: Root, state: str) -> tuple[QWidget, QHBoxLayout]:
        picture = QLabel()
        picture.setPixmap(icon(icon_name).pixmap(QSize(16, 16)))
        name = QLabel(root.shown)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        if state:
            words.addWidget(_secondary(state))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, theme.SPACE_XS, 0, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return row, layout

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.addWidget(
            self._button("folder-plus", self.tr("Add folder…"), self._session.add_folder_requested.emit, primary=True)
        )
        buttons.addStretch()
        return buttons

    def _button(self, icon_name: str, text: str, run: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(icon(icon_name, "on_accent" if primary else None), text)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda checked: run())
        return button

    # what is asked before it is done

    def _ask_to_remove(self, folder: Folder) -> None:
        text = self.tr("Take {folder} out of the library?").format(folder=folder.root.shown)
        more = self.tr(
            "Its {count} photos and videos are no longer shown. The files stay where they are. Your ratings and tags "
            "are kept and come back if you add the folder again."
        ).format(count=number(folder.files))
        if agreed(self, text, more, self.tr("Take out"), self.tr("Keep")):
            self._run(partial(_remove, self._session.library, folder.root), self._show_and_tell)

    def _ask_to_forget(self, root: Root) -> None:
        text = self.tr("Forget all that is known about {folder}?").format(folder=root.shown)
        more = self.tr("Your ratings, tags and names for its photos are deleted for good. The files stay.")
        if agreed(self, text, more, self.tr("Forget for good"), self.tr("Keep")):
            self._run(partial(_forget, self._session.library, root), self._show_and_tell)

    def _confirm_gone(self, root: Root) -> None:
        text = self.tr("Are the missing files of {folder} really gone?").format(folder=root.shown)
        more = in_own_words(str(root.offline))
        if agreed(self, text, more, self.tr("They are gone"), self.tr("Wait for them")):
            self._session.analyser.look_again([root.id], certain=True)

    def _show_and_tell(self, folders: Folders) -> None:
        self._show(folders)
        self._session.library_changed.emit()


def _folders(library: Library) -> Folders:
    there = [Folder(root, library.count_files(root), os.path.isdir(root.path)) for root in library.roots()]
    return Folders(there, library.removed_roots())


def _remove(library: Library, root: Root) -> Folders:
    library.remove_root(root)
    return _folders(library)


def _forget(library: Library, root: Root) -> Folders:
    library.forget_root(root)
    return _folders(library)


def _secondary(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
