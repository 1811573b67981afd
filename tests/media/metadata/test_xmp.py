from __future__ import annotations

from typing import Any

import pytest

from engines.media import metadata
from engines.media.metadata import xmp
from tests.media.metadata.making import bag
from tests.media.metadata.making import xmp as packet


def values_of(data: bytes) -> dict[str, Any]:
    return {name: fact.value for name, fact in metadata.read_sidecar(data).items()}


def test_what_people_write_becomes_facts() -> None:
    data = packet(
        bag("dc:title", "Ladybug", kind="Alt")
        + bag("dc:description", "On a leaf", kind="Alt")
        + bag("dc:subject", "red", "beetle")
        + bag("dc:creator", "Ann", "Bob", kind="Seq")
        + bag("dc:rights", "CC BY", kind="Alt")
        + "<photoshop:City>Bochum</photoshop:City>",
        xmp_Rating="4",
        xmp_Label="Red",
        photoshop_Country="Germany",
        Iptc4xmpCore_Location="Garden",
        xmp_CreatorTool="darktable 4.6",
    )
    assert values_of(data) == {
        "title": "Ladybug",
        "caption": "On a leaf",
        "keywords": ["red", "beetle"],
        "creator": "Ann, Bob",
        "copyright": "CC BY",
        "place": "Garden, Bochum, Germany",
        "rating": 4,
        "colour_label": "Red",
        "software": "darktable 4.6",
    }


def test_what_a_camera_writes_becomes_facts() -> None:
    data = packet(
        bag("exif:ISOSpeedRatings", "200", kind="Seq")
        + '<exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired></exif:Flash>',
        tiff_Make="Canon",
        tiff_Model="Canon EOS 50D",
        tiff_Orientation="6",
        aux_Lens="EF100mm f/2.8 Macro USM",
        exif_ExposureTime="1/160",
        exif_FNumber="71/10",
        exif_ExposureBiasValue="-2/3",
        exif_FocalLength="100/1",
        exif_GPSLatitude="51,15.29109N",
        exif_GPSLongitude="7,23.3681E",
        exif_GPSAltitude="1500/10",
        exif_GPSImgDirection="206/1",
        exif_DateTimeOriginal="2011-07-10T19:34:28.12+02:00",
        GPano_ProjectionType="equirectangular",
    )
    assert values_of(data) == {
        "camera_make": "Canon",
        "camera_model": "Canon EOS 50D",
        "camera": "Canon EOS 50D",
        "exif_orientation": 6,
        "lens": "EF100mm f/2.8 Macro USM",
        "exposure_s": 0.00625,
        "aperture": 7.1,
        "exposure_bias_ev": -0.66666667,
        "focal_mm": 100.0,
        "iso": 200,
        "flash": True,
        "latitude": 51.2548515,
        "longitude": 7.3894683,
        "altitude_m": 150.0,
        "direction_deg": 206.0,
        "taken": "2011-07-10T19:34:28.12",
        "taken_offset_min": 120,
        "taken_field": "XMP exif:DateTimeOriginal",
        "projection": "equirectangular",
    }


def test_facts_of_a_sidecar_say_so() -> None:
    assert {fact.source for fact in metadata.read_sidecar(packet(xmp_Rating="3")).values()} == {"sidecar"}


def test_a_sidecar_does_not_date_a_picture_by_its_scan() -> None:
    assert "taken" not in values_of(packet(xmp_CreateDate="2015-03-04T10:00:00"))


@pytest.mark.parametrize(
    ("date", "taken", "field"),
    [
        ("1962", "1962-01-01T00:00:00", "XMP photoshop:DateCreated (year only)"),
        ("1962-05", "1962-05-01T00:00:00", "XMP photoshop:DateCreated (month only)"),
        ("1962-05-04", "1962-05-04T00:00:00", "XMP photoshop:DateCreated (day only)"),
    ],
)
def test_a_date_that_is_known_in_part_says_how_far(date: str, taken: str, field: str) -> None:
    values = values_of(packet(photoshop_DateCreated=date))
    assert (values["taken"], values["taken_field"]) == (taken, field)


