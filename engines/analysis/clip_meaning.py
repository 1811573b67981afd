"""The meaning phase with CLIP: its own vector of the picture, and what searches need of labels and objects."""

from __future__ import annotations

import numpy as np

from engines.analysis import meaning, objects, scenes
from engines.types import Findings, Outputs


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    best = objects.seen_in(outputs)["scores"].max(axis=0, initial=0.0)
    vector = np.asarray(outputs[scenes.NETWORK]["vectors"], np.float32)
    return Findings(vector=vector, sightings=meaning.sightings_of(scenes.likely(outputs), best))
