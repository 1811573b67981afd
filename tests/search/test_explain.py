"""Every hit says why it is one."""

from __future__ import annotations

from datetime import datetime

import pytest

from engines.search.explain import Reason, explain
from engines.search.find import find
from tests.search.catalogue import NOW, Catalogue
from tests.shelf import Shelf

FACTS = {
    "title": "Summer", "taken": "2008-10-22T16:28:39", "rating": 4, "keywords": ["dog", "sea"],
    "caption": "Two old friends walk their small brown dog along the wide empty beach near Lisbon at noon",
    "camera": "Canon EOS 6D", "lens": "EF50mm f/1.8", "iso": 800, "aperture": 2.8, "exposure_s": 0.004,
    "focal_mm": 50.0, "width": 4000, "height": 3000, "quality": 0.62, "colours": [{"name": "blue", "share": 0.4}],
    "latitude": 38.72, "longitude": -9.14, "place": "Lisbon, Portugal",
}  # fmt: skip


@pytest.fixture
def photo(shelf: Shelf) -> Shelf:
    shelf.put("2008/IMG_1203.jpg", FACTS)
    shelf.take_in()
    return shelf


def reasons(shelf: Shelf, query: str) -> list[tuple[str, str]]:
    """Signal and detail of the only hit."""
    (why,) = explain(shelf.library, find(shelf.library, query, now=NOW), NOW)
    assert all(0 < reason.score <= 1 for reason in why)
    return [(reason.signal, reason.detail) for reason in why]


FIELDS = {
    "date:2008..": "date 2008-10-22 is in 2008 or later",
    "date:2008": "date 2008-10-22 is in 2008",
    "date:<2010": "date 2008-10-22 is before 2010",
    "date:2007..2008-10": "date 2008-10-22 is from 2007 to 2008-10",
    'date:"last 20 years"': "date 2008-10-22 is in last 20 years",
    "iso:>400": "iso 800 is more than 400",
    "iso:800": "iso 800",
    "f:<=4": "aperture f/2.8 is 4 or less",
    "exposure:1/250": "exposure 1/250 s",
    "focal:35..85mm": "focal 50 mm is from 35 to 85mm",
    "rating:>=4": "rating 4 is 4 or more",
    "width:>1000": "width 4000 px is more than 1000",
    "megapixels:>10": "megapixels 12.0 is more than 10",
    "quality:>50%": "quality 0.62 is more than 50%",
    "camera:canon": "camera: Canon EOS 6D",
    "lens:50mm": "lens: EF50mm f/1.8",
    "place:lisbon": "place: Lisbon, Portugal",
    "near:38.7,-9.1/20km": "4.1 km from 38.7, -9.1: Lisbon, Portugal",
    "near:Lisbon": "near Lisbon: Lisbon, Portugal",
    "colour:blue": "colour blue",
    "has:gps": "has gps",
    "type:photo": "type photo",
    "-rating:5": "not rating 5",
    "": "everything",
}


@pytest.mark.parametrize(("query", "detail"), FIELDS.items())
def test_a_field_tells_the_value_that_it_found(photo: Shelf, query: str, detail: str) -> None:
    assert reasons(photo, query) == [("field", detail)]


def test_words_are_shown_where_they_stand_the_weightiest_place_first(photo: Shelf) -> None:
    assert reasons(photo, "dogs on beaches") == [
        ("tag", "tags: *dog*, sea"),
        ("text", "caption: …friends walk their small brown *dog* along the wide empty *beach* near Lisbon at noon"),
    ]


def test_of_a_long_text_only_the_words_around_are_shown(photo: Shelf) -> None:
    assert reasons(photo, '"two old" friends') == [
        ("text", "caption: *Two old* *friends* walk their small brown dog along the wide empty beach…")
    ]


def test_a_phrase_is_marked_as_a_whole_and_a_started_word_where_it_goes_on(photo: Shelf) -> None:
    assert ("text", "title: *Summer*") in reasons(photo, "summ*")
    assert "empty *beach near* Lisbon" in reasons(photo, 'caption:"beach near"')[0][1]


def test_the_file_name_and_the_folder_are_reasons(photo: Shelf) -> None:
    assert reasons(photo, "IMG_1203") == [("name", "file name: IMG_1203.jpg")]
    assert reasons(photo, "name:*12*") == [("name", "file name: IMG_1203.jpg")]
    folder = str(photo.photos / "2008")
    assert reasons(photo, "folder:2008") == [("field", f"folder: {folder}")]
    assert reasons(photo, "path:2008/IMG") == [("name", f"path: {folder}/IMG_1203.jpg")]


def test_a_camera_found_by_plain_words_is_a_field(photo: Shelf) -> None:
    assert reasons(photo, "canon") == [("field", "camera: *Canon* EOS 6D EF50mm f/1.8")]


def test_a_tag_tells_its_name_and_its_score(photo: Shelf) -> None:
    results = find(photo.library, "tag:dog OR tag:cat")
    assert explain(photo.library, results) == [(Reason("tag", "tag: dog", 1.0),)]


def test_a_date_among_plain_words_is_a_reason(photo: Shelf) -> None:
    assert reasons(photo, "dog october 2008")[-1] == ("field", "date 2008-10-22 is in october 2008")


def test_only_the_parts_that_a_hit_fits_are_reasons(photo: Shelf) -> None:
    assert reasons(photo, "iso:>400 OR iso:<100 OR tulip") == [("field", "iso 800 is more than 400")]


def test_a_weaker_hit_shows_the_words_that_it_holds(photo: Shelf) -> None:
    results = find(photo.library, "beach tulip", weaker=True)
    ((reason,),) = explain(photo.library, results)
    assert "*beach*" in reason.detail


def test_letters_of_several_bytes_are_not_cut(shelf: Shelf) -> None:
    shelf.put("a.jpg", {"caption": "ÄÖÜ " * 20 + "Größe des Hundes " + "ßßß " * 30})
    shelf.take_in()
    (_, detail), *_ = reasons(shelf, "grosse OR große")
    assert "*Größe*" in detail
    assert "\ufffd" not in detail


def test_every_hit_of_many_has_a_reason(catalogue: Catalogue) -> None:
    library = catalogue.shelf.library
    for query in ("dog", "har* OR tag:cat", "2008 -iso:100", 'near:Oslo (beach OR "the city")', "is:duplicate"):
        results = find(library, query, now=NOW)
        assert results.total
        assert all(explain(library, results, NOW))


def test_the_clock_is_asked_where_no_time_is_given(photo: Shelf) -> None:
    results = find(photo.library, f"date:2008..{datetime.now().year}")
    assert explain(photo.library, results)[0][0].signal == "field"
