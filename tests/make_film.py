"""Makes films of which every boundary is known: scenes that the camera pans over, with cuts, fades and dissolves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
from PIL import Image, ImageOps

from engines.types import Pixels

_LARGER = 1.15  # than the film: room for the camera to pan


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture for so many seconds. joint: how the next scene follows: 'cut', 'fade' or 'dissolve', of joint_s."""

    picture: Pixels
    seconds: float
    joint: str = "cut"
    joint_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Truth:
    """boundaries: seconds at which a new scene begins; of a gradual one its middle. shots: from and to."""

    boundaries: Sequence[float]
    shots: Sequence[tuple[float, float]]


def made_picture(seed: int) -> Pixels:
    """A picture of coloured clouds, each with a palette of its own."""
    random = np.random.default_rng(seed)
    palette = random.integers(0, 256, (3, 3))
    weights = random.random((5, 7, 3)) ** 3
    small = (weights @ palette / weights.sum(axis=2, keepdims=True)).clip(0, 255).astype(np.uint8)
    cloudy = np.asarray(cv2.resize(small, (320, 180), interpolation=cv2.INTER_CUBIC), np.int16)
    return np.asarray((cloudy + random.integers(-12, 13, cloudy.shape)).clip(0, 255), np.uint8)


def real_picture(path: Path) -> Pixels:
    """A photo, upright."""
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def make_film(
    path: Path,
    scenes: Sequence[Scene],
    *,
    size: tuple[int, int] = (320, 180),
    fps: int = 25,
    codec: str = "libx264",
    keyframes: int | None = None,
    options: Mapping[str, str] | None = None,
) -> Truth:
    """Write the film. keyframes: every so many frames one, none at cuts; None: as the encoder likes it."""
    fixed = {"g": str(keyframes), "sc_threshold": "0"} if keyframes is not None else {}
    preset = {"preset": "superfast"} if codec in ("libx264", "libx265") else {}
    with av.open(path, "w") as output:
        stream = cast(
            av.VideoStream, output.add_stream(codec, rate=fps, options={**preset, **fixed, **(options or {})})
        )
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for pixels in _frames(scenes, size, fps):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode(None))
    return truth_of(scenes, fps)


def truth_of(scenes: Sequence[Scene], fps: int) -> Truth:
    """Each scene takes its seconds; a joint lies half in the one before and half in the next."""
    ends = np.cumsum([round(scene.seconds * fps) for scene in scenes]) / fps
    return Truth(ends[:-1].tolist(), list(zip([0.0, *ends[:-1]], ends.tolist(), strict=True)))


def _frames(scenes: Sequence[Scene], size: tuple[int, int], fps: int) -> Iterator[Pixels]:
    shown = [_camera(scene, size, fps) for scene in scenes]
    counts = [round(scene.seconds * fps) for scene in scenes]
    for number, (scene, count) in enumerate(zip(scenes, counts, strict=True)):
        before = scenes[number - 1] if number else None
        for frame in range(count):
            pixels = shown[number](frame)
            since, left = (frame + 0.5) / fps, (count - frame - 0.5) / fps
            if before is not None and before.joint != "cut" and since < before.joint_s / 2:
                other = shown[number - 1](counts[number - 1] + frame)
                pixels = _joined(before.joint, pixels, other, 0.5 + since / before.joint_s)
            elif number + 1 < len(scenes) and scene.joint != "cut" and left < scene.joint_s / 2:
                other = shown[number + 1](frame - count)
                pixels = _joined(scene.joint, pixels, other, 0.5 + left / scene.joint_s)
            yield pixels


def _joined(joint: str, pixels: Pixels, other: Pixels, share: float) -> Pixels:
    """share: of the picture itself, from 0.5 in the middle of the joint to 1."""
    if joint == "fade":
        return np.asarray(pixels * (2 * share - 1), np.uint8)
    return np.asarray(pixels * share + other * (1 - share), np.uint8)


def _camera(scene: Scene, size: tuple[int, int], fps: int) -> Callable[[int], Pixels]:
    """The frame of a number, which may lie a little outside: a pan from corner to corner."""
    wide, high = (round(side * _LARGER) for side in size)
    large = np.asarray(ImageOps.fit(Image.fromarray(scene.picture), (wide, high)))
    count = scene.seconds * fps

    def show(frame: int) -> Pixels:
        share = min(max(frame / count, 0.0), 1.0)
        left, top = int(share * (wide - size[0])), int((1 - share) * (high - size[1]))
        return np.ascontiguousarray(large[top : top + size[1], left : left + size[0]])

    return show


def make_numbered_film(path: Path, times: Sequence[float], *, keyframes: int = 5) -> Path:
    """Each frame comes at one of these seconds and is as bright as its number times 16 and 8."""
    with av.open(path, "w") as output:
        options = {"preset": "superfast", "g": str(keyframes), "sc_threshold": "0", "bf": "2", "qp": "1"}
        stream = output.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 96, 64, "yuv420p", Fraction(1, 1000)
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, time_s in enumerate(times):
            frame = av.VideoFrame.from_ndarray(np.full((64, 96, 3), 16 * number + 8, np.uint8), format="rgb24")
            frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path
