"""Networks are written in INT8 with photos, proved on others, built by TensorRT and run on the processor.

Real weights are those of the starter set; CLIP and DETR have random ones, as large as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference.agreement import Agreement, compared, same_top
from engines.inference.calibration import Calibration
from engines.inference.catalogue import Card, NetworkFile, cards, installed_cards, networks_folder, starter_cards
from engines.inference.examples import example
from engines.inference.int8 import add_int8
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.prepare import prepare
from engines.inference.recipes import recipe_of
from engines.inference.runner import Arrays
from engines.inference.sources import from_folder
from engines.inference.store import sum_of
from engines.media.open_file import open_file
from engines.types import Pixels
from tests import tiny_networks

pytestmark = pytest.mark.nvidia


@pytest.fixture(scope="module")
def photos(media_folder: Path) -> list[Pixels]:
    return [open_file(str(path)).frame.pixels for path in sorted((media_folder / "photos").glob("*.jpg"))[:80]]


def answers(card: Card, inputs: Arrays, precision: str = "fp32") -> dict[str, Any]:
    runner = OpenVinoRunner(card, threads=2, precision=precision)
    runner.load()
    assert runner.precision == precision
    found = runner.run(inputs)
    runner.free()
    return found


def written(card: Card, pictures: Sequence[Arrays], target: Path) -> Card:
    """The card with its network in INT8 in place of what it was."""
    from engines.inference.export.quantise import tensors, write

    network = card.files[card.network].path
    calibration = Calibration(card, tensors(network), threads=2)
    for inputs in pictures:
        calibration.see(inputs)
    write(network, target, calibration.limits())
    file = NetworkFile(target, target.stat().st_size, sum_of(target))
    return replace(card, files={**card.files, card.network: file})


def test_real_weights_say_in_int8_what_they_say_in_fp32(photos: list[Pixels], tmp_path: Path) -> None:
    tiny_networks.needed()
    card = starter_cards()["efficientnet-lite2"]
    squares = np.stack([prepare(pixels, card) for pixels in photos])
    name = card.inputs[0].name
    made = written(card, [{name: square[None]} for square in squares[:50]], tmp_path / "network.onnx")
    wanted, found = (answers(one, {name: squares[50:]})["probabilities"] for one in (card, made))
    sure = wanted.max(axis=1) > 0.2
    assert sure.sum() > 10
    assert (wanted.argmax(axis=1) == found.argmax(axis=1))[sure].mean() > 0.9
    assert np.abs(wanted - found).mean() < 0.001
    assert made.files[card.network].path.stat().st_size < card.files[card.network].size  # one byte a weight, not two


def test_limits_cut_off_what_is_far_from_all_others() -> None:
    from engines.inference.calibration import _limit

    numbers = np.abs(np.random.default_rng(1).normal(size=100_000)).astype(np.float32)
    assert 3 < _limit(numbers, 5.0) < 5
    assert _limit(numbers, 60.0) < 50  # with it as the last step, most others would have one or two
    assert _limit(numbers * 0, 0.0) > 0


def got(name: str, make: Callable[[Path], Path], folder: Path) -> Card:
    """A network got from a folder, in the user's own place."""
    from engines.cancel import CancelToken
    from engines.inference.export.install import install

    recipe = recipe_of(name)
    there = from_folder(recipe, make(folder / f"{name}-checkpoint"))
    list(install(recipe, there, lambda card: OpenVinoRunner(card, threads=2, precision="fp32"), CancelToken()))
    return installed_cards()[name]


def seen(card: Card, photos: list[Pixels]) -> list[Arrays]:
    return [{card.inputs[0].name: prepare(pixels, card)[None]} for pixels in photos]


