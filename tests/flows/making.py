"""Small photos made for a test: each another picture, some with facts about themselves."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PIL import Image

DATE_TIME_ORIGINAL, EXIF_DIRECTORY, GPS_DIRECTORY, MAKE, MODEL = 36867, 0x8769, 0x8825, 271, 272
SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmp:Rating="{rating}"><dc:subject><rdf:Bag><rdf:li>{keyword}</rdf:li></rdf:Bag></dc:subject></rdf:Description>
</rdf:RDF></x:xmpmeta>"""


def make_photo(
    path: Path, number: int = 0, *, size: tuple[int, int] = (160, 120), grain: int = 8, form: str = "JPEG"
) -> Path:
    """A photo that says when (June 2019, by its number) and where it was taken. grain: px; 1 is noise, hard to pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = size
    coarse = np.random.default_rng(number).integers(0, 256, (-(-height // grain), -(-width // grain), 3), np.uint8)
    pixels = coarse.repeat(grain, axis=0).repeat(grain, axis=1)[:height, :width]
    Image.fromarray(pixels).save(os.fsencode(path), form, exif=_facts(number))
    return path


def make_sidecar(photo: Path, *, rating: int, keyword: str) -> None:
    """The XMP file beside a photo."""
    photo.with_suffix(".xmp").write_text(SIDECAR.format(rating=rating, keyword=keyword), "utf-8")


def _facts(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[MODEL] = "NIKON CORPORATION", f"NIKON D{number % 4}"
    exif.get_ifd(EXIF_DIRECTORY)[DATE_TIME_ORIGINAL] = f"2019:06:{number % 28 + 1:02} 12:00:{number % 60:02}"
    exif.get_ifd(GPS_DIRECTORY).update({1: "N", 2: (48.0, float(number % 60), 0.0), 3: "E", 4: (11.0, 30.0, 0.0)})
    return exif
