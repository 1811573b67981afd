"""What a tile is marked with, and what the mouse meets on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from desktop.views.grid.tile import HEART, Badge, Part, badges, mark_at
from desktop.words import span
from engines.library.library import Library
from engines.library.made_rows import MadeItem, MadeRows
from engines.types import Fact, Kind, State

TILE = QRect(100, 100, 160, 160)


def test_badges_say_length_rating_and_what_is_wrong(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        facts = {"duration_s": Fact(67.2, "container"), "rating": Fact(4, "xmp")}
        items = [
            MadeItem("f", "a.mp4", Kind.VIDEO, "mp4", 1, 0, {"metadata": facts}),
            MadeItem("f", "b.jpg", Kind.PHOTO, "jpeg", 1, 0, {}),
        ]
        MadeRows(library, []).add(items)
        columns = library.index.columns()
        assert badges(1, columns, State.OK) == [
            Badge("play", "1:07", is_filled=True),
            Badge("star", "4", is_filled=True),
        ]
        assert badges(1, columns, State.OK, Part(12.2, 21.0, others=2))[0] == Badge(
            "play", "0:12\u20130:21 +2", is_filled=True, short="0:12"
        )
        assert badges(1, columns, State.OK, Part(12.2, 12.3))[0].text == "0:12"
        assert badges(2, columns, State.OK) == []
        assert badges(2, columns, State.OFFLINE) == [Badge("unplug")]
        assert badges(99, columns, State.OK) == []


def test_among_words_from_the_right_a_stretch_still_begins_at_its_left(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = span((12.0, 21.0))
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert text == "\u20660:12\u20130:21\u2069"


def test_stars_and_heart_are_met_from_left_to_right() -> None:
    met = [mark_at(QPoint(x, 115), TILE) for x in range(TILE.left(), TILE.right() + 1)]
    assert list(dict.fromkeys(mark for mark in met if mark is not None)) == [1, 2, 3, 4, 5, HEART]
    assert mark_at(QPoint(180, 200), TILE) is None


def test_a_small_tile_has_no_room_for_stars() -> None:
    assert all(mark_at(QPoint(x, 10), QRect(0, 0, 90, 90)) is None for x in range(90))
