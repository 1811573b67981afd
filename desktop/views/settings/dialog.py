"""The settings: pages at the left, options at the right, a search over all; a change takes effect at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.translation import told
from desktop.views.cloud import settings_parts as cloud
from desktop.views.cockpit.gpu_part import cards_of
from desktop.views.folders.manager import FolderManager
from desktop.views.lines import horizontal_line, vertical_line
from desktop.views.networks import settings_parts as networks
from desktop.views.networks.wording import lacking
from desktop.views.settings.film_cost_part import FilmCostPart
from desktop.views.settings.keys_page import KeysPage
from desktop.views.settings.row import OptionRow
from engines.errors import EngineError
from engines.settings import Settings, options
from engines.settings.option import Option, Value

_SIZE = QSize(820, 600)
_NAVIGATION_WIDTH = 200  # px

KEYS = "shortcuts"
# Pages in their order, with the sections of the settings that stand there; 'advanced' has what is marked so in all.
PAGES: dict[str, tuple[str, ...]] = {
    "general": ("general",),
    "folders": ("folders",),
    "analysis": ("analysis", "video"),
    "networks": ("inference",),
    "search": ("search",),
    "appearance": ("appearance",),
    "cloud": ("cloud",),
    "privacy": ("privacy",),
    KEYS: (),
    "advanced": (),
}
# … and what stands first on a page, also of another page's section.
_FIRST = {"networks": ("analysis.networks", "analysis.precision", "analysis.batch_size")}
_ICONS = {
    "general": "sliders-horizontal",
    "folders": "folder",
    "analysis": "scan-search",
    "networks": "cpu",
    "search": "search",
    "appearance": "palette",
    "cloud": "cloud",
    "privacy": "shield",
    KEYS: "keyboard",
    "advanced": "gauge",
}


def options_of(page: str) -> list[Option]:
    """What stands on a page, in its order."""
    first = [options()[key] for key in _FIRST.get(page, ())]
    return [*first, *(one for one in options().values() if _page_of(one) == page and one not in first)]


def _page_of(option: Option) -> str:
    section = option.key.partition(".")[0]
    for page, keys in _FIRST.items():
        if option.key in keys or PAGES[page] == (section,):
            return page
    if option.advanced:
        return "advanced"
    return next((page for page, sections in PAGES.items() if section in sections), KEYS)


class SettingsDialog(QDialog):
    """Edits the session's settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Settings"))
        self.resize(_SIZE)
        self._rows: dict[str, OptionRow] = {}
        self._parts: dict[str, list[QWidget]] = {"video.frames_per_minute": [FilmCostPart(session)]}
        self._parts |= cloud.parts_behind(session) | networks.parts_behind(session)
        self._keys = KeysPage(session.shortcuts)
        self._keys.changed.connect(lambda changes: self._choose("shortcuts.keys", changes))
        self.search = QLineEdit()
        self._navigation = QListWidget()
        self._pages = QStackedWidget()
        self._fault = QLabel()
        self._lay_out()
        for page in PAGES:
            self._add_page(page)
        self._navigation.setCurrentRow(0)
        session.settings_changed.connect(self._show_settings)

    def _titles(self) -> dict[str, str]:
        return {
            "general": self.tr("General"),
            "folders": self.tr("Folders"),
            "analysis": self.tr("Analysis"),
            "networks": self.tr("Networks"),
            "search": self.tr("Search"),
            "appearance": self.tr("Appearance"),
            "cloud": self.tr("Cloud"),
            "privacy": self.tr("Privacy"),
            KEYS: self.tr("Shortcuts"),
            "advanced": self.tr("Advanced"),
        }

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)
        self._navigation.setAccessibleName(self.tr("Pages of the settings"))
        self._navigation.setIconSize(QSize(16, 16))
        self._navigation.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._fault.setProperty("role", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        side = QWidget()
        side.setProperty("panel", True)
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(_NAVIGATION_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(theme.SPACE_S, theme.SPACE_M, theme.SPACE_S, theme.SPACE_S)
        left.setSpacing(theme.SPACE_M)
        left.addWidget(self.search)
        left.addWidget(self._navigation, 1)
        about = QPushButton(self._session.shortcuts.action("about").text())
        about.setProperty("link", True)
        about.clicked.connect(self._session.shortcuts.action("about").trigger)
        left.addWidget(about)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._fault)
        right.addWidget(self._pages, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(vertical_line())
        layout.addLayout(right, 1)

    def _add_page(self, page: str) -> None:
        title = self._titles()[page]
        item = QListWidgetItem(icon(_ICONS[page]), title)
        item.setSizeHint(QSize(0, 32))
        self._navigation.addItem(item)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_L, theme.SPACE_XL, theme.SPACE_XL)
        layout.setSpacing(0)
        head = QLabel(title)
        head.setProperty("role", "title")
        layout.addWidget(head)
        layout.addSpacing(theme.SPACE_M)
        for widget in self._widgets_of(page):
            layout.addWidget(widget)
        layout.addStretch()
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(area)

    def _widgets_of(self, page: str) -> Iterable[QWidget]:
        if page == KEYS:
            yield self._keys
            return
        if page == "folders":
            yield FolderManager(self._session)
        for option in options_of(page):
            row = OptionRow(option, self._session.settings.value(option.key))
            row.chosen.connect(self._choose)
            if option.key == "inference.device":
                self._name_cards(row)
            self._rows[option.key] = row
            yield row
            yield horizontal_line()
            for part in self._parts.get(option.key, ()):
                yield part
                yield horizontal_line()

    def _name_cards(self, row: OptionRow) -> None:
        """The cards that the cockpit knows; some may come later."""
        cockpit = self._session.cockpit
        if cockpit.load is not None:
            row.name_cards(cards_of(cockpit.load.gpus))
        cockpit.measured.connect(lambda load: row.name_cards(cards_of(load.gpus)))

    def open_page(self, page: str = "") -> None:
        """Show the dialog, at this page if one is named."""
        self.search.clear()
        if page:
            self._navigation.setCurrentRow(list(PAGES).index(page))
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        hits = {KEYS: self._keys.filter(words)}
        for row in self._rows.values():
            row.setVisible(row.fits(words))
        for part in (part for parts in self._parts.values() for part in parts):
            part.setVisible(not words)
        for page in PAGES:
            if page != KEYS:
                hits[page] = any(not self._rows[option.key].isHidden() for option in options_of(page))
        for place, page in enumerate(PAGES):
            self._navigation.item(place).setHidden(not hits[page])
        shown = [place for place, page in enumerate(PAGES) if hits[page]]
        if shown and self._navigation.currentRow() not in shown:
            self._navigation.setCurrentRow(shown[0])

    @Slot(str, object)
    def _choose(self, key: str, value: Value) -> None:
        if key == "analysis.networks" and (wanting := lacking(str(value))):
            self._refuse(wanting)
            return
        try:
            self._session.set_settings(self._session.settings.with_value(key, value))
            self._fault.hide()
        except EngineError as error:
            self._refuse(told(error.message))

    def _refuse(self, why: str) -> None:
        """Say it, and show what still holds."""
        self._fault.setText(why)
        self._fault.show()
        self._show_settings(self._session.settings)

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        for key, row in self._rows.items():
            row.show_value(settings.value(key))
