"""The content phase: what the pixels alone tell about a picture."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engines.analysis.pixels import colours
from engines.analysis.pixels.noise import noise_of
from engines.analysis.pixels.perceptual_hash import perceptual_hash_of
from engines.analysis.pixels.quality import quality_of
from engines.analysis.pixels.sharpness import sharpness_of
from engines.analysis.pixels.tone import tone_of
from engines.analysis.pixels.views import views_of
from engines.types import Fact, Findings, Frame

if TYPE_CHECKING:
    from engines.media.open_file import OpenFile


def look(file: OpenFile) -> Findings:
    """All facts of the content phase. Raises MediaError when the file gives no picture."""
    return Findings(facts={name: Fact(value, "pixels") for name, value in measure(file.frame).items()})


def measure(frame: Frame) -> dict[str, Any]:
    """The facts by the names of engines.facts; numbers are rounded to a little finer than they can be trusted."""
    views = views_of(frame.pixels)
    tone = tone_of(views)
    noise = noise_of(views.grey)
    sharpness = sharpness_of(views.grey, noise)
    quality = quality_of(views, sharpness, tone, noise, (frame.width, frame.height))
    return {
        "sharpness": round(sharpness, 3),
        "exposure": round(tone.exposure, 3),
        "clipped_dark": round(tone.clipped_dark, 4),
        "clipped_bright": round(tone.clipped_bright, 4),
        "contrast": round(tone.contrast, 3),
        "noise": round(noise, 2),
        "colourfulness": round(colours.colourfulness_of(views.small), 1),
        "colours": [asdict(colour) for colour in colours.colours_of(views.small)],
        "mean_colour": colours.mean_colour_of(views.small),
        "quality": round(quality.score, 3),
        "quality_reasons": list(quality.reasons),
        "perceptual_hash": perceptual_hash_of(views.grey),
    }
