"""The full set without PyTorch: ONNX of the hub, here a server of the tests, becomes networks that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference import checks, sets
from engines.inference.agreement import compared
from engines.inference.catalogue import Card, installed_cards, networks_folder
from engines.inference.examples import example
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.ready import as_recipe, install
from engines.inference.recipes import recipe_of
from engines.inference.sources import from_hub
from engines.inference.store import Checkpoint, Origin, sum_of
from tests import tiny_networks
from tests.hub_server import Hub, running

pytestmark = pytest.mark.nvidia

KINDS = {"clip-vit-b32": "clip", "detr-resnet-50": "detr"}


@dataclass
class Others:
    """Checkpoints, and hubs with what others exported of them."""

    checkpoints: dict[str, Path]
    hubs: dict[str, Hub]

    def got(self, name: str) -> dict[str, Card]:
        recipe = recipe_of(name)
        fetched = from_hub(as_recipe(recipe, recipe.ready[0]), endpoint=self.hubs[name].address)
        return {card.name: card for card in install(recipe, recipe.ready[0], fetched, threads=2)}


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Others]:
    folder, found = tmp_path_factory.mktemp("others"), Others({}, {})
    with ExitStack() as stack:
        for name, kind in KINDS.items():
            place = getattr(tiny_networks, kind)(folder / f"{name}-checkpoint")
            exported = tiny_networks.exported_by_others(place, folder / f"{name}-onnx", kind=kind)
            hub = Hub(exported, recipe_of(name).ready[0].hub.repository, {"main"})
            found.checkpoints[name], found.hubs[name] = place, stack.enter_context(running(hub))
        yield found


def original(others: Others, name: str, plan_name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """What PyTorch says of the checkpoint, through the form that our own exports are made of."""
    from engines.inference.export import forms, parity

    plan = next(plan for plan in recipe_of(name).networks if plan.name == plan_name)
    return parity.in_torch(forms.load(others.checkpoints[name], plan, half=False), inputs)


@pytest.mark.parametrize(
    ("name", "plan"),
    [("clip-vit-b32", "clip-vit-b32"), ("clip-vit-b32", "clip-vit-b32-text"), ("detr-resnet-50", "detr-resnet-50")],
)
def test_what_others_exported_says_what_the_checkpoint_says(others: Others, name: str, plan: str) -> None:
    card = others.got(name)[plan]
    runner = OpenVinoRunner(card, threads=2, precision="fp32")
    runner.load()
    inputs = example(card, 4)
    found = compared(original(others, name, plan, inputs), runner.run(inputs))
    if plan != "detr-resnet-50":
        assert found.holds, str(found)
    else:  # its mask is 64 wide, so that edges of pictures lie some pixels elsewhere
        assert found.sure > 20
        assert found.same_best > 0.9
        assert (found.mean_overlap or 0) > 0.9, str(found)


def test_the_full_set_is_whole_with_networks_of_others(others: Others) -> None:
    for name in KINDS:
        others.got(name)
    assert not sets.FULL.lacking
    labels = installed_cards()["detr-resnet-50"].read_labels()
    assert (len(labels), labels[0]) == (80, "person")
    assert (networks_folder() / "clip-vit-b32-text" / "tokenizer.json").is_file()


def test_the_sum_that_the_hub_gave_first_is_asked_of_every_later_download(others: Others) -> None:
    others.got("clip-vit-b32")
    hub = others.hubs["clip-vit-b32"]
    changed = hub.folder / "onnx" / "vision_model.onnx"
    before = changed.read_bytes()
    try:
        changed.write_bytes(before + b"!")
        with pytest.raises(InferenceError, match="is not the file that was there when"):
            others.got("clip-vit-b32")
    finally:
        changed.write_bytes(before)
    assert not sets.FULL.lacking or "clip-vit-b32" in installed_cards()  # the earlier one stays


def test_a_file_that_is_another_network_is_refused_with_what_it_lacks(others: Others, tmp_path: Path) -> None:
    recipe = recipe_of("clip-vit-b32")
    (tmp_path / "onnx").mkdir()
    source = others.hubs["clip-vit-b32"].folder
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    for name in ("vision_model.onnx", "text_model.onnx"):  # mixed up
        other = "text_model.onnx" if name == "vision_model.onnx" else "vision_model.onnx"
        (tmp_path / "onnx" / name).write_bytes((source / "onnx" / other).read_bytes())
    files = as_recipe(recipe, recipe.ready[0]).files
    fetched = Checkpoint(tmp_path, Origin("a folder", None, {file: sum_of(tmp_path / file) for file in files}))
    with pytest.raises(InferenceError, match="is not used: it gives no image_embeds"):
        list(install(recipe, recipe.ready[0], fetched, threads=2))


@pytest.mark.parametrize(("change", "fault"), [
    (lambda outputs: {name: array * 2 for name, array in outputs.items()}, "do not have the length 1"),
    (lambda outputs: {name: array * np.nan for name, array in outputs.items()}, "that are none"),
    (lambda outputs: {name: array[:1].repeat(len(array), 0) for name, array in outputs.items()}, "the same of every"),
])  # fmt: skip
def test_numbers_that_cannot_be_meant_are_found_out(
    others: Others, change: Any, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = others.got("clip-vit-b32")["clip-vit-b32"]
    run = OpenVinoRunner.run
    monkeypatch.setattr(OpenVinoRunner, "run", lambda self, inputs: change(run(self, inputs)))
    with pytest.raises(InferenceError, match=fault):
        checks.check_runs(card, threads=2)
