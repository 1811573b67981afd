"""A network of the user's own, a card and an ONNX file in the data folder, finds objects in place of a set's."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from engines.analysis.networks import networks_on_all
from engines.analysis.phases import phases
from engines.errors import InferenceError, UsageError
from engines.inference import checks, sets
from engines.inference.catalogue import CARD, STARTER_FOLDER, networks_folder
from engines.inference.openvino_engine import OpenVinoRunner
from engines.settings import Settings
from engines.types import ToInfer
from tests.seeing import square

OWN = "my-detector"


@pytest.fixture
def settings() -> Iterator[Settings]:
    yield Settings().with_assignments([f"analysis.detector={OWN}"])
    sets.use("starter")


def own(change: dict[str, Any] | None = None) -> Path:
    """YOLOv3-tiny with real weights, as a user would put it there under another name."""
    folder = networks_folder() / OWN
    shutil.copytree(STARTER_FOLDER / "yolov3-tiny", folder)
    table = tomllib.loads((folder / CARD).read_text("utf-8")) | {"name": OWN, "title": "My detector"} | (change or {})
    (folder / CARD).write_text(tomli_w.dumps(table), "utf-8")
    return folder


def test_it_finds_objects_and_is_named_as_their_origin(settings: Settings) -> None:
    own()
    sets.use("starter", OWN)
    before = {phase.name: phase.networks for phase in phases()}
    assert before["objects"] == (OWN,)
    assert before["labels"] == ("efficientnet-lite2", OWN)
    (networks,) = networks_on_all(settings)
    squares = {OWN: square("yolov3-tiny", 90)}
    (found,) = networks.infer([ToInfer(bytes(16), ("objects",), 640, 480, (OWN,), squares)])
    networks.free()
    assert found.done[0].findings.facts["object_count"].source == OWN
    assert sets.FULL.detector not in sets.with_detector(sets.FULL, OWN).meaning


def test_without_one_everything_is_as_it_was(settings: Settings) -> None:
    before = phases()
    sets.use("starter", OWN)  # which is not there
    assert phases() == before
    with pytest.raises(UsageError, match="my-detector cannot be used: there is none of that name"):
        networks_on_all(settings)


@pytest.mark.parametrize(("change", "fault"), [
    ({"task": "labels"}, "it does not find objects"),
    ({"picture": {"side": 416, "fit": "centre crop", "colours": "RGB"}}, "it does not see the whole picture"),
    ({"outputs": [{"name": "found", "dtype": "float32", "shape": ["batch", 9, 4]}]}, "and give boxes and scores"),
])  # fmt: skip
def test_one_that_cannot_stand_in_is_refused_with_the_reason(
    settings: Settings, change: dict[str, Any], fault: str
) -> None:
    own(change)
    with pytest.raises(UsageError, match=fault):
        networks_on_all(settings)


def test_one_with_other_labels_is_refused(settings: Settings) -> None:
    from engines.inference.store import sum_of

    folder = own()
    labels = folder / "labels.txt"
    labels.write_text("\n".join(reversed(labels.read_text("utf-8").splitlines())) + "\n", "utf-8")
    table = tomllib.loads((folder / CARD).read_text("utf-8"))
    table["files"]["labels.txt"] = {"size": labels.stat().st_size, "sha256": sum_of(labels)}
    (folder / CARD).write_text(tomli_w.dumps(table), "utf-8")
    with pytest.raises(UsageError, match="not the 80 of COCO in their order"):
        networks_on_all(settings)


def test_one_whose_labels_were_changed_is_passed_over_at_the_start_and_refused_in_a_run(settings: Settings) -> None:
    (own() / "labels.txt").write_bytes(b"\xff")
    sets.use("starter", OWN)
    assert sets.in_use().detector != OWN
    with pytest.raises(UsageError, match="its labels cannot be read"):
        networks_on_all(settings)


def test_one_whose_numbers_are_none_is_not_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    own()
    monkeypatch.setattr(checks, "_stood", set())
    run = OpenVinoRunner.run
    monkeypatch.setattr(
        OpenVinoRunner, "run", lambda self, inputs: {name: one + 9 for name, one in run(self, inputs).items()}
    )
    with pytest.raises(InferenceError, match="what it gives as probabilities are none"):
        networks_on_all(settings)
