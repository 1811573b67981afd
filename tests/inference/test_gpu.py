"""On a computer with an NVIDIA card: TensorRT, PyTorch and the processor side by side, on CLIP and DETR in true size.

`./installer/test --gpu -s` prints the table.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from engines.errors import EngineError
from engines.inference import back_ends
from engines.inference.agreement import compared
from engines.inference.catalogue import Card, installed_cards
from engines.inference.examples import example
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.recipes import recipe_of
from engines.inference.runner import Runner
from engines.inference.sets import FULL
from engines.inference.sources import from_folder
from engines.settings import usable_cores
from tests import tiny_networks

pytestmark = pytest.mark.gpu

BATCH = 8


@pytest.fixture(scope="module")
def hardware() -> Hardware:
    found = hardware_here()
    if not found.gpus:
        pytest.skip(found.no_gpu or "there is no NVIDIA card")
    return found


@pytest.fixture
def cards(tmp_path: Path) -> list[Card]:
    """Full-size CLIP and DETR with random weights, made and proved on this computer."""
    tiny_networks.needed()
    from engines.cancel import CancelToken
    from engines.inference.export.install import install

    for name, make in (("clip-vit-b32", tiny_networks.full_clip), ("detr-resnet-50", tiny_networks.full_detr)):
        there = from_folder(recipe_of(name), make(tmp_path / name))
        list(
            install(
                recipe_of(name), there, lambda card: OpenVinoRunner(card, threads=2, precision="fp32"), CancelToken()
            )
        )
    return [installed_cards()[name] for name in FULL.pictures]


def started(name: str, precision: str, card: Card, hardware: Hardware) -> Runner:
    chosen = back_ends.choose(name, precision=precision, threads=usable_cores(), cache=None, hardware=hardware)
    runner = chosen.runner(card)
    runner.load()
    return runner


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", ["tensorrt", "torch"])
def test_the_card_says_what_the_processor_says_and_is_faster(name: str, cards: list[Card], hardware: Hardware) -> None:
    for card in cards:
        inputs = example(card, BATCH)
        reference = started("openvino", "fp32", card, hardware)
        try:
            runner = started(name, "automatic", card, hardware)
        except EngineError as error:
            pytest.skip(str(error))
        found = compared(reference.run(inputs), runner.run(inputs))
        speeds = {"processor": speed(reference, card), name: speed(runner, card)}
        print(f"\n{card.title}: {found}", *(f"{way} {value:,.0f}/s" for way, value in speeds.items()), sep="; ")
        reference.free()
        runner.free()
        assert found.holds, str(found)
        assert speeds[name] > speeds["processor"]


def speed(runner: Runner, card: Card) -> float:
    """Pictures a second, once warm."""
    inputs = example(card, BATCH)
    runner.run(inputs)
    began = perf_counter()
    for _ in range(5):
        runner.run(inputs)
    return 5 * BATCH / (perf_counter() - began)
