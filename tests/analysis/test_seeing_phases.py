"""The phases of networks: what the answers mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pytest

from engines.analysis import labels, objects
from engines.analysis.shown import shown
from engines.types import Findings, Outputs
from engines.vocabulary import coco, imagenet, nodes
from tests.seeing import OBJECTS

SIZE = (640, 480)

Seen = tuple[str, float, tuple[float, float, float, float]]  # label, score, centre x and y, width, height


def answers(probabilities: Mapping[str, float] = MappingProxyType({}), seen: Sequence[Seen] = ()) -> Outputs:
    """Both networks' answers: the first class of each name has this probability; boxes as fractions of the square."""
    likely = np.zeros(1000, np.float32)
    for name, value in probabilities.items():
        likely[next(label.index for label in imagenet() if label.name == name)] = value
    boxes, scores = np.zeros((2535, 4), np.float32), np.zeros((2535, 80), np.float32)
    for row, (name, score, box) in enumerate(seen):
        boxes[row] = box
        scores[row, next(label.index for label in coco() if label.name == name)] = score
    return {labels.NETWORK: {"probabilities": likely}, OBJECTS: {"boxes": boxes, "scores": scores}}


def scores(findings: Findings) -> dict[str, float]:
    return {tag.name: tag.score for tag in findings.tags}


def test_a_label_counts_for_the_kinds_above_it() -> None:
    found = scores(labels.interpret(answers({"golden retriever": 0.8}), SIZE))
    assert found["golden retriever"] == found["dog"] == found["animal"] == pytest.approx(0.8)


def test_many_unlikely_breeds_are_a_likely_dog() -> None:
    breeds = dict.fromkeys(["golden retriever", "beagle", "pug", "chow chow"], 0.2)
    found = scores(labels.interpret(answers(breeds), SIZE))
    assert found["dog"] == pytest.approx(0.8)
    assert "beagle" not in found


def test_what_is_hardly_likely_is_not_said_but_kept_as_the_network_said_it() -> None:
    findings = labels.interpret(answers({"banana": 0.2}), SIZE)
    assert findings.tags == ()
    assert findings.facts["raw_labels"].value == [{"label": "banana", "score": 0.2}]


def test_a_name_may_need_more_than_others() -> None:
    """Else an old alley is a prison."""
    assert "prison" not in scores(labels.interpret(answers({"prison": 0.6}), SIZE))
    assert "prison" in scores(labels.interpret(answers({"prison": 0.8}), SIZE))


def test_every_name_with_a_limit_of_its_own_is_one() -> None:
    assert set(shown().labels.own) <= set(nodes())
    assert set(shown().beside_people.kinds) <= set(nodes())


def test_hidden_labels_are_not_said() -> None:
    hidden = next(label.name for label in imagenet() if label.hidden)
    findings = labels.interpret(answers({hidden: 0.9}), SIZE)
    assert findings.tags == ()
    assert len(findings.facts["raw_labels"].value) == 1


def test_nobody_is_called_an_ape() -> None:
    person = [("person", 0.15, (0.5, 0.5, 0.2, 0.2))]
    assert "gorilla" in scores(labels.interpret(answers({"gorilla": 0.9}), SIZE))
    assert scores(labels.interpret(answers({"gorilla": 0.9}, person), SIZE)) == {}


def test_boxes_are_fractions_of_the_upright_picture() -> None:
    """A picture of 640 x 480 fills the middle three quarters of the square."""
    (box,) = objects.interpret(answers(seen=[("dog", 0.9, (0.5, 0.5, 1.0, 0.75))]), SIZE).boxes
    assert (box.label, round(box.score, 2)) == ("dog", 0.9)
    assert (box.left, box.top, box.width, box.height) == pytest.approx((0.0, 0.0, 1.0, 1.0))


def test_two_boxes_around_one_thing_are_one() -> None:
    twice = [("dog", 0.9, (0.5, 0.5, 0.4, 0.4)), ("dog", 0.7, (0.51, 0.5, 0.4, 0.4))]
    assert len(objects.interpret(answers(seen=twice), SIZE).boxes) == 1


def test_things_of_two_kinds_may_share_a_place() -> None:
    both = [("person", 0.9, (0.5, 0.5, 0.4, 0.4)), ("horse", 0.7, (0.5, 0.5, 0.4, 0.4))]
    assert {box.label for box in objects.interpret(answers(seen=both), SIZE).boxes} == {"person", "horse"}


def test_tags_count_things_and_the_kinds_above_them() -> None:
    seen = [("dog", 0.9, (0.2, 0.5, 0.2, 0.2)), ("dog", 0.6, (0.5, 0.5, 0.2, 0.2)), ("cat", 0.7, (0.8, 0.5, 0.2, 0.2))]
    findings = objects.interpret(answers(seen=seen), SIZE)
    counts = {tag.name: (tag.count, round(tag.score, 2)) for tag in findings.tags}
    assert (counts["dog"], counts["cat"], counts["animal"]) == ((2, 0.9), (1, 0.7), (3, 0.9))
    assert findings.facts["object_count"].value == 3


def test_faint_boxes_are_not_told() -> None:
    findings = objects.interpret(answers(seen=[("dog", 0.2, (0.5, 0.5, 0.4, 0.4))]), SIZE)
    assert (findings.boxes, findings.tags, findings.facts["object_count"].value) == ((), (), 0)
