"""Faces that are to be blurred are so in everything that is made ready to be sent.

data/face.jpg is a part of NASA's portrait of Eileen Collins (public domain), as scikit-image carries it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from engines.analysis.asking import wish_of
from engines.analysis.blurring import without_faces
from engines.analysis.sending import Parcel, Wish, make_parcel
from engines.cloud.address import Service
from engines.inference.faces import NETWORK, faces_in
from engines.library.cloud.queue import Request
from engines.settings import Cloud
from engines.types import Kind, Pixels
from tests.make_media import make_video

FACE = Path(__file__).parent / "data" / "face.jpg"


def pixels_of(path: Path) -> Pixels:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def sent(parcel: Parcel) -> Sequence[Pixels]:
    """The pictures in it, of a clip its first one."""
    if parcel.media == "image/jpeg":
        return [np.asarray(Image.open(io.BytesIO(data))) for data in parcel.data]
    with av.open(io.BytesIO(parcel.data[0]), "r") as clip:
        return [np.asarray(next(clip.decode(video=0)).to_ndarray(format="rgb24"), np.uint8)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    path.write_bytes(make_video((240, 240), pictures=[pixels_of(FACE)] * 10, codec="libx264"))
    return path


@pytest.mark.parametrize(
    ("kind", "form", "faces"),
    [(Kind.PHOTO, "jpegs", 1), (Kind.PHOTO, "clip", 1), (Kind.VIDEO, "sheet", 2)],
)
def test_no_face_leaves_in_any_form(film: Path, kind: Kind, form: str, faces: int) -> None:
    path = FACE if kind is Kind.PHOTO else film
    for is_wanted in (False, True):
        wish = Wish(str(path), kind, form, 2 if kind is Kind.VIDEO else 1, without_faces=is_wanted)
        pictures = sent(make_parcel(wish))
        assert sum(len(faces_in(one)) for one in pictures) == (0 if is_wanted else faces)


def test_the_setting_holds_for_samples_and_for_what_is_sent() -> None:
    request = Request(1, 1, "description", None, None, again=False, tries=0, path="a.jpg", kind=Kind.PHOTO)
    service = Service("http://localhost:11434/v1")
    assert not wish_of(request, Cloud(), service).without_faces
    assert wish_of(request, Cloud(blur_faces=True), service).without_faces


def test_nothing_of_a_face_is_left_and_the_rest_stays() -> None:
    pixels = pixels_of(FACE)
    ((left, top, width, height),) = faces_in(pixels).astype(int).tolist()
    blurred = without_faces(pixels)
    face = blurred[top : top + height, left : left + width].astype(np.int16)
    assert max(np.abs(np.diff(face, axis=axis)).max() for axis in (0, 1)) < 12  # no edge: eyes and mouth have many
    assert (blurred[200:] == pixels[200:]).all()
    assert not np.shares_memory(blurred, pixels)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000)])
def test_the_smallest_and_the_narrowest_picture_has_no_face(size: tuple[int, int]) -> None:
    pixels = np.full((size[1], size[0], 3), 90, np.uint8)
    assert (without_faces(pixels) == pixels).all()


def test_real_faces_are_found_also_from_the_side(media_folder: Path) -> None:
    with (media_folder / "labels.csv").open(encoding="utf-8", newline="") as table:
        files = {row["file"] for row in csv.DictReader(table)}
    faces = {
        "photos/faces_portrait.jpg": 2,
        "photos/coco_000000008844.jpg": 3,
        "photos/coco_000000519208.jpg": 1,
    }
    assert files.issuperset(faces)
    for name, count in faces.items():
        assert len(faces_in(pixels_of(media_folder / name))) >= count, name


def test_the_network_is_the_one_that_its_licence_names() -> None:
    assert hashlib.sha256(NETWORK.read_bytes()).hexdigest() in (NETWORK.parent / "LICENSE").read_text("utf-8")
