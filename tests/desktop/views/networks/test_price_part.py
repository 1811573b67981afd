"""What precisions cost: what was measured before is shown as long as it is true, and measuring can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.networks.price_part import PricePart
from engines.analysis.price import Price
from engines.analysis.price_list import Measured, keep, known
from engines.inference.catalogue import starter_cards

NAME = "yolov3-tiny"
PRICES = (
    Price("fp32", "openvino", 12.4, 1.0, 1.0, "no sure object"),
    Price("int8", "openvino", 31.0, 2.5, 0.974, "27 sure objects"),
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def part_of(session: Session, qtbot: QtBot) -> PricePart:
    part = PricePart(session)
    qtbot.addWidget(part)
    with qtbot.waitSignal(session.pricing.changed):
        part.show()
    return part


def words(part: PricePart) -> list[str]:
    return [label.text() for label in part.findChildren(QLabel) if label.text()]


def test_what_was_measured_is_shown_with_its_day(session: Session, qtbot: QtBot) -> None:
    keep(NAME, Measured(1_700_000_000.0, 48, starter_cards()[NAME].sha256, PRICES))
    shown = words(part_of(session, qtbot))
    assert any(text.startswith("Measured on 1") and "2023" in text and "48 of your photos" in text for text in shown)
    assert {"YOLOv3-tiny, OpenVINO", "int8", "31", "2.5 ×", "97.4 %", "100 %"} <= set(shown)  # noqa: RUF001 -- as shown


def test_what_was_measured_of_another_network_of_the_name_is_not_shown() -> None:
    keep(NAME, Measured(1_700_000_000.0, 48, "another", PRICES))
    keep("gone", Measured(1_700_000_000.0, 48, "gone", PRICES))
    assert known() == {}


def test_without_photos_there_is_nothing_to_measure(session: Session, qtbot: QtBot) -> None:
    part = part_of(session, qtbot)
    with qtbot.waitSignal(session.pricing.failed) as failed:
        next(one for one in part.findChildren(QPushButton) if one.text() == "Measure on my photos").click()
    assert failed.args is not None
    assert str(failed.args[0]) == "There are no photos to compare precisions on."
    assert session.pricing.under_way is None


def test_to_look_again_does_not_end_what_is_being_measured(session: Session, qtbot: QtBot) -> None:
    measures: list[bool] = []
    session.pricing.changed.connect(lambda: measures.append(session.pricing.under_way is not None))
    session.pricing.look()
    session.pricing.measure(session.settings)
    with qtbot.waitSignal(session.pricing.failed):  # there are no photos
        pass
    assert measures == [True, True, False]