def test_a_network_gets_an_int8_form_beside_the_one_it_has(photos: list[Pixels], tmp_path: Path) -> None:
    tiny_networks.needed()
    card = got("clip-vit-b32", tiny_networks.clip, tmp_path)
    told: list[int] = []
    made, agreement = add_int8(card, seen(card, photos[:36]), threads=2, tell=told.append)
    assert (made.int8.photos if made.int8 else 0, told[-1]) == (30, 36)
    assert agreement.holds_in("int8")
    assert installed_cards()["clip-vit-b32"] == made
    assert made.sha256 == card.sha256  # what it finds counts as found by the same network
    inputs = {"picture": np.concatenate([one["picture"] for one in seen(card, photos[40:48])])}
    plain, rounded = answers(made, inputs), answers(made, inputs, "int8")
    assert 0 < np.abs(plain["vectors"] - rounded["vectors"]).max() < 0.1
    again, _ = add_int8(made, seen(card, photos[:36]), threads=2)  # with other photos, one day
    assert again.files.keys() == made.files.keys()


def test_an_int8_form_that_says_something_else_is_not_kept(
    photos: list[Pixels], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_networks.needed()
    card = got("clip-vit-b32", tiny_networks.clip, tmp_path)
    before = sorted(path.name for path in (networks_folder() / card.name).iterdir())
    monkeypatch.setattr(Calibration, "limits", lambda self: dict.fromkeys(self._greatest, 1e-3))
    with pytest.raises(InferenceError, match="does not say what its original says"):
        add_int8(card, seen(card, photos[:36]), threads=2)
    assert sorted(path.name for path in (networks_folder() / card.name).iterdir()) == before
    assert cards()[card.name].int8 is None


def test_the_network_itself_is_never_written_over() -> None:
    card = replace(starter_cards()["yolov3-tiny"], network="network-int8.onnx")
    with pytest.raises(InferenceError, match="Call its file otherwise"):
        add_int8(card, [], threads=1)


def test_too_few_photos_are_told(photos: list[Pixels], tmp_path: Path) -> None:
    tiny_networks.needed()
    card = got("clip-vit-b32", tiny_networks.clip, tmp_path)
    with pytest.raises(InferenceError, match="30 photos or more, better 240; there are 5"):
        add_int8(card, seen(card, photos[:5]), threads=2)


def test_detr_in_int8_finds_the_same_objects(tmp_path: Path) -> None:
    """With random weights that make it sure of many."""
    tiny_networks.needed()
    from engines.inference.export.install import export
    from engines.inference.store import Checkpoint, Origin

    recipe = recipe_of("detr-resnet-50")
    place = tiny_networks.detr(tmp_path / "checkpoint")
    there = Checkpoint(place, Origin(str(place), None, {file: sum_of(place / file) for file in recipe.files}))
    (tmp_path / "network").mkdir()
    card = export(recipe, recipe.networks[0].with_side(320), there, tmp_path / "network")
    pictures = [example(card, 4, seed) for seed in range(8)]
    alone = [{name: array[row : row + 1] for name, array in one.items()} for one in pictures for row in range(4)]
    made = written(card, alone, tmp_path / "int8.onnx")
    inputs = example(card, 4, seed=99)
    found = compared(answers(card, inputs), answers(made, inputs))
    assert found.sure > 20
    assert found.holds_in("int8"), str(found)


def test_the_rule_for_int8_is_about_means_and_the_worst() -> None:
    assert Agreement(cosine=0.96, mean_cosine=0.99).holds_in("int8")
    assert not Agreement(cosine=0.96, mean_cosine=0.99).holds_in("fp16")
    assert not Agreement(cosine=0.90, mean_cosine=0.99).holds_in("int8")
    assert not Agreement(cosine=0.96, mean_cosine=0.97).holds_in("int8")
    assert not Agreement(cosine=float("nan"), mean_cosine=float("nan")).holds_in("int8")
    some = Agreement(overlap=0.8, mean_overlap=0.95, difference=0.3, same=False, sure=50, same_best=0.96)
    assert some.holds_in("int8")
    assert not replace(some, same_best=0.9).holds_in("int8")
    assert not replace(some, mean_overlap=0.85).holds_in("int8")


def test_the_top_results_are_the_nearest_pictures() -> None:
    vectors = np.eye(8, dtype=np.float32) + 0.1 * np.arange(8, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert same_top({"vectors": vectors}, {"vectors": vectors}) == 1.0
    turned = vectors[::-1].copy()
    assert (same_top({"vectors": vectors}, {"vectors": turned}) or 0) < 1.0