@pytest.mark.parametrize(
    ("attributes", "rating"),
    [
        ({"xmp_Rating": "5"}, 5),
        ({"xmp_Rating": "3.0"}, 3),
        ({"xmp_Rating": "-1"}, -1),
        ({"xmp_Rating": "0"}, 0),
        ({"xmp_Rating": "75"}, 4),
        ({"MicrosoftPhoto_Rating": "1"}, 1),
        ({"MicrosoftPhoto_Rating": "25"}, 2),
        ({"MicrosoftPhoto_Rating": "99"}, 5),
        ({"xmp_Rating": "", "MicrosoftPhoto_Rating": "50"}, 3),
        ({"xmp_Rating": "many"}, None),
        ({"xmp_Rating": "1e9"}, None),
        ({"xmp_Rating": "nan"}, None),
        ({"xmp_Rating": "1/0"}, None),
    ],
)
def test_stars_are_read_from_every_scale(attributes: dict[str, str], rating: int | None) -> None:
    assert values_of(packet(**attributes)).get("rating") == rating


@pytest.mark.parametrize(
    ("elements", "attributes", "label"),
    [
        ("", {"xmp_Label": "Gelb"}, "Gelb"),
        ("", {"digiKam_ColorLabel": "4"}, "Green"),
        ("", {"digiKam_ColorLabel": "0"}, None),
        ("", {"digiKam_ColorLabel": "99999999999999999999"}, None),
        (bag("darktable:colorlabels", "3", kind="Seq"), {}, "Blue"),
    ],
)
def test_colour_labels_are_words(elements: str, attributes: dict[str, str], label: str | None) -> None:
    assert values_of(packet(elements, **attributes)).get("colour_label") == label


def test_levels_of_keywords_are_joined_and_not_repeated_as_flat_ones() -> None:
    data = packet(
        bag("dc:subject", "Germany", "Berlin", "summer")
        + bag("lr:hierarchicalSubject", "Places|Germany|Berlin")
        + bag("digiKam:TagsList", "Places/Germany/Berlin", "People/Ann")
    )
    assert values_of(data)["keywords"] == ["summer", "Places/Germany/Berlin", "People/Ann"]


def test_the_default_language_comes_first() -> None:
    items = '<rdf:li xml:lang="de">Käfer</rdf:li><rdf:li xml:lang="x-default">Beetle</rdf:li>'
    data = packet(f"<dc:title><rdf:Alt>{items}</rdf:Alt></dc:title>")
    assert values_of(data)["title"] == "Beetle"


def test_the_place_shown_stands_in_for_the_place_of_the_camera() -> None:
    place = (
        "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li><rdf:Description>"
        "<Iptc4xmpExt:City>Lisbon</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Portugal</Iptc4xmpExt:CountryName>"
        "</rdf:Description></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>"
    )
    assert values_of(packet(place))["place"] == "Lisbon, Portugal"


def test_a_packet_in_utf16_is_read() -> None:
    data = packet(xmp_Rating="4").decode().replace("\ufeff", "").encode("utf-16")
    assert values_of(data)["rating"] == 4


def test_padding_and_junk_behind_a_packet_do_not_matter() -> None:
    assert values_of(packet(xmp_Rating="4") + b"\0" * 300 + b"junk")["rating"] == 4


def test_a_packet_that_breaks_off_gives_what_came_before() -> None:
    data = packet(bag("dc:subject", "red"), xmp_Rating="4")
    assert values_of(data[: data.index(b"</dc:subject>")]) == {"rating": 4, "keywords": ["red"]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no XML",
        b"<a><b></a>",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b'<?xml version="1.0" encoding="shift_jis"?><a/>',
        b'<?xml version="1.0" encoding="rot13"?><a/>',
        b"\xff\xfe<\0",
    ],
)
def test_what_is_no_packet_says_nothing(data: bytes) -> None:
    assert values_of(data) == {}


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_a_packet_with_declarations_says_nothing(declaration: str) -> None:
    assert values_of(declaration.encode() + packet(xmp_Rating="4")[50:]) == {}
    assert xmp.parse(f"{declaration}<x/>".encode()) == {}


def test_a_million_elements_are_not_read_to_their_end() -> None:
    data = packet(bag("dc:subject", *(f"k{number}" for number in range(100_000))))
    assert len(xmp.parse(data)["dc:subject"]) < 20_000
    assert len(values_of(data)["keywords"]) == 1_000


def test_deep_nesting_ends_the_reading() -> None:
    assert values_of(packet("<dc:x>" * 100_000)) == {}


def test_a_value_of_megabytes_is_cut() -> None:
    data = packet(bag("dc:subject", "x" * 3_000_000))
    assert len(values_of(data)["keywords"][0]) == 512
