"""Every product of the library: how often, when, with what; a click shows its pictures."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.item_models.products import ProductModel
from desktop.session import Session
from desktop.views.cloud.product_card import CARD, ProductCard
from desktop.views.cloud.wording import counted
from desktop.views.empty_state import EmptyState
from engines.library.products import ProductRow
from engines.search.chips import written_field

_LOOK_MS = 1000  # while answers come, it is made anew at most so often


class ProductsPage(QStackedWidget):
    """Looks them up whenever it is shown or something has changed meanwhile."""

    chosen = Signal(str)  # a query that finds all that show the product
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""
        self.model = ProductModel(self)
        self._pictures = session.whole_thumbnails
        self._pictures.arrived.connect(self._repaint)
        self._rest = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._rest.timeout.connect(self.refresh)
        self.list = QListView()
        self._count = QLabel()
        self._filter = QLineEdit()
        self._empty = EmptyState(
            "shopping-bag",
            self.tr("No product is known yet"),
            hint=self.tr("Select photos, right-click them and choose “Detect products…”."),
        )
        self._nothing = EmptyState("search", self.tr("No product is called so"), action=self.tr("Show all products"))
        self._nothing.action_chosen.connect(self._filter.clear)
        self._full = self._make_full()
        self.addWidget(self._empty)
        self.addWidget(self._full)
        session.files_changed.connect(self._soon)
        session.library_changed.connect(self._soon)
        session.closing.connect(self._rest.stop)

    def _make_full(self) -> QWidget:
        self._filter.setPlaceholderText(self.tr("Filter products"))
        self._filter.setClearButtonEnabled(True)
        self._filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._filter.setFixedWidth(240)
        self._filter.textChanged.connect(self._choose)
        self._count.setProperty("role", "head")
        view = self.list
        view.setModel(self.model)
        view.setItemDelegate(ProductCard(self.model, self._pictures))
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setGridSize(CARD)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setSelectionMode(QListView.SelectionMode.NoSelection)
        view.viewport().setAutoFillBackground(False)
        view.setMouseTracking(True)
        view.setCursor(Qt.CursorShape.PointingHandCursor)
        view.setAccessibleName(self.tr("Products"))
        view.clicked.connect(self._open)
        view.activated.connect(self._open)
        page = QWidget()
        page.setFocusProxy(view)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        head.addWidget(self._count, 1)
        head.addWidget(self._filter)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.SPACE_S, theme.SPACE_M, theme.SPACE_S, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(head)
        self._below = QStackedWidget()
        self._below.addWidget(view)
        self._below.addWidget(self._nothing)
        layout.addWidget(self._below, 1)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asked = self._session.search.query
        self.refresh()

    @property
    def is_wanted(self) -> bool:
        """Whether nothing else was asked for since it is shown."""
        return self.isVisible() and self._session.search.query == self._asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _soon(self, *_: object) -> None:
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    @Slot()
    def refresh(self) -> None:
        session = self._session
        work, failed = session.library.index.products.overview, session.notices.error
        session.background.run(work, owner=self, then=self._show, failed=failed)

    def _show(self, products: list[ProductRow]) -> None:
        bar, current = self.list.verticalScrollBar(), self.list.currentIndex()
        place, name = bar.value(), current.data() if current.isValid() else None
        self.model.show(products)
        self._count.setText(counted(self.tr("1 product"), self.tr("{count} products"), len(products)))
        self.setCurrentWidget(self._full if products else self._empty)
        self._say_if_none()
        if name is not None:
            self.list.setCurrentIndex(self.model.index(self.model.row_of(name)))
        self.list.doItemsLayout()  # so that the scroll bar is as long as it will be
        bar.setValue(place)

    @Slot(str)
    def _choose(self, text: str) -> None:
        self.model.filter(text)
        self._say_if_none()

    def _say_if_none(self) -> None:
        self._below.setCurrentWidget(self.list if self.model.rowCount() else self._nothing)

    @Slot(list)
    def _repaint(self, media_ids: list[int]) -> None:
        for row in self.model.rows_with(media_ids):
            self.list.update(self.model.index(row))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.chosen.emit(written_field("product", self.model.product(index.row()).name, whole=True))
