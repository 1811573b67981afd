"""PyTorch runs a network from its own checkpoint and says what the exported network says."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.errors import InferenceError
from engines.inference.agreement import compared
from engines.inference.catalogue import installed_cards, starter_cards
from engines.inference.examples import example
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.recipes import recipe_of
from engines.inference.runner import Runner
from engines.inference.sources import from_folder
from tests import tiny_networks

pytestmark = pytest.mark.nvidia


@pytest.fixture
def installed(tmp_path: Path) -> None:
    tiny_networks.needed()
    from engines.cancel import CancelToken
    from engines.inference.export.install import install

    for name, make in (("clip-vit-b32", tiny_networks.clip), ("detr-resnet-50", tiny_networks.detr)):
        there = from_folder(recipe_of(name), make(tmp_path / name))
        list(
            install(
                recipe_of(name), there, lambda card: OpenVinoRunner(card, threads=2, precision="fp32"), CancelToken()
            )
        )


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_it_says_what_the_exported_network_says(precision: str) -> None:
    from engines.inference.torch_engine import TorchRunner

    for card in installed_cards().values():
        runners: list[Runner] = [
            TorchRunner(card, precision=precision),
            OpenVinoRunner(card, threads=2, precision="fp32"),
        ]
        inputs = example(card, 3)
        answers = []
        for runner in runners:
            runner.load()
            answers.append(runner.run(inputs))
            runner.free()
        found = compared(answers[1], answers[0])
        assert found.holds if precision == "fp32" else found.same_best > 0.8 or (found.cosine or 0) > 0.999, str(found)


@pytest.mark.usefixtures("installed")
def test_a_checkpoint_that_the_network_was_not_made_of_is_not_run(tmp_path: Path) -> None:
    from engines.inference.torch_engine import TorchRunner

    other = tiny_networks.detr(tmp_path / "other", queries=10)
    from_folder(recipe_of("detr-resnet-50"), other)
    with pytest.raises(InferenceError, match="another checkpoint"):
        TorchRunner(installed_cards()["detr-resnet-50"]).load()


def test_a_starter_network_has_no_checkpoint_to_run() -> None:
    tiny_networks.needed()
    from engines.inference.torch_engine import TorchRunner

    with pytest.raises(InferenceError, match="is kept as ONNX only"):
        TorchRunner(starter_cards()["yolov3-tiny"]).load()
