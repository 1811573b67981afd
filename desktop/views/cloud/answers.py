"""What a service said about one item, with who said it; a person's own words take its place for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.cloud import products_text
from desktop.views.cloud.parts import text_label
from desktop.views.cloud.products_text import Kind
from desktop.views.cloud.wording import source
from desktop.views.confirm import confirm
from desktop.views.info.parts import Caption
from desktop.views.search.flow import FlowLayout
from desktop.words import number, span
from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS
from engines.library.describe import Record
from engines.library.library import Library
from engines.search.chips import written_field

_Link = tuple[str, Callable[[], object]]
_MOST_PRODUCTS = 30  # kinds; more would push all else out of sight


class AnswersPart(QWidget):
    """record: of one item, as describe() makes it. Without any answer it is hidden."""

    def __init__(self, session: Session, record: Record, media_ids: Sequence[int]) -> None:
        super().__init__()
        self._session = session
        self._ids = list(media_ids)
        self._facts, self._origins = record["facts"], record["origins"]
        self._answers = {answer["phase"]: answer for answer in record["answers"]}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.SPACE_XS)
        if self._facts.get("description"):
            self._add_description(self._facts["description"], self._facts.get("described_moments", ()))
        if "products" in self._facts:
            self._add_products(self._facts["products"])
        self.setVisible(self._rows.count() > 0)

    # the description

    def _add_description(self, text: str, moments: Sequence[dict[str, Any]]) -> None:
        self._add_head(self.tr("Description"))
        is_mine = self._origins.get("description") == "user"
        shown = _text(text)
        self._rows.addWidget(shown)
        for moment in () if is_mine else moments:
            when = span((moment["time_s"], moment.get("end_s", moment["time_s"])))
            self._rows.addWidget(_text(f"{when}  {moment['text']}"))
        edit = partial(self._edit, shown, text, self._describe, self.tr("Description"))
        self._add_source("description", DESCRIPTION.name, edit, self._take_description_back)

    def _describe(self, text: str) -> None:
        self._session.editing.describe(text.strip() or None, self._ids)

    def _take_description_back(self) -> None:
        self._session.editing.describe(None, self._ids)

    # the products

    def _add_products(self, products: products_text.Products) -> None:
        self._add_head(self.tr("Products"))
        shown = self._chips(products) if products else _text(self.tr("No product is seen."))
        self._rows.addWidget(shown)
        text, take = products_text.as_text(products), partial(self._list_products, products)
        edit = partial(self._edit, shown, text, take, self.tr("Products, one a line"))
        self._add_source("products", PRODUCTS.name, edit, self._take_products_back)

    def _chips(self, products: products_text.Products) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, theme.SPACE_XS)
        for kind in products_text.kinds(products)[:_MOST_PRODUCTS]:
            flow.addWidget(self._chip(kind, products))
        return box

    def _chip(self, kind: Kind, products: products_text.Products) -> QWidget:
        chip = QWidget()
        chip.setProperty("chip", True)
        chip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        count = f"{number(kind.count)} × " if kind.count > 1 else ""  # noqa: RUF001 -- the sign for times
        name = QPushButton(f"{count}{kind.name}")
        name.setProperty("link", True)
        sure = self.tr("{percent} sure. ").format(percent=f"{kind.confidence:.0%}") if kind.confidence else ""
        name.setToolTip(sure + self.tr("Click for all that show it."))
        name.clicked.connect(partial(self._session.search.ask, written_field("product", kind.name, whole=True)))
        wrong = QToolButton()
        wrong.setIcon(icon("x"))
        wrong.setIconSize(QSize(12, 12))
        wrong.setFixedSize(20, 20)
        wrong.setToolTip(self.tr("“{name}” is not there").format(name=kind.name))
        wrong.setAccessibleName(wrong.toolTip())
        wrong.clicked.connect(lambda: self._name_products(products_text.without(products, kind.name)))
        layout = QHBoxLayout(chip)
        layout.setContentsMargins(theme.SPACE_XS, 0, theme.SPACE_XS, 0)
        layout.setSpacing(2)
        layout.addWidget(name)
        layout.addWidget(wrong)
        return chip

    def _list_products(self, before: products_text.Products, text: str) -> None:
        self._name_products(products_text.from_text(text, before))

    def _name_products(self, products: list[dict[str, Any]]) -> None:
        self._session.editing.name_products(products, self._ids)

    def _take_products_back(self) -> None:
        self._session.editing.name_products(None, self._ids)

    # what both have

    def _add_head(self, text: str) -> None:
        label = QLabel(text)
        label.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        self._rows.addSpacing(theme.SPACE_S)
        self._rows.addWidget(label)

    def _add_source(self, fact: str, phase: str, edit: Callable[[], object], back: Callable[[], object]) -> None:
        """Who said it, and what can be done about it: 'nvidia/…, cloud, 21 Nov 2026 · edit · remove'."""
        is_mine = self._origins.get(fact) == "user"
        said_by = self.tr("by you") if is_mine else source(self._answers.get(phase), self._origins.get(fact, ""))
        links: list[_Link] = [(self.tr("edit"), edit)]
        if is_mine:
            links.append((self.tr("take back"), back))
        elif phase in self._answers:
            links.append((self.tr("remove…"), partial(self._ask_to_remove, phase)))
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_M)
        self._rows.addWidget(text_label("secondary", said_by))
        for text, run in links:
            button = QPushButton(text)
            button.setProperty("link", True)
            button.setProperty("flush", True)
            button.setFont(theme.font(theme.SECONDARY_PX))
            button.clicked.connect(lambda checked, run=run: run())
            line.addWidget(button)
        line.addStretch()
        self._rows.addLayout(line)

    def _edit(self, shown: QWidget, text: str, take: Callable[[str], None], name: str) -> None:
        """Let the text be typed over in the place of what shows it."""
        editor = _Editor(text)
        editor.setAccessibleName(name)
        editor.typed.connect(take)
        editor.left.connect(editor.hide)
        editor.left.connect(shown.show)
        self._rows.insertWidget(self._rows.indexOf(shown), editor)
        shown.hide()
        editor.setFocus()

    def _ask_to_remove(self, phase: str) -> None:
        confirm(
            self.window(),
            self.tr("Remove this answer?"),
            self.tr("To have it back, the picture has to be sent again."),
            self.tr("Remove the answer"),
            partial(self._remove, phase),
        )

    def _remove(self, phase: str) -> None:
        session = self._session
        session.background.run(
            partial(_remove, session.library, self._ids, phase),
            owner=session,  # the panel makes this part anew whenever there is news
            then=lambda changed: session.files_changed.emit(sorted(changed)),
            failed=session.notices.error,
        )


class _Editor(Caption):
    left = Signal()  # the focus went elsewhere

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def _text(text: str) -> QLabel:
    label = text_label(text=text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _remove(library: Library, media_ids: Sequence[int], phase: str) -> set[int]:
    return library.cloud.remove_answers(library.cloud.contents_of(media_ids), phase)
