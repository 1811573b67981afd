from __future__ import annotations

import pytest

from engines.media.metadata import cameras


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D300", "Nikon D300"),
        ("NIKON", "COOLPIX P6000", "Nikon COOLPIX P6000"),
        ("Canon", "Canon EOS 6D", "Canon EOS 6D"),
        ("samsung", "SM-S906U", "Samsung SM-S906U"),
        ("SAMSUNG TECHWIN", "SAMSUNG S630", "Samsung S630"),
        ("FUJIFILM", "FinePix S5500", "Fujifilm FinePix S5500"),
        ("FUJI PHOTO FILM CO., LTD.", "SP-3000", "Fujifilm SP-3000"),
        ("OLYMPUS OPTICAL CO.,LTD", "C750UZ", "Olympus C750UZ"),
        ("OLYMPUS IMAGING CORP.", "E-M10", "Olympus E-M10"),
        ("PENTAX Corporation", "PENTAX K10D", "Pentax K10D"),
        ("Minolta Co., Ltd.", "DiMAGE X", "Minolta DiMAGE X"),
        ("KONICA MINOLTA", "MAXXUM 7D", "Konica Minolta MAXXUM 7D"),
        ("Konica Minolta Camera, Inc.", "DiMAGE Z3", "Konica Minolta DiMAGE Z3"),
        ("EASTMAN KODAK COMPANY", "KODAK Z740 ZOOM DIGITAL CAMERA", "Kodak Z740 ZOOM DIGITAL CAMERA"),
        ("JK Imaging, Ltd.", "KODAK PIXPRO FZ201", "Kodak PIXPRO FZ201"),
        ("Hewlett-Packard", "HP PhotoSmart C945", "HP PhotoSmart C945"),
        ("LG Electronics", "LG-H870", "LG-H870"),
        ("Jolla", "Jolla", "Jolla"),
        ("Apple", "iPhone 15 Pro", "Apple iPhone 15 Pro"),
        ("Polyphony Digital Inc.", "Gran Turismo 5", "Polyphony Digital Gran Turismo 5"),
        ("", "QV-10", "QV-10"),
        ("Acme Corp", "", "Acme"),
        ("", "", ""),
        ("  SONY \0\0", "DSC-HX5V   ", "Sony DSC-HX5V"),
    ],
)
def test_cameras_are_called_what_people_call_them(make: str, model: str, camera: str) -> None:
    assert cameras.camera(make, model) == camera


def test_the_model_stays_as_it_is_stored() -> None:
    assert cameras.facts("NIKON CORPORATION", "NIKON D300 ") == {
        "camera_make": "Nikon",
        "camera_model": "NIKON D300",
        "camera": "Nikon D300",
    }


def test_a_longer_word_is_not_the_maker() -> None:
    assert cameras.maker("Applebaum") == "Applebaum"
