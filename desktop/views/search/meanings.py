"""What else the words in the box could mean, each one click away: '2008: as a date', 'as text only'."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import theme
from desktop.session import Session
from desktop.views.search.flow import FlowLayout
from desktop.views.search.wording import tr, value_text
from engines.search.alternatives import Alternative

_MOST = 4
_TEXTS = {
    "date": QT_TRANSLATE_NOOP("Search", "{word} as a date only"),
    "text": QT_TRANSLATE_NOOP("Search", "{word} as text only"),
    "tag": QT_TRANSLATE_NOOP("Search", "{word} as a tag"),
    "kind": QT_TRANSLATE_NOOP("Search", "Only: {label}"),
    "camera": QT_TRANSLATE_NOOP("Search", "{word} as a camera"),
    "place": QT_TRANSLATE_NOOP("Search", "{word} as a place"),
}


class Meanings(QWidget):
    """A row of links; hidden where the words mean nothing else."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = session.search
        self._shown: list[Alternative] = []
        self._flow = FlowLayout(self, theme.SPACE_XS)
        self._search.found.connect(self._show)
        self.hide()

    def links(self) -> list[QPushButton]:
        return [link for link in self.findChildren(QPushButton) if not link.isHidden()]

    @Slot()
    def _show(self) -> None:
        found = self._search.alternatives()[:_MOST]
        if found == self._shown:
            return
        self._shown = found
        while (item := self._flow.takeAt(0)) is not None:
            link = item.widget()
            assert link is not None
            link.hide()
            link.deleteLater()
        for meant in found:
            self._flow.addWidget(self._link(meant))
        self.setVisible(bool(found))
        self.updateGeometry()

    def _link(self, meant: Alternative) -> QPushButton:
        text = tr(_TEXTS[meant.group])
        link = QPushButton(text.format(word=meant.written, label=value_text(meant.field, meant.label)), self)
        link.setProperty("link", True)
        link.setProperty("flush", True)
        link.setToolTip(meant.field or meant.text)
        link.clicked.connect(lambda: self._search.read_as(meant))
        link.show()
        return link
