"""The page of all products, and the switch that leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.item_models.products import ProductModel
from desktop.session import Session
from desktop.views.cloud.products_page import ProductsPage
from desktop.views.furnish import furnish
from desktop.views.main_window import MainWindow
from engines.analysis.cloud_phases import PRODUCTS
from engines.types import Fact
from tests.desktop.views.cloud.test_answers import MODEL, answer
from tests.shelf import Shelf


@pytest.fixture
def shelf(session: Session, tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path, session.library)
    seen = {"a.jpg": ["Coke can", "Oat milk"], "b.jpg": ["coke can"], "c.jpg": ["Coke can XXL"], "d.jpg": []}
    paths = {name: shelf.put(name, {"taken": f"2021-0{month}-01T10:00:00"}) for month, name in enumerate(seen, 1)}
    shelf.take_in()
    for name, products in seen.items():
        facts = {"products": Fact([{"name": one, "confidence": 0.5} for one in products], MODEL)}
        answer(session, shelf.media_id(paths[name]), PRODUCTS, facts)
    return shelf


@pytest.fixture
def window(session: Session, shelf: Shelf, qtbot: QtBot) -> MainWindow:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, session)
    window.show()
    session.search.run()
    rest(session, qtbot)
    return window


def rest(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)


def press(window: MainWindow, text: str) -> None:
    (button,) = [one for one in window.toolbar.findChildren(QToolButton) if one.accessibleName() == text]
    button.click()


@pytest.fixture
def page(window: MainWindow, session: Session, qtbot: QtBot) -> ProductsPage:
    press(window, "Products")
    (page,) = window.findChildren(ProductsPage)
    qtbot.waitUntil(lambda: page.model.count == 3, timeout=10_000)
    return page


def names(page: ProductsPage) -> list[str]:
    return [str(page.model.index(row).data()) for row in range(page.model.rowCount())]


def test_every_product_is_there_the_most_frequent_first(page: ProductsPage) -> None:
    assert names(page) == ["Coke can", "Coke can XXL", "Oat milk"]
    first = page.model.product(0)
    assert (first.media, first.with_others) == (2, ("Oat milk",))


def test_a_filter_that_finds_none_says_so(page: ProductsPage) -> None:
    (line,) = page.findChildren(QLineEdit)
    line.setText("whisky")
    assert page.list.isHidden()
    page._nothing.button.click()
    assert line.text() == ""
    assert not page.list.isHidden()


def test_the_place_is_kept_while_answers_come(page: ProductsPage, session: Session, shelf: Shelf, qtbot: QtBot) -> None:
    page.resize(300, 240)
    qtbot.waitUntil(lambda: page.list.verticalScrollBar().maximum() > 0)
    page.list.setCurrentIndex(page.model.index(2))
    page.list.verticalScrollBar().setValue(40)
    facts = {"products": Fact([{"name": "Apple juice", "confidence": 0.5}], MODEL)}
    answer(session, shelf.media_id(shelf.photos / "d.jpg"), PRODUCTS, facts)
    page.refresh()
    qtbot.waitUntil(lambda: page.model.count == 4, timeout=10_000)
    assert page.list.verticalScrollBar().value() == 40
    assert page.list.currentIndex().data() == "Oat milk"


def test_a_click_filters_the_grid_by_this_very_product(
    page: ProductsPage, window: MainWindow, session: Session, shelf: Shelf, qtbot: QtBot
) -> None:
    place = page.list.visualRect(page.model.index(0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.view == "grid", timeout=10_000)
    rest(session, qtbot)
    assert session.search.query == 'product="Coke can"'
    assert session.shown is not None
    assert len(session.shown) == 2


def test_news_of_files_leave_the_page_where_it_is_a_search_leaves_it(
    page: ProductsPage, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.shown_changed, timeout=10_000):
        session.library_changed.emit()
    assert window.view == "products"
    session.search.ask("date:2021-02")
    qtbot.waitUntil(lambda: window.view == "grid", timeout=10_000)
    press(window, "Products")
    assert window.view == "products"
    session.search.ask("date:1999")
    qtbot.waitUntil(lambda: window.view == "nothing", timeout=10_000)
    rest(session, qtbot)


def test_the_filter_leaves_products_out(page: ProductsPage) -> None:
    (line,) = page.findChildren(QLineEdit)
    line.setText("coke XX")
    assert names(page) == ["Coke can XXL"]
    line.clear()
    assert len(names(page)) == 3


def test_escape_leads_back(page: ProductsPage, window: MainWindow) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert window.view == "grid"


def test_what_is_hidden_is_not_counted(page: ProductsPage, session: Session, shelf: Shelf, qtbot: QtBot) -> None:
    session.selection.select_one(shelf.media_id(shelf.photos / "a.jpg"))
    session.editing.hide()
    qtbot.waitUntil(lambda: names(page) == ["coke can", "Coke can XXL"] or page.model.count == 2, timeout=10_000)
    assert page.model.product(0).media == 1
    rest(session, qtbot)


def test_the_model_is_sound(session: Session, shelf: Shelf) -> None:
    model = ProductModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(session.library.index.products.overview())
    model.filter("milk")
    assert model.rowCount() == 1
    del tester
