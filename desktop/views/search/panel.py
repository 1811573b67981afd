"""The sidebar as a whole: box, what was found or what is wrong, saved searches, dates, facets."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.search import Composition
from desktop.sentences import in_own_words
from desktop.session import Session
from desktop.translation import told
from desktop.views.search.box import SearchBox
from desktop.views.search.dates import DateHistogram
from desktop.views.search.facet import FacetSection
from desktop.views.search.meanings import Meanings
from desktop.views.search.saved import SavedSearches
from desktop.views.search.section import Section
from desktop.views.search.wording import head, number, translate
from engines.errors import QueryError
from engines.search.facets import Facet
from engines.search.find import Results

_FACETS = (
    "folder", "tag", "object", "type", "is", "has", "camera", "lens", "place", "duration", "fps", "codec", "rating",
    "quality", "colour", "state",
)  # fmt: skip


class SearchPanel(QWidget):
    """Made once for a session; takes its width from the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._search = session.search
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(translate("Search", "Search"))
        self.box = SearchBox(session)
        self.error = self._label("error")
        self.line = self._label("secondary")
        self.notes = self._label("secondary")
        self.meanings = Meanings(session)
        self.weaker = self._link(translate("Search", "Show weaker matches"))
        self.weaker.setCheckable(True)
        memory = QSettings(str(session.library.folder / "window.ini"), QSettings.Format.IniFormat, self)
        self.saved = SavedSearches(session, memory)
        self.dates = DateHistogram()
        self._dates_section = Section("date", head("date"), memory)
        self.facets = {name: FacetSection(name, memory) for name in _FACETS}
        self._lay_out()
        self._connect()

    def _label(self, role: str) -> QLabel:
        label = QLabel()
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.hide()
        return label

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("link", True)
        button.setProperty("flush", True)
        button.hide()
        return button

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_M, theme.SPACE_S)
        top.setSpacing(theme.SPACE_XS)
        top.addWidget(self.box)
        top.addWidget(self.error)
        top.addWidget(self.line)
        top.addWidget(self.meanings)
        top.addWidget(self.notes)
        top.addWidget(self.weaker, 0, Qt.AlignmentFlag.AlignLeading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._scroll_area(), 1)

    def _scroll_area(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("panel", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_XS, theme.SPACE_M)  # the scroll bar takes the rest
        rows.setSpacing(0)
        self._dates_section.rows.addWidget(self.dates)
        rows.addWidget(self.saved)
        rows.addWidget(self._dates_section)
        for section in self.facets.values():
            section.hide()
            rows.addWidget(section)
        rows.addStretch()
        self._dates_section.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _connect(self) -> None:
        search = self._search
        search.found.connect(self._show_results)
        search.failed.connect(self._show_error)
        search.composed.connect(self._show_composition)
        self.weaker.clicked.connect(search.set_weaker)
        self.dates.chosen.connect(search.add)
        self.saved.left.connect(self.box.setFocus)
        for section in self.facets.values():
            section.asked.connect(self._ask)
            section.excluded.connect(search.exclude)

    # what was found

    def _show_results(self, results: Results) -> None:
        total = number(results.total)
        found = translate("Search", "{count} results").format(count=total)
        found = {0: translate("Search", "No results"), 1: translate("Search", "1 result")}.get(results.total, found)
        took = translate("Search", "{count} ms").format(count=max(1, round(results.took_ms)))
        is_asked = not self._search.is_everything
        self.line.setText(f"{found}, {took}" if is_asked else "")
        self.line.setVisible(is_asked)
        self.weaker.setVisible(self._search.like is not None or bool(self._search.parts.text.strip()))
        self.weaker.setChecked(self._search.weaker)
        self.weaker.setText(
            translate("Search", "Hide weaker matches")
            if self._search.weaker
            else translate("Search", "Show weaker matches")
        )
        self.notes.setText("\n".join(map(in_own_words, results.understood.notes)))
        self.notes.setVisible(bool(results.understood.notes))
        if is_asked:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, found))

    def _show_error(self, error: QueryError | None) -> None:
        """One sentence below the box, which points at the place; the last answer stays."""
        self.error.setVisible(error is not None)
        self.error.setText(self._pointing(error) if error is not None else "")
        if error is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.error, told(error.message)))

    def _pointing(self, error: QueryError) -> str:
        wrong = self._search.query[error.start : error.end].strip()
        sentence = told(error.message)
        return f"{wrong}: {sentence}" if wrong and wrong not in sentence else sentence

    def _show_composition(self, composition: Composition) -> None:
        self.dates.show_dates(composition.dates)
        self._dates_section.setVisible(bool(composition.dates.bars))
        asked = frozenset(str(field) for chip in self._search.parts.chips if not chip.excluded for field in chip.fields)
        found = {facet.name: facet for facet in composition.facets}
        for name, section in self.facets.items():
            section.show_facet(found.get(name, Facet(name, ())), asked)

    def _ask(self, query: str) -> None:
        """Ask for a value, or no longer."""
        asked = {str(field) for chip in self._search.parts.chips if not chip.excluded for field in chip.fields}
        if query in asked:
            self._search.remove(query)
        else:
            self._search.add(query)

    def begin(self) -> None:
        """Let the person type what to search for."""
        self.box.line.setFocus()
        self.box.line.selectAll()
