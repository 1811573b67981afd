"""Makes films in which things move that were cut out of real photos: how many there are, and when, is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from engines.types import Pixels

SIZE = 640, 360  # px
_SOFT = 0.04  # of a cut-out's longer side: how soft its edge is

Way = Callable[[float], tuple[float, float] | None]  # where its middle is at a second, in px; None: not there


@dataclass(frozen=True, slots=True)
class Cutout:
    """A thing with some of what is around it. box: in the photo, left, top, width, height. round: an ellipse is cut."""

    photo: str
    box: tuple[float, float, float, float]
    label: str
    is_round: bool = True

    def picture(self, folder: Path, height: int) -> Image.Image:
        """RGBA, of this height."""
        left, top, width, tall = self.box
        with Image.open(folder / "photos" / self.photo) as image:
            cut = image.convert("RGB").crop((int(left), int(top), int(left + width), int(top + tall)))
        cut = cut.resize((round(height * cut.width / cut.height), height))
        soft = round(_SOFT * max(cut.size))
        mask = Image.new("L", cut.size, 0)
        inner = (soft, soft, cut.width - soft, cut.height - soft)
        draw = ImageDraw.Draw(mask)
        (draw.ellipse if self.is_round else draw.rectangle)(inner, fill=255)
        cut.putalpha(mask.filter(ImageFilter.GaussianBlur(soft / 2)))
        return cut


# What the starter set's detector knows again when it is cut out and moved.
BUS = Cutout("coco_000000423617.jpg", (140, 108, 312, 240), "bus", is_round=False)
CAT = Cutout("coco_000000196393.jpg", (0, 80, 290, 350), "cat", is_round=False)
BEAR = Cutout("coco_000000229997.jpg", (180, 100, 265, 220), "bear")
STOP = Cutout("coco_000000460229.jpg", (40, 68, 260, 250), "stop sign")
AIRPLANE = Cutout("coco_000000205401.jpg", (90, 120, 470, 170), "airplane", is_round=False)
ELEPHANT = Cutout("coco_000000007108.jpg", (115, 16, 312, 411), "elephant")
SKIER = Cutout("coco_000000000785.jpg", (270, 35, 240, 365), "person")


@dataclass(frozen=True, slots=True)
class Actor:
    """A cut-out of this height in px, and its way."""

    cutout: Cutout
    height: int
    way: Way


def line(start: tuple[float, float], end: tuple[float, float], seconds: float) -> Way:
    """From one place to another, at one speed."""

    def at(time_s: float) -> tuple[float, float]:
        share = time_s / seconds
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    return at


def away(way: Way, start_s: float, end_s: float) -> Way:
    """The same, but out of sight for a while."""
    return lambda time_s: None if start_s <= time_s < end_s else way(time_s)


def make_moving(path: Path, media: Path, actors: Sequence[Actor], seconds: float, *, fps: int = 12) -> None:
    """Write the film. Those who come later in the list go in front. media: the folder of real photos."""
    with Image.open(media / "photos" / "china.jpg") as image:
        ground = ImageOps.fit(image.convert("RGB"), SIZE).filter(ImageFilter.GaussianBlur(25))
    pictures = [actor.cutout.picture(media, actor.height) for actor in actors]
    with av.open(path, "w") as output:
        stream = output.add_stream("libx264", rate=fps, options={"preset": "superfast"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(round(seconds * fps)):
            pixels = _frame(ground, actors, pictures, number / fps)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode(None))


def _frame(ground: Image.Image, actors: Sequence[Actor], pictures: Sequence[Image.Image], time_s: float) -> Pixels:
    frame = ground.copy()
    for actor, picture in zip(actors, pictures, strict=True):
        place = actor.way(time_s)
        if place is not None:
            corner = round(place[0] - picture.width / 2), round(place[1] - picture.height / 2)
            frame.paste(picture, corner, picture)
    return np.asarray(frame)
