"""What a service said, in the info panel: with its source, to be edited and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.cloud.answers import AnswersPart
from desktop.views.info.panel import InfoPanel
from desktop.views.info.parts import Caption
from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS
from engines.library.cloud.answers import Author
from engines.types import Done, Fact, Findings, Phase
from tests.desktop.views.answering import agree
from tests.shelf import Shelf

MODEL = "nvidia/nemotron-nano-12b-v2-vl"
SEEN = [
    {"name": "Coke can", "confidence": 0.9, "box": [0.1, 0.2, 0.3, 0.4]},
    {"name": "Coke can", "confidence": 0.7, "box": [0.5, 0.2, 0.3, 0.4]},
    {"name": "Oat milk", "count": 1},
]
TEXT = "A <b>birthday</b> cake with seven candles."


@pytest.fixture
def item(session: Session, tmp_path: Path) -> int:
    shelf = Shelf(tmp_path, session.library)
    path = shelf.put("cake.jpg")
    shelf.take_in()
    item = shelf.media_id(path)
    answer(session, item, DESCRIPTION, {"description": Fact(TEXT, MODEL)})
    answer(session, item, PRODUCTS, {"products": Fact(SEEN, MODEL)})
    session.selection.select([item], item)
    return item


def answer(session: Session, item: int, phase: Phase, facts: dict[str, Fact]) -> None:
    store = session.library.cloud
    store.add(store.contents_of([item]), phase.name)
    (request,) = store.due(1e12, [], 10)
    author = Author(MODEL, "nvidia.com", is_local=False)
    store.save_answer(request, Done(phase.name, phase.version, 0.1, Findings(facts)), author)


Part = Callable[[], AnswersPart]


@pytest.fixture
def part(session: Session, item: int, qtbot: QtBot) -> Part:
    panel = InfoPanel(session)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    panel.show()

    def find() -> AnswersPart:
        qtbot.wait(100)  # the selection moves faster than anybody reads
        qtbot.waitUntil(session.is_at_rest, timeout=10_000)
        qtbot.waitUntil(lambda: len(panel.findChildren(AnswersPart)) == 1, timeout=10_000)
        return panel.findChildren(AnswersPart)[0]

    return find


def texts(part: AnswersPart) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel)]


def links(part: AnswersPart, text: str) -> list[QPushButton]:
    return [one for one in part.findChildren(QPushButton) if one.text() == text]


def test_an_answer_is_shown_with_its_source_and_as_plain_text(part: Part) -> None:
    said = texts(part())
    assert TEXT in said
    (first, second) = [one for one in said if one.startswith(f"{MODEL}, cloud, ")]
    assert first == second
    assert links(part(), "2 × Coke can")  # noqa: RUF001


def test_what_a_person_writes_is_theirs_and_no_answer_replaces_it(
    part: Part, session: Session, item: int, qtbot: QtBot
) -> None:
    links(part(), "edit")[0].click()
    (editor,) = part().findChildren(Caption)
    editor.setPlainText("Ada's cake.")
    editor._tell()
    qtbot.waitUntil(lambda: session.library.facts(item)["description"] == Fact("Ada's cake.", "user"), timeout=10_000)
    answer(session, item, DESCRIPTION, {"description": Fact("Something else.", MODEL)})
    assert session.library.facts(item)["description"].value == "Ada's cake."
    assert "by you" in texts(part())
    links(part(), "take back")[0].click()
    qtbot.waitUntil(lambda: session.library.facts(item)["description"].value == "Something else.", timeout=10_000)


def test_an_answer_is_removed_as_if_it_had_never_been_asked(
    part: Part, session: Session, item: int, qtbot: QtBot
) -> None:
    shown = part()
    window = shown.window()
    links(shown, "remove…")[0].click()
    session.files_changed.emit([item])  # news while the question is open make the panel anew
    qtbot.waitUntil(lambda: part() is not shown)
    agree(window, "Remove the answer")
    qtbot.waitUntil(lambda: "description" not in session.library.facts(item), timeout=10_000)
    assert TEXT not in texts(part())
    store = session.library.cloud
    assert store.unanswered(store.contents_of([item]), DESCRIPTION.name, DESCRIPTION.version)


def test_a_product_that_is_not_there_is_taken_away_and_comes_back_with_undo(
    part: Part, session: Session, item: int, qtbot: QtBot
) -> None:
    wrong = next(one for one in part().findChildren(QToolButton) if "Oat milk" in one.toolTip())
    wrong.click()
    qtbot.waitUntil(lambda: session.library.facts(item)["products"] == Fact(SEEN[:2], "user"), timeout=10_000)
    session.editing.undo()
    qtbot.waitUntil(lambda: session.library.facts(item)["products"] == Fact(SEEN, MODEL), timeout=10_000)


def test_a_click_on_a_product_finds_all_that_show_it(part: Part, session: Session, item: int, qtbot: QtBot) -> None:
    links(part(), "2 × Coke can")[0].click()  # noqa: RUF001
    assert session.search.query == 'product="Coke can"'
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    assert session.shown is not None
    assert session.shown.ids.tolist() == [item]


def test_without_answers_nothing_is_shown(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    shelf = Shelf(tmp_path, session.library)
    path = shelf.put("plain.jpg")
    shelf.take_in()
    part = AnswersPart(session, shelf.record(path), [shelf.media_id(path)])
    qtbot.addWidget(part)
    assert part.isHidden()
