from __future__ import annotations

from datetime import datetime

from engines.facts import NAMES
from engines.media.metadata.dates import DateClaim, Moment
from engines.media.metadata.merge import Claims, given, merge
from engines.types import Fact


def test_the_source_that_stands_first_in_precedence_wins() -> None:
    claims = [Claims("exif", {"caption": "from EXIF"}), Claims("xmp", {"caption": "from XMP"})]
    assert merge(claims) == {"caption": Fact("from XMP", "xmp")}


def test_a_position_is_not_mixed_from_two_sources() -> None:
    claims = [
        Claims("xmp", {"latitude": 1.0, "longitude": 2.0}),
        Claims("exif", {"latitude": 3.0, "longitude": 4.0, "altitude_m": 5.0}),
    ]
    assert merge(claims) == {"latitude": Fact(1.0, "xmp"), "longitude": Fact(2.0, "xmp")}


def test_a_camera_is_not_mixed_from_two_sources() -> None:
    claims = [Claims("xmp", {"camera": "QV-10"}), Claims("exif", {"camera": "Casio QV-10", "camera_make": "Casio"})]
    assert merge(claims) == {"camera": Fact("QV-10", "xmp")}


def test_the_orientation_is_the_one_that_decoders_obey() -> None:
    claims = [Claims("xmp", {"exif_orientation": 6}), Claims("exif", {"exif_orientation": 1})]
    assert merge(claims) == {"exif_orientation": Fact(1, "exif")}


def test_the_date_keeps_the_source_of_its_field() -> None:
    moment = Moment(datetime(2019, 5, 21, 10, 45, 52), 120)
    facts = merge([Claims("exif", dates=(DateClaim("EXIF DateTimeOriginal", moment, "exif"),))])
    assert facts == {
        "taken": Fact("2019-05-21T10:45:52", "exif"),
        "taken_offset_min": Fact(120, "exif"),
        "taken_field": Fact("EXIF DateTimeOriginal", "exif"),
    }
    assert facts.keys() <= NAMES


def test_nothing_is_made_of_what_was_not_found() -> None:
    assert given({"title": "", "keywords": [], "iso": None, "flash": False, "rating": 0}) == {
        "flash": False,
        "rating": 0,
    }
