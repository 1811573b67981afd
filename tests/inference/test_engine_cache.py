"""Built engines are kept for their owner, and used only as long as nothing changed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engines.inference.catalogue import networks_folder
from engines.inference.engine_cache import EngineCache, EngineKey, engines_folder
from engines.inference.shelf import remove_recipe

KEY = EngineKey(
    "clip", "ab" * 32, "tensorrt_rtx", "1.7.1.116", "NVIDIA GeForce RTX 3060", "sm86", "581.15", "fp16", (1, 8, 16),
    4 << 30,
)  # fmt: skip
CHANGES: dict[str, Any] = {
    "network": "cd" * 32, "library": "tensorrt", "version": "1.8", "gpu": "NVIDIA GeForce RTX 4090",
    "capability": "sm89", "driver": "590.1", "precision": "fp32", "batches": (1, 8, 32), "workspace": 1 << 30,
    "recipe": 2, "system": "Windows AMD64",
}  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> EngineCache:
    cache = EngineCache(tmp_path)
    keep(cache, KEY)
    return cache


def keep(cache: EngineCache, key: EngineKey, data: bytes = b"native code") -> None:
    cache.unfinished(key).write_bytes(data)
    cache.keep(key, cache.unfinished(key))


def test_an_engine_is_found_again(cache: EngineCache) -> None:
    assert cache.find(KEY) == b"native code"
    assert not list(cache.folder.glob("*.part"))


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_changes_it_is_another_engine(cache: EngineCache, field: str) -> None:
    assert cache.find(replace(KEY, **{field: CHANGES[field]})) is None


def test_every_part_of_the_key_has_its_change() -> None:
    assert set(CHANGES) == set(KEY.__dataclass_fields__) - {"name"}


def test_a_changed_engine_is_deleted(cache: EngineCache) -> None:
    cache.path(KEY).write_bytes(b"other code!")
    assert cache.find(KEY) is None
    assert not list(cache.folder.iterdir())


def test_a_note_of_another_engine_is_not_believed(cache: EngineCache) -> None:
    other = replace(KEY, driver="590.1")
    keep(cache, replace(other, batches=(1, 1, 1)), b"other code")
    stranger = cache.path(replace(other, batches=(1, 1, 1))).with_suffix(".json")
    cache.path(KEY).with_suffix(".json").write_text(stranger.read_text())
    assert cache.find(KEY) is None


def test_an_engine_whose_note_was_not_written_is_none(cache: EngineCache) -> None:
    cache.path(KEY).with_suffix(".json").unlink()
    assert cache.find(KEY) is None


def test_what_was_built_for_an_older_driver_is_deleted(cache: EngineCache) -> None:
    keep(cache, replace(KEY, driver="590.1"))
    assert len(list(cache.folder.glob("*.engine"))) == 1
    keep(cache, replace(KEY, driver="590.1", gpu="NVIDIA T4"))
    assert len(list(cache.folder.glob("*.engine"))) == 2


def test_what_a_killed_builder_left_goes_with_the_next_build(cache: EngineCache) -> None:
    left, new = cache.folder / "clip.1.part", cache.folder / "clip.2.part"
    for part in (left, new):
        part.write_bytes(b"half")
    os.utime(left, (0, 0))
    keep(cache, replace(KEY, precision="fp32"))
    assert (left.exists(), new.exists()) == (False, True)


def test_engines_are_for_their_owner_only(home: Path) -> None:
    engines_folder().chmod(0o755)
    assert engines_folder().stat().st_mode & 0o777 == 0o700
    cache = EngineCache()
    keep(cache, KEY)
    assert {path.stat().st_mode & 0o777 for path in engines_folder().iterdir()} == {0o600}


def test_what_was_built_of_a_network_is_known_and_goes_with_it(tmp_path: Path) -> None:
    cache = EngineCache()
    other = replace(KEY, name="clip-text")
    for key in (KEY, replace(KEY, precision="int8"), other):
        keep(cache, key)
    assert {(key.name, key.precision) for key in cache.built("clip")} == {("clip", "fp16"), ("clip", "int8")}
    (networks_folder() / "clip").mkdir(parents=True)
    assert remove_recipe("clip") == ["clip"]
    assert list(cache.built("clip")) == []
    assert list(cache.built("clip-text")) == [other]
