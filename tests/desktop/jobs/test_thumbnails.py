"""Pictures on their way from the library to the screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.film_hits import FilmHits
from desktop.jobs.thumbnails import Form, Thumbnails, decode
from desktop.session import Session
from engines.analysis.pipeline import ScanRules, scan
from engines.library.made_rows import MadeItem, MadeRows
from engines.search.find import find
from engines.types import Kind, Thumbnail
from tests.make_media import make_photo
from tests.shelf import Shelf
from tests.watched import film, scene

FORM = Form(90, False)


def picture(width: int, height: int, colour: str = "red") -> Thumbnail:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "webp")
    return Thumbnail(buffer.getvalue(), width, height)


@pytest.fixture
def thumbnails(session: Session) -> Thumbnails:
    """Of five items, the first four of which have one."""
    items = [MadeItem("f", f"{place}.jpg", Kind.PHOTO, "jpeg", 1, place, {}) for place in range(5)]
    MadeRows(session.library, []).add(items)
    session.library.thumbnails.put((row.to_bytes(16), picture(200, 100)) for row in range(1, 5))
    return session.thumbnails


@pytest.mark.parametrize(
    ("form", "size"),
    [
        (Form(90, False), (90, 45)),
        (Form(90, True), (90, 90)),
        (Form(400, False), (200, 100)),
        (Form(400, True), (100, 100)),
    ],
)
def test_a_picture_fits_its_form_and_is_never_enlarged(form: Form, size: tuple[int, int]) -> None:
    image = decode(picture(200, 100), form)
    assert image is not None
    assert (image.width(), image.height()) == size


@pytest.mark.parametrize("is_cropped", [False, True])
@pytest.mark.parametrize(("width", "height"), [(512, 1), (1, 512), (1, 1)])
def test_the_thinnest_picture_keeps_a_pixel(width: int, height: int, is_cropped: bool) -> None:
    image = decode(picture(width, height), Form(90, is_cropped))
    assert image is not None
    assert min(image.width(), image.height()) >= 1
    assert max(image.width(), image.height()) <= 90


def test_bytes_that_are_no_picture_give_none() -> None:
    assert decode(Thumbnail(b"RIFF....WEBP", 4, 3), FORM) is None


def test_what_is_wanted_arrives_with_its_colours(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.want([2, 3], FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle)
    found = thumbnails.picture(2)
    assert found is not None
    assert found.toImage().pixelColor(5, 5).red() > 240
    assert thumbnails.picture(1) is None
    tile = thumbnails.tile(3)
    assert tile is not None
    assert tile.name == "2.jpg"


def test_an_item_without_a_picture_is_asked_for_only_once(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.want([5], FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle)
    thumbnails.want([5], FORM)
    assert thumbnails.is_idle
    assert thumbnails.picture(5) is None


def test_a_late_picture_that_is_no_longer_wanted_is_dropped(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    thumbnails.want([1], FORM)
    thumbnails.want([2], FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle)
    assert thumbnails.picture(1) is None
    assert thumbnails.picture(2) is not None


def test_a_changed_picture_stays_until_the_new_one_is_here(
    thumbnails: Thumbnails, session: Session, qtbot: QtBot
) -> None:
    thumbnails.want([1], FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle)
    session.library.thumbnails.put([((1).to_bytes(16), picture(100, 200, "blue"))])
    thumbnails.forget([1])
    assert thumbnails.picture(1) is not None
    thumbnails.want([1], FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle)
    found = thumbnails.picture(1)
    assert found is not None
    assert (found.width(), found.height()) == (45, 90)


def test_another_form_is_loaded_anew(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    for form in (FORM, Form(60, True)):
        thumbnails.want([1], form)
        qtbot.waitUntil(lambda: thumbnails.is_idle)
    found = thumbnails.picture(1)
    assert found is not None
    assert (found.width(), found.height()) == (60, 60)


def test_closing_ends_what_is_on_its_way(thumbnails: Thumbnails) -> None:
    thumbnails.want([1, 2, 3, 4, 5] * 100, FORM)
    thumbnails.close()
    assert not thumbnails._queue
    assert not thumbnails._working


@pytest.fixture
def waiting(session: Session, tmp_path: Path) -> Session:
    """Two files that nothing has examined: a photo, and one that is none."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(make_photo((300, 200)))
    (tmp_path / "photos" / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    root = session.library.add_root(str(tmp_path / "photos"))
    scan(session.library, root, ScanRules())
    return session


def test_what_waits_to_be_examined_shows_what_its_file_has_ready(waiting: Session, qtbot: QtBot) -> None:
    thumbnails, ids = waiting.thumbnails, waiting.library.index.columns().newest.tolist()
    thumbnails.want(ids, FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle, timeout=20_000)
    (photo,) = [media_id for media_id in ids if thumbnails.picture(media_id) is not None]
    found = thumbnails.picture(photo)
    assert found is not None
    assert (found.width(), found.height()) == (90, 60)
    thumbnails.want(ids, FORM)
    assert thumbnails.is_idle  # neither is asked for again


def test_a_thumbnail_takes_the_place_of_what_the_file_had_ready(waiting: Session, qtbot: QtBot) -> None:
    thumbnails, ids = waiting.thumbnails, waiting.library.index.columns().newest.tolist()
    thumbnails.want(ids, FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle, timeout=20_000)
    (photo,) = [media_id for media_id in ids if thumbnails.picture(media_id) is not None]
    with waiting.library.write() as connection:
        connection.execute("INSERT INTO content (id, digest, whole, size_bytes, state) VALUES (9, x'99', 1, 10, 'ok')")
        connection.execute("UPDATE media SET content_id = 9 WHERE id = ?", (photo,))
    waiting.library.thumbnails.put([(b"\x99", picture(100, 200, "blue"))])
    thumbnails.forget(ids)
    thumbnails.want(ids, FORM)
    qtbot.waitUntil(lambda: thumbnails.is_idle, timeout=20_000)
    found = thumbnails.picture(photo)
    assert found is not None
    assert (found.width(), found.height()) == (45, 90)


def test_a_found_film_shows_the_moment_until_another_is_asked_for(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    shelf, thumbnails = Shelf(tmp_path, session.library), session.thumbnails
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    digest = session.library.items([media_id])[media_id].digest
    assert digest is not None
    session.library.thumbnails.put([(digest, picture(64, 36, "white"))])

    def seen(query: str) -> tuple[str, list[float]]:
        thumbnails.show_hits(FilmHits.of(query, None, find(session.library, query)))
        thumbnails.want([media_id], FORM)
        qtbot.waitUntil(lambda: thumbnails.is_idle)
        image = thumbnails.image(media_id)
        return image.pixelColor(5, 5).name(), [hit.start_s for hit in thumbnails.hits(media_id)]

    assert seen("") == ("#ffffff", [])
    assert seen("dog") == ("#00ff00", [10.0])
    assert seen("cat") == ("#ff0000", [0.0, 20.0])
    thumbnails.show_hits(FilmHits.of("cat", None, find(session.library, "cat")))
    thumbnails.want([media_id], FORM)
    assert thumbnails.is_idle  # what is asked for is the same
    assert seen("type:video") == ("#ffffff", [])
