"""Makes a film like those of a phone: shots of some seconds, a moving camera, a keyframe every second."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import av
import cv2
import numpy as np

from engines.types import Pixels

_FPS = 30
_SHOT_S = 7.5
_BITS_A_PIXEL = 0.25  # a second and frame; phones write 17 Mbit/s at 1080p
_NOISE, _LIFTED = 3.0, 10.0  # grey levels, as of a phone indoors, and so much brighter that none is cut off
_LARGER = 1.1  # than the film: room for the camera to move


def make(path: Path, seconds: float, size: tuple[int, int]) -> None:
    """size: width, height."""
    options = {"preset": "superfast", "sc_threshold": "0", "bf": "0"}
    with av.open(path, "w") as output:
        stream = output.add_stream("libx264", rate=_FPS, options=options)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.gop_size = _FPS
        stream.bit_rate = int(size[0] * size[1] * _FPS * _BITS_A_PIXEL)
        frames = _frames(size)
        for _ in range(round(seconds * _FPS)):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(next(frames), format="rgb24")))
        output.mux(stream.encode(None))


def _frames(size: tuple[int, int]) -> Iterator[Pixels]:
    """With the noise of a sensor, another in each frame: without it all but keyframes would be next to nothing."""
    random = np.random.default_rng(0)
    noise = (
        random.normal(_LIFTED, _NOISE, (2 * size[1], 2 * size[0], 1)).clip(0, 255).astype(np.uint8).repeat(3, axis=2)
    )
    length = round(_SHOT_S * _FPS)
    for seed in count():
        large = _picture(seed, (int(size[0] * _LARGER), int(size[1] * _LARGER)))
        for frame in range(length):
            share = frame / length
            left, top = int(share * (large.shape[1] - size[0])), int((1 - share) * (large.shape[0] - size[1]))
            grain = _part(noise, int(random.integers(size[0])), int(random.integers(size[1])), size)
            yield np.asarray(cv2.add(_part(large, left, top, size), grain), np.uint8)


def _part(pixels: Pixels, left: int, top: int, size: tuple[int, int]) -> Pixels:
    return pixels[top : top + size[1], left : left + size[0]]


def _picture(seed: int, size: tuple[int, int]) -> Pixels:
    """Coloured clouds with edges."""
    random = np.random.default_rng(seed)
    clouds = cv2.resize(random.integers(0, 236, (9, 16, 3)).astype(np.uint8), size, interpolation=cv2.INTER_CUBIC)
    for _ in range(60):
        corner, side = random.integers(0, size), int(random.integers(size[1] // 40, size[1] // 6))
        colour = tuple(int(value) for value in random.integers(0, 236, 3))
        cv2.rectangle(clouds, corner.tolist(), (corner + side).tolist(), colour, -1)
    return np.asarray(clouds, np.uint8)
