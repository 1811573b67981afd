"""Faces that are to be blurred are so in everything that is made ready to be sent.

data/face.jpg is a part of NASA's portrait of Eileen Collins (public domain), as scikit-image carries it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from engines.analysis.asking import wish_of
from engines.analysis.blurring import without_faces
from engines.analysis.sending import Parcel, Wish, make_parcel
from engines.cloud.address import Service
from engines.library.cloud.queue import Request
from engines.settings import Cloud
from engines.types import Kind, Pixels
from tests.make_media import make_video

PORTRAIT = Path(__file__).parent / "data" / "face.jpg"
FACE = slice(45, 120), slice(78, 140)  # in it: rows from brow to chin, columns

# Faces in real photos, seen by eye: left, top, right, bottom in px.
REAL = {
    "photos/coco_000000008844.jpg": [(447, 85, 522, 178)],
    "photos/coco_000000009483.jpg": [(88, 73, 132, 130)],
    "photos/coco_000000519208.jpg": [(305, 100, 390, 215)],
    "photos/faces_portrait.jpg": [(313, 160, 403, 285), (578, 105, 660, 250)],
}


def pixels_of(path: Path) -> Pixels:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def details(pixels: Pixels) -> float:
    """How much there is to be told apart: eyes and a mouth give hundreds."""
    return float(cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


def sent(parcel: Parcel) -> Sequence[Pixels]:
    """The pictures in it, of a clip its first one."""
    if parcel.media == "image/jpeg":
        return [np.asarray(Image.open(io.BytesIO(data))) for data in parcel.data]
    with av.open(io.BytesIO(parcel.data[0]), "r") as clip:
        return [np.asarray(next(clip.decode(video=0)).to_ndarray(format="rgb24"), np.uint8)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    path.write_bytes(make_video((240, 240), pictures=[pixels_of(PORTRAIT)] * 10, codec="libx264"))
    return path


@pytest.mark.parametrize(
    ("kind", "form"), [(Kind.PHOTO, "jpegs"), (Kind.PHOTO, "clip"), (Kind.VIDEO, "sheet"), (Kind.VIDEO, "small clip")]
)
def test_no_face_leaves_in_any_form(film: Path, kind: Kind, form: str) -> None:
    path = PORTRAIT if kind is Kind.PHOTO else film
    for is_wanted in (False, True):
        wish = Wish(str(path), kind, form, 2 if kind is Kind.VIDEO else 1, without_faces=is_wanted)
        for picture in sent(make_parcel(wish)):
            for left in range(0, picture.shape[1], 240):  # a sheet has several
                shown = picture[:, left : left + 240]
                assert (details(shown[FACE]) < 30) is is_wanted


def test_the_setting_holds_for_samples_and_for_what_is_sent() -> None:
    request = Request(1, 1, "description", None, None, again=False, tries=0, path="a.jpg", kind=Kind.PHOTO)
    service = Service("http://localhost:11434/v1")
    assert not wish_of(request, Cloud(), service).without_faces
    assert wish_of(request, Cloud(blur_faces=True), service).without_faces


def test_a_face_that_fills_the_picture_is_blurred() -> None:
    face = np.ascontiguousarray(pixels_of(PORTRAIT)[FACE])
    eyes_and_mouth = slice(0, 62)
    assert details(without_faces(face)[eyes_and_mouth]) < details(face[eyes_and_mouth]) / 5


def test_the_rest_of_a_picture_stays_and_so_does_what_it_was_made_of() -> None:
    pixels = pixels_of(PORTRAIT)
    before = pixels.copy()
    wide = np.hstack([np.full((240, 600, 3), 90, np.uint8), pixels])
    assert (without_faces(wide)[:, :400] == 90).all()
    without_faces(pixels)
    assert (pixels == before).all()


@pytest.mark.parametrize("size", [(1, 1), (3, 2000)])
def test_the_smallest_and_the_narrowest_picture_is_taken(size: tuple[int, int]) -> None:
    pixels = np.full((size[1], size[0], 3), 90, np.uint8)
    assert (without_faces(pixels) == pixels).all()


def test_real_faces_are_blurred_also_from_the_side(media_folder: Path) -> None:
    for name, faces in REAL.items():
        pixels = pixels_of(media_folder / name)
        blurred = without_faces(pixels)
        for left, top, right, bottom in faces:
            face = slice(top, bottom), slice(left, right)
            assert details(blurred[face]) < details(pixels[face]) / 5, name
