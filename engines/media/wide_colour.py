"""Brings the wide and high-dynamic-range colours of new phones' and cameras' videos and pictures to sRGB."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

# Numbers of ITU-T H.273.
_BT2020, _DCI_P3, _DISPLAY_P3 = 9, 11, 12
_PQ, _HLG = 16, 18
_TO_BT709 = {
    _BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    _DCI_P3: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
    _DISPLAY_P3: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
}
_WHITE_NITS = 203.0  # of a sheet of white paper in HDR. Source: ITU-R BT.2408, 2.2
_HLG_PEAK_NITS, _HLG_GAMMA = 1000.0, 1.2  # of the display that HLG is graded for. Source: ITU-R BT.2100, table 5
_KNEE = 0.75  # share of white from which on highlights are pressed together
_STEPS = 4095  # of the table that encodes sRGB; fine enough for 8 bits


@dataclass(frozen=True, slots=True)
class Colours:
    """What RGB values mean: primaries and transfer by their numbers in ITU-T H.273."""

    primaries: int
    transfer: int

    @property
    def is_wide(self) -> bool:
        """Whether showing them as if they were sRGB would be wrong to the eye."""
        return self.transfer in (_PQ, _HLG) or self.primaries in _TO_BT709


def eight_bit_to_srgb(pixels: Pixels, colours: Colours) -> Pixels:
    """The same for pixels of 0 to 255; unchanged where they are near enough to sRGB."""
    return to_srgb(pixels.astype(np.uint16) * 257, colours) if colours.is_wide else pixels


def to_srgb(pixels: NDArray[np.uint16], colours: Colours) -> Pixels:
    """pixels: (H, W, 3) RGB, 0 to 65535, encoded as `colours` say. What is brighter than white paper is compressed."""
    light = _decoding_table(colours.transfer)[pixels]
    if colours.transfer == _HLG:
        luminance = light @ np.array([0.2627, 0.6780, 0.0593], np.float32)
        light *= (luminance ** (_HLG_GAMMA - 1))[:, :, np.newaxis] * np.float32(_HLG_PEAK_NITS / _WHITE_NITS)
    if colours.primaries in _TO_BT709:
        light = np.asarray(cv2.transform(light, np.array(_TO_BT709[colours.primaries], np.float32)), dtype=np.float32)
    if colours.transfer in (_PQ, _HLG):
        light = _compressed(light)
    steps = np.clip(light * _STEPS + 0.5, 0, _STEPS).astype(np.uint16)
    return np.asarray(_encoding_table()[steps])


def _compressed(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Light with its highlights below 1, each colour scaled as a whole so that it keeps its hue."""
    brightest = np.maximum(light.max(axis=2, keepdims=True), 1e-6)
    excess = np.maximum(brightest - _KNEE, 0) / (1 - _KNEE)
    wanted = np.where(brightest > _KNEE, _KNEE + (1 - _KNEE) * (1 - np.exp(-excess)), brightest)
    return np.asarray(light * (wanted / brightest), dtype=np.float32)


@lru_cache
def _decoding_table(transfer: int) -> NDArray[np.float32]:
    """Light for each of the 65,536 values; white paper is 1 (of HLG, before its display gamma: the peak is 1)."""
    value = np.linspace(0, 1, 65_536)
    if transfer == _PQ:  # ITU-R BT.2100, table 4
        power = value ** (32 / 2523)
        light = (np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (8192 / 1305)
        light *= 10_000 / _WHITE_NITS
    elif transfer == _HLG:  # ITU-R BT.2100, table 5
        light = np.where(value <= 0.5, value**2 / 3, (np.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    else:  # sRGB; BT.709 and BT.2020 are shown on the same screens with nearly the same curve
        light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


@lru_cache
def _encoding_table() -> NDArray[np.uint8]:
    light = np.linspace(0, 1, _STEPS + 1)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (value * 255 + 0.5).astype(np.uint8)
