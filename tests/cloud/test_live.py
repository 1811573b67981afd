"""The real service, where a key is set: `NVIDIA_API_KEY=… ./installer/test --cloud`. It costs a few credits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engines import secret
from engines.cloud.key import VARIABLE
from tests.product_score import score
from tests.program import Program

pytestmark = pytest.mark.cloud


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    key = secret.from_environment(VARIABLE)
    if key is None:
        pytest.skip(f"no key: set {VARIABLE}")
    monkeypatch.setenv(VARIABLE, key.reveal())
    return Program(tmp_path / "library", limit_s=110)


def test_the_service_answers(program: Program) -> None:
    answer = program.json("cloud", "check")
    assert answer["model"], answer
    assert answer["retail"] == "answers", answer


def test_a_photo_is_described(program: Program, media_folder: Path) -> None:
    photo = media_folder / "photos" / "rocket.jpg"
    program.json("import", photo)
    answer = program.json("describe", photo, "--allow")
    assert answer["answered"] == 1, answer
    assert answer["results"][0]["description"]
    assert program.json("search", "has:description")["total"] == 1


def test_products_are_found(program: Program, media_folder: Path) -> None:
    found = score(media_folder / "products", most=4)
    assert found["pictures"] == 4
    assert found["recall"] is not None
    assert VARIABLE in os.environ
