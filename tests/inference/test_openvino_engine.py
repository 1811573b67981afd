"""The back end for the processor: whole batches, any batch, failures as sentences, networks kept compiled."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference.catalogue import STARTER_FOLDER, Card, NetworkFile, starter_cards
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.runner import Runner
from engines.types import Pixels


@pytest.fixture(scope="module")
def card() -> Card:
    return starter_cards()["efficientnet-lite2"]


@pytest.fixture(scope="module")
def runner(card: Card) -> Iterator[OpenVinoRunner]:
    runner = OpenVinoRunner(card, threads=2, precision="fp32")
    runner.load()
    yield runner
    runner.free()


def pictures(count: int) -> Pixels:
    return np.random.default_rng(5).integers(0, 256, (count, 260, 260, 3), dtype=np.uint8)


def test_it_is_a_runner(card: Card) -> None:
    runner: Runner = OpenVinoRunner(card, threads=1)
    assert runner.card is card


def test_every_picture_of_a_batch_gets_its_own_row(runner: OpenVinoRunner) -> None:
    batch = pictures(5)
    alone = [runner.run({"picture": batch[row : row + 1]})["probabilities"] for row in range(5)]
    assert np.array_equal(runner.run({"picture": batch})["probabilities"], np.concatenate(alone))


def test_probabilities_add_up(runner: OpenVinoRunner) -> None:
    assert np.allclose(runner.run({"picture": pictures(2)})["probabilities"].sum(axis=1), 1, atol=1e-4)


def test_a_later_batch_leaves_the_outputs_of_an_earlier_one(runner: OpenVinoRunner) -> None:
    first = runner.run({"picture": pictures(1)})["probabilities"]
    kept = first.copy()
    runner.run({"picture": 255 - pictures(1)})
    assert np.array_equal(first, kept)


def test_pictures_need_not_lie_side_by_side_in_memory(runner: OpenVinoRunner) -> None:
    batch = pictures(3)
    turned = batch[:, :, ::-1]
    assert np.array_equal(
        runner.run({"picture": turned})["probabilities"], runner.run({"picture": turned.copy()})["probabilities"]
    )


def test_pictures_may_be_protected_from_writing(runner: OpenVinoRunner) -> None:
    batch = pictures(1)
    batch.flags.writeable = False
    assert runner.run({"picture": batch})["probabilities"].shape == (1, 1000)


def test_a_wrong_batch_is_refused(runner: OpenVinoRunner) -> None:
    with pytest.raises(InferenceError, match="where it takes uint8"):
        runner.run({"picture": pictures(1).astype(np.float32)})


@pytest.mark.parametrize(("asked", "given"), [
    ("fp32", {"fp32"}),
    ("int8", {"int8"}),
    ("automatic", {"fp32"}),
    ("fp16", {"fp32", "bf16"}),  # no processor has it
])  # fmt: skip
def test_precision_is_what_was_asked_for_or_what_there_is(card: Card, asked: str, given: set[str]) -> None:
    runner = OpenVinoRunner(card, threads=1, precision=asked)
    runner.load()
    assert runner.precision in given


def test_a_network_without_ranges_is_not_run_in_int8(card: Card) -> None:
    without = replace(card, precisions=("fp32",), ranges=None)
    runner = OpenVinoRunner(without, threads=1, precision="int8")
    runner.load()
    assert runner.precision == "fp32"


def test_a_runner_can_be_loaded_again_after_it_was_freed(card: Card) -> None:
    runner = OpenVinoRunner(card, threads=1)
    runner.load()
    runner.free()
    runner.free()
    with pytest.raises(RuntimeError, match="was not loaded"):
        runner.run({"picture": pictures(1)})
    runner.load()
    assert runner.run({"picture": pictures(1)})["probabilities"].shape == (1, 1000)


def test_compiled_networks_are_kept_for_their_owner_only(card: Card, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "networks"
    OpenVinoRunner(card, threads=1, cache=folder).load()
    assert (len(list(folder.iterdir())), folder.stat().st_mode & 0o777) == (1, 0o700)


def test_a_damaged_compiled_network_is_made_again(card: Card, tmp_path: Path) -> None:
    OpenVinoRunner(card, threads=1, precision="fp32", cache=tmp_path).load()
    (kept,) = tmp_path.iterdir()
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:1000])
    runner = OpenVinoRunner(card, threads=1, precision="fp32", cache=tmp_path)
    runner.load()
    assert runner.run({"picture": pictures(1)})["probabilities"].shape == (1, 1000)


def test_a_network_runs_without_its_cache(card: Card, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    runner = OpenVinoRunner(card, threads=1, cache=tmp_path / "file" / "cache")
    runner.load()
    assert "compiled networks cannot be kept" in caplog.text
    assert runner.run({"picture": pictures(1)})["probabilities"].shape == (1, 1000)


def with_network(card: Card, folder: Path, data: bytes) -> Card:
    """The card with another network, whose checksum it knows."""
    path = folder / "network.onnx"
    path.write_bytes(data)
    file = NetworkFile(path, len(data), hashlib.sha256(data).hexdigest())
    return replace(card, files={**card.files, "network.onnx": file})


def test_a_file_that_is_no_network_is_told(card: Card, tmp_path: Path) -> None:
    runner = OpenVinoRunner(with_network(card, tmp_path, b"no network"), threads=1)
    with pytest.raises(InferenceError, match="The network EfficientNet-Lite2 could not be loaded: "):
        runner.load()


def test_a_network_that_is_not_what_its_card_says_is_refused(card: Card, tmp_path: Path) -> None:
    other = (STARTER_FOLDER / "yolov3-tiny" / "network.onnx").read_bytes()
    with pytest.raises(InferenceError, match="where its card says"):
        OpenVinoRunner(with_network(card, tmp_path, other), threads=1).load()


def test_a_changed_network_is_not_loaded(tmp_path: Path, card: Card) -> None:
    path = shutil.copy(card.files["network.onnx"].path, tmp_path)
    with open(path, "r+b") as file:
        file.seek(5_000_000)
        file.write(b"changed")
    changed = replace(card, files={"network.onnx": replace(card.files["network.onnx"], path=Path(path))})
    with pytest.raises(InferenceError, match="is damaged or was changed"):
        OpenVinoRunner(changed, threads=1).load()
