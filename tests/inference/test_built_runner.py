"""An engine is proved before it is used, whoever built it and whenever; nothing is built here."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engines.errors import InferenceError
from engines.inference import built_runner
from engines.inference.built_runner import BuiltRunner, key_of
from engines.inference.catalogue import Card, starter_cards
from engines.inference.engine_cache import EngineCache, EngineGpu, EngineKey
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.runner import OutOfMemory, Runner
from engines.inference.tensorrt_build import BuildJob
from tests.echo_runner import EchoRunner


@pytest.fixture
def card() -> Card:
    return starter_cards()["efficientnet-lite2"]


@pytest.fixture
def key(card: Card) -> EngineKey:
    return key_of(card, EngineGpu(0, "NVIDIA GeForce RTX 3060", "sm86", "581.15"), "tensorrt_rtx", "1.7")


@pytest.fixture
def cache(tmp_path: Path, key: EngineKey) -> EngineCache:
    """Holds an engine as `networks build` leaves it."""
    cache = EngineCache(tmp_path)
    cache.unfinished(key).write_bytes(b"native code")
    cache.keep(key, cache.unfinished(key))
    return cache


def test_an_engine_that_was_built_before_and_is_wrong_is_not_used(
    card: Card, key: EngineKey, cache: EngineCache
) -> None:
    with pytest.raises(InferenceError, match="does not say what its original says"):
        BuiltRunner(card, key, echoing, cache=cache).load()
    assert cache.find(key) is None


def test_an_engine_is_proved_once(card: Card, key: EngineKey, cache: EngineCache) -> None:
    BuiltRunner(card, key, on_the_processor, cache=cache).load()
    BuiltRunner(card, key, echoing, cache=cache).load()  # a second proof would tell
    assert cache.find(key) == b"native code"


@pytest.mark.parametrize("when", ["load", "run"])
def test_an_engine_stays_when_the_card_is_full(card: Card, key: EngineKey, cache: EngineCache, when: str) -> None:
    class Full(EchoRunner):
        def _fail(self, *_: object) -> dict[str, object]:
            raise OutOfMemory("gpu_memory", "The card is full.")

    setattr(Full, when, Full._fail)
    with pytest.raises(OutOfMemory):
        BuiltRunner(card, key, lambda card, engine, key: Full(card), cache=cache).load()
    assert cache.find(key) == b"native code"


def echoing(card: Card, engine: Path, key: EngineKey) -> Runner:
    return EchoRunner(card)


def on_the_processor(card: Card, engine: Path, key: EngineKey) -> Runner:
    return OpenVinoRunner(card, threads=2, precision="fp32")


def test_two_cards_of_one_kind_build_and_prove_their_engine_once(
    card: Card, key: EngineKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def build(job: BuildJob, title: str, **options: object) -> None:
        done.append("built")
        time.sleep(0.1)  # in which the other one would begin
        Path(job.target).write_bytes(b"native code")

    def prove(self: BuiltRunner, runner: Runner) -> None:
        done.append("proved")
        time.sleep(0.1)

    monkeypatch.setattr(built_runner, "build", build)
    monkeypatch.setattr(BuiltRunner, "_prove", prove)
    (tmp_path / "engines").mkdir()
    with ThreadPoolExecutor() as threads:
        for _ in range(2):
            threads.submit(BuiltRunner(card, key, echoing, cache=EngineCache(tmp_path / "engines")).load)
    assert done == ["built", "proved"]
