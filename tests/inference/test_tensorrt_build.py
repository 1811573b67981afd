"""Engines are really built, without a card, for cards that are named; kept, used from the cache, built again when they
are tampered with; and a build can be stopped.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.cancel import Cancelled, CancelToken
from engines.errors import InferenceError
from engines.inference.agreement import compared
from engines.inference.back_ends import choose
from engines.inference.built_runner import BuiltRunner, key_of
from engines.inference.catalogue import Card, NetworkFile, Rounded, read_card, starter_cards
from engines.inference.engine_cache import EngineCache, EngineGpu, EngineKey
from engines.inference.examples import example
from engines.inference.gpu_monitor import Gpu
from engines.inference.hardware import Hardware
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.recipes import recipe_of
from engines.inference.runner import Runner
from engines.inference.store import Checkpoint, Origin, sum_of
from engines.inference.tensorrt_build import build, job_of, library_here
from engines.inference.tensorrt_engine import REFUSED
from tests import tiny_networks
from tests.echo_runner import EchoRunner

pytestmark = pytest.mark.nvidia

RTX = "tensorrt_rtx"
CARDS = {"sm75": "NVIDIA GeForce RTX 2080 Ti", "sm86": "NVIDIA GeForce RTX 3060", "sm89": "NVIDIA GeForce RTX 4090"}
NETWORKS = {"clip-vit-b32": tiny_networks.full_clip, "detr-resnet-50": tiny_networks.full_detr}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Card]:
    """CLIP and DETR as large as they are, with random weights, exported once."""
    pytest.importorskip(RTX, reason="engines are built by whoever has the extra nvidia")
    from engines.inference.export.install import export

    folder, made = tmp_path_factory.mktemp("full"), {}
    for name, make in NETWORKS.items():
        recipe = recipe_of(name)
        place = make(folder / f"{name}-checkpoint")
        there = Checkpoint(place, Origin(str(place), None, {file: sum_of(place / file) for file in recipe.files}))
        for plan in recipe.networks:
            (folder / plan.name).mkdir()
            made[plan.name] = export(recipe, plan, there, folder / plan.name)
    return made


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    folder = tmp_path / "engines"
    folder.mkdir()
    return EngineCache(folder)


def key(card: Card, capability: str = "sm86", precision: str | None = None) -> EngineKey:
    from engines.inference.tensorrt_build import library_here

    gpu = EngineGpu(0, CARDS[capability], capability, "581.15")
    return key_of(card, gpu, RTX, library_here()[RTX], precision=precision)


@pytest.mark.parametrize("capability", CARDS)
@pytest.mark.parametrize("name", ["clip-vit-b32", "clip-vit-b32-text", "detr-resnet-50"])
def test_the_true_architectures_are_built_in_fp16(
    full: dict[str, Card], cache: EngineCache, name: str, capability: str
) -> None:
    wanted = key(full[name], capability)
    runner = BuiltRunner(full[name], wanted, refuse, cache=cache, for_capability=capability)
    assert runner.build()
    plan = cache.find(wanted)
    assert plan is not None
    assert len(plan) > 0.9 * full[name].files["network.onnx"].size  # the weights are in it, in two bytes each
    assert not runner.build()  # it is there


@pytest.fixture(scope="module")
def rounded(full: dict[str, Card]) -> dict[str, Card]:
    """The same with an INT8 form, calibrated on examples."""
    from engines.inference.calibration import Calibration
    from engines.inference.export import quantise

    made = {}
    for name in NETWORKS:
        card = full[name]
        network = card.files[card.network].path
        target = network.with_name("int8.onnx")
        calibration = Calibration(card, quantise.tensors(network), threads=2)
        calibration.see(example(card, 1))
        quantise.write(network, target, calibration.limits())
        file = NetworkFile(target, target.stat().st_size, sum_of(target))
        precisions = (*card.precisions, "int8")
        form = Rounded(target.name, 1, "")
        made[name] = replace(card, files={**card.files, target.name: file}, precisions=precisions, int8=form)
    return made


@pytest.mark.parametrize("capability", CARDS)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_true_architectures_are_built_in_int8(
    full: dict[str, Card], rounded: dict[str, Card], cache: EngineCache, name: str, capability: str
) -> None:
    wanted = key(rounded[name], capability, "int8")
    assert BuiltRunner(rounded[name], wanted, refuse, cache=cache, for_capability=capability).build()
    plan = cache.find(wanted)
    assert plan is not None
    assert len(plan) < full[name].files["network.onnx"].size  # most weights are in it in one byte each


@pytest.mark.parametrize("name", NETWORKS)
def test_the_true_architectures_say_in_int8_what_they_say_in_fp32(rounded: dict[str, Card], name: str) -> None:
    card, answers = rounded[name], []
    for precision in ("fp32", "int8"):
        runner = OpenVinoRunner(card, threads=2, precision=precision)
        runner.load()
        answers.append(runner.run(example(card, 2)))
        assert runner.precision == precision
        runner.free()
    found = compared(*answers)
    print(f"{card.title} in INT8: {found}")
    assert found.holds_in("int8"), str(found)


@pytest.mark.parametrize("name", ["efficientnet-lite2", "yolov3-tiny"])
def test_the_starter_networks_are_built_too(cache: EngineCache, name: str) -> None:
    pytest.importorskip(RTX)
    card = starter_cards()[name]
    assert BuiltRunner(card, key(card), refuse, cache=cache, for_capability="sm86").build()


def refuse(card: Card, engine: Path, key: EngineKey) -> Runner:
    raise AssertionError("nothing is opened here")


def test_the_progress_is_told_and_a_build_can_be_stopped(full: dict[str, Card], cache: EngineCache) -> None:
    told: list[int] = []
    token = CancelToken()

    def tell(steps: int) -> None:
        told.append(steps)
        if steps > 3:
            token.cancel()

    card = full["detr-resnet-50"]
    runner = BuiltRunner(card, key(card), refuse, cache=cache, token=token, tell=tell, for_capability="sm86")
    began = time.monotonic()
    with pytest.raises(Cancelled):
        runner.build()
    assert told[-1] > 3
    assert time.monotonic() - began < 60
    assert not list(cache.folder.iterdir())


def test_what_tensorrt_cannot_read_is_told(tmp_path: Path, cache: EngineCache) -> None:
    pytest.importorskip(RTX)
    card = starter_cards()["minilm-l6-v2"]
    (tmp_path / "network.onnx").write_bytes(b"no network")
    broken = replace(card.files["network.onnx"], path=tmp_path / "network.onnx")
    inputs = tuple(replace(spec, shape=("batch", 8)) for spec in card.inputs)
    fixed = replace(card, files={**card.files, "network.onnx": broken}, inputs=inputs)
    with pytest.raises(InferenceError, match="tensorrt_rtx could not build MiniLM-L6-v2"):
        build(job_of(fixed, tmp_path / "engine", RTX, (1, 1, 1), capability="sm86"), fixed.title)
    assert not (tmp_path / "engine").exists()


def tiny(tmp_path: Path) -> Card:
    from engines.inference.export.install import export

    recipe = recipe_of("detr-resnet-50")
    place = tiny_networks.detr(tmp_path / "checkpoint")
    there = Checkpoint(place, Origin(str(place), None, {file: sum_of(place / file) for file in recipe.files}))
    folder = tmp_path / "network"
    folder.mkdir()
    return export(recipe, recipe.networks[0].with_side(320), there, folder)


class Opened:
    """Opens engines as the card would, which is not here: the processor answers. refusals: of the first so many."""

    def __init__(self, refusals: int = 0) -> None:
        self.engines: list[bytes] = []
        self.refusals = refusals

    def __call__(self, card: Card, engine: Path, key: EngineKey) -> Runner:
        self.engines.append(engine.read_bytes())
        if self.refusals:
            self.refusals -= 1
            return Refusing(card)
        return OpenVinoRunner(card, threads=2, precision="bf16")


class Refusing(EchoRunner):
    def load(self) -> None:
        raise InferenceError(REFUSED, "tensorrt_rtx refuses the engine.")


def test_an_engine_is_built_once_proved_and_found_again(tmp_path: Path, cache: EngineCache) -> None:
    pytest.importorskip(RTX)
    card = tiny(tmp_path)
    opened = Opened()
    for _ in range(2):
        runner = BuiltRunner(card, key(card), opened, cache=cache, for_capability="sm86")
        runner.load()
        runner.free()
    assert opened.engines[0] == opened.engines[1]


def test_a_tampered_engine_is_not_opened_but_built_again(tmp_path: Path, cache: EngineCache) -> None:
    pytest.importorskip(RTX)
    card = tiny(tmp_path)
    wanted, opened = key(card), Opened()
    BuiltRunner(card, wanted, opened, cache=cache, for_capability="sm86").load()
    with cache.path(wanted).open("r+b") as file:
        file.seek(1000)
        file.write(b"tampered")
    BuiltRunner(card, wanted, opened, cache=cache, for_capability="sm86").load()
    assert b"tampered" not in opened.engines[1]


def test_an_engine_that_is_refused_is_built_again_once(tmp_path: Path, cache: EngineCache) -> None:
    pytest.importorskip(RTX)
    card = tiny(tmp_path)
    wanted = key(card)
    BuiltRunner(card, wanted, Opened(), cache=cache, for_capability="sm86").load()
    again = Opened(refusals=1)
    BuiltRunner(card, wanted, again, cache=cache, for_capability="sm86").load()
    assert len(again.engines) == 2
    with pytest.raises(InferenceError, match="refuses the engine"):
        BuiltRunner(card, wanted, Opened(refusals=2), cache=cache, for_capability="sm86").load()
    assert cache.find(wanted) is None


def test_an_engine_that_says_something_else_is_not_used(tmp_path: Path, cache: EngineCache) -> None:
    pytest.importorskip(RTX)
    card = tiny(tmp_path)

    class Echoing(EchoRunner):
        def run(self, inputs: object) -> dict[str, object]:  # type: ignore[override]
            return {"boxes": np.zeros((2, 20, 4), np.float32), "scores": np.zeros((2, 20, 80), np.float32)}

    runner = BuiltRunner(card, key(card), lambda card, engine, key: Echoing(card), cache=cache, for_capability="sm86")  # type: ignore[arg-type,return-value]
    with pytest.raises(InferenceError, match="does not say what its original says"):
        runner.load()
    assert cache.find(key(card)) is None


def test_the_card_that_is_not_here_is_refused_with_a_sentence(tmp_path: Path, cache: EngineCache) -> None:
    """The real runner of engines, in the real process for networks, without a card."""
    pytest.importorskip(RTX)
    from engines.inference.back_ends import choose
    from engines.inference.gpu_monitor import Gpu
    from engines.inference.hardware import Hardware

    hardware = Hardware((Gpu(0, "GPU-1", CARDS["sm86"], (8, 6), 12 << 30),), None, "581.15", ((RTX, "1.7"),), None)
    back_end = choose(
        "tensorrt", precision="automatic", threads=1, cache=None, hardware=hardware, trial_of=lambda what: None
    )
    with pytest.raises(InferenceError):
        back_end.runner(tiny(tmp_path)).load()


def test_a_card_reads_back_as_it_was_written(full: dict[str, Card]) -> None:
    for card in full.values():
        assert read_card(card.files["network.onnx"].path.parent) == card


def test_the_engine_that_a_run_would_ask_for_is_built_before_it() -> None:
    card = starter_cards()["yolov3-tiny"]
    version = dict(library_here())[RTX]
    ampere = Gpu(0, "GPU-1", "NVIDIA GeForce RTX 3060", (8, 6), 12 << 30)
    here = Hardware((ampere,), None, "581.15", ((RTX, version),), None)
    back_end = choose(
        "automatic", precision="automatic", threads=1, cache=None, hardware=here, trial_of=lambda what: None
    )
    told: list[int] = []
    assert back_end.build(card, tell=told.append)
    assert not back_end.build(card)  # it is there
    (built,) = EngineCache().built(card.name)
    assert (built.gpu, built.capability, built.batches, max(told) > 0) == (ampere.name, "sm86", (1, 8, 16), True)


def test_without_tensorrt_no_engine_is_built_and_the_reason_is_told() -> None:
    nothing = Hardware(no_gpu="No NVIDIA driver was found.")
    back_end = choose("automatic", precision="automatic", threads=1, cache=None, hardware=nothing)
    with pytest.raises(InferenceError, match=r"No engine can be built: No NVIDIA driver was found\."):
        back_end.build(starter_cards()["yolov3-tiny"])
