"""Asks before originals go to the system's trash: how many files of which kinds, and what becomes of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from desktop.words import number
from engines.library import trash
from engines.library.library import Library


@dataclass(frozen=True, slots=True)
class Wanted:
    """media_ids: of the items whose files can be reached. roles: how many of their files are what, see Original."""

    media_ids: list[int]
    roles: Counter[str]
    unreachable: int
    name: str  # of the first file

    @property
    def files(self) -> int:
        return self.roles.total()

    @classmethod
    def of(cls, library: Library, media_ids: list[int]) -> Wanted:
        with library.database.read() as connection:
            found = trash.originals(connection, media_ids)
        there = {original.media_id for original in found}
        roles = Counter(original.role for original in found)
        name = next((original.name for original in found if original.role == "main"), "")
        return cls([one for one in media_ids if one in there], roles, len(media_ids) - len(there), name)


class TrashDialog(QMessageBox):
    """Open it with open(). The safe answer is the default."""

    agreed = Signal()

    def __init__(self, parent: QWidget, wanted: Wanted) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(_question(wanted))
        self.setInformativeText(" ".join(_consequences(wanted)))
        verb = _tr("Move 1 file to trash") if wanted.files == 1 else _tr("Move {count} files to trash")
        self.agree = self.addButton(_counted(verb, wanted.files), QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.addButton(_tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        self.buttonClicked.connect(self._take)

    def _take(self, button: QAbstractButton) -> None:
        if button is self.agree:
            self.agreed.emit()


def _question(wanted: Wanted) -> str:
    count = len(wanted.media_ids)
    if count == 1:
        return _tr("Move {name} to the trash?").replace("{name}", wanted.name.encode("utf-8", "replace").decode())
    return _counted(_tr("Move {count} photos and videos to the trash?"), count)


def _consequences(wanted: Wanted) -> list[str]:
    """What is said below the question, a sentence each."""
    told = [
        _tr("The files themselves leave their folders; until the trash is emptied they can be restored there."),
        _tr("What you typed is kept for when they come back."),
    ]
    companions = [
        _counted(one if wanted.roles[role] == 1 else many, wanted.roles[role])
        for role, one, many in (
            ("raw", _tr("1 raw file"), _tr("{count} raw files")),
            ("live", _tr("1 video of a live photo"), _tr("{count} videos of live photos")),
            (trash.SIDECAR, _tr("1 XMP file"), _tr("{count} XMP files")),
        )
        if wanted.roles[role]
    ]
    if companions:
        told.insert(1, _tr("What belongs to them goes along: {files}.").replace("{files}", ", ".join(companions)))
    if wanted.unreachable:
        told.append(_counted(_tr("{count} of the selected items cannot be reached now and stay."), wanted.unreachable))
    told.append(_tr("To only stop showing them here, choose Remove from library instead."))
    return told


def _counted(text: str, count: int) -> str:
    return text.replace("{count}", number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trash", text)
