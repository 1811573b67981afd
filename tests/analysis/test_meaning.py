"""What the meaning phase makes of the networks' outputs."""

from __future__ import annotations

import numpy as np
import pytest

from engines.analysis.meaning import findings_of
from engines.name_vectors import name_vectors
from engines.types import FIRST_OBJECT
from engines.vocabulary import coco, imagenet

LABEL = {label.name: label.index for label in imagenet()}
OBJECT = {label.name: label.index for label in coco()}


def outputs(labels: dict[str, float], objects: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    probabilities, scores = np.zeros(1000, np.float32), np.zeros((3, 80), np.float32)
    for name, value in labels.items():
        probabilities[LABEL[name]] = value
    for name, value in objects.items():
        scores[1, OBJECT[name]] = value
    return probabilities, scores


def test_faint_things_are_kept_for_searches_and_hidden_classes_are_not() -> None:
    hidden = next(label for label in imagenet() if label.hidden)
    probabilities, scores = outputs({"beagle": 0.03, "teapot": 0.01}, {"dog": 0.06, "cat": 0.01})
    probabilities[hidden.index] = 0.9
    sightings = findings_of(probabilities, scores).sightings
    assert {one.kind: one.score for one in sightings} == {
        LABEL["beagle"]: pytest.approx(0.03),
        FIRST_OBJECT + OBJECT["dog"]: pytest.approx(0.06),
    }


def test_the_vector_points_to_the_names_of_what_was_seen() -> None:
    vector = findings_of(*outputs({"beagle": 0.6, "lakeside": 0.2}, {"dog": 0.9})).vector
    assert vector is not None
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1)
    known = name_vectors()
    nearest = [known.names[row] for row in np.argsort(-(known.vectors @ vector))[:2]]
    assert set(nearest) == {"dog", "beagle"}


def test_a_picture_without_anything_has_no_vector() -> None:
    findings = findings_of(np.zeros(1000, np.float32), np.zeros((0, 80), np.float32))
    assert (findings.vector, findings.sightings) == (None, ())
