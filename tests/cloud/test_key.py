"""Where a key is looked for, and that it stays there."""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from engines import secret
from engines.cloud.address import Service, service_at
from engines.cloud.key import check_shape, delete_key, find_key, keep_for_this_run, save_key
from engines.errors import CloudError
from engines.secret import Secret, redacted

NVIDIA = service_at("https://integrate.api.nvidia.com/v1")
HOME = Service("http://localhost:11434/v1")
KEY = "nvapi-SENTINEL0123456789abcdefghij"


class Ring(KeyringBackend):
    """A keyring in memory that passes for the system's own."""

    priority = 1

    def __init__(self, trouble: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.trouble = trouble

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble is not None:
            raise self.trouble
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


Ring.__module__ = "keyring.backends.SecretService"


class FileRing(Ring):
    """One that writes keys into a file, as keyrings.alt has them."""


FileRing.__module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> None:
    monkeypatch.setattr(secret, "_held", {})
    monkeypatch.delenv("NVIDIA_API_KEY", raising=False)


def test_the_keyring_wins(monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> None:
    ring = Ring()
    (empty_folder / ".env").write_text("NVIDIA_API_KEY=nvapi-from-the-file\n")
    monkeypatch.setenv("NVIDIA_API_KEY", "nvapi-from-the-environment")
    save_key(NVIDIA, Secret(KEY), ring)
    found = find_key(NVIDIA, backend=ring)
    assert found is not None
    assert (found.secret.reveal(), found.source) == (KEY, "keyring")
    assert delete_key(NVIDIA, ring)
    found = find_key(NVIDIA, backend=ring)
    assert found is not None
    assert (found.secret.reveal(), found.source) == ("nvapi-from-the-environment", "environment")
    assert not delete_key(NVIDIA, ring)


@pytest.mark.parametrize(
    "line", ["NVIDIA_API_KEY=nvapi-x", "export NVIDIA_API_KEY='nvapi-x'", 'NVIDIA_API_KEY = "nvapi-x"  # mine']
)
def test_the_file_beside_comes_last(empty_folder: Path, line: str) -> None:
    (empty_folder / ".env").write_text(f"# other\nNVIDIA_API_KEYS=no\nOTHER=1\n{line}\n")
    found = find_key(NVIDIA, backend=Ring())
    assert found is not None
    assert (found.secret.reveal(), found.source) == ("nvapi-x", ".env")


def test_nvidias_key_is_for_nvidia_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NVIDIA_API_KEY", KEY)
    assert find_key(HOME, backend=Ring()) is None


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        (Ring(NoKeyringError()), "keyring_missing"),
        (Ring(KeyringLocked()), "keyring_locked"),
        (Ring(InitError()), "keyring_locked"),
        (Ring(RuntimeError(f"odd {KEY}")), "keyring_broken"),
        (FileRing(), "keyring_missing"),
    ],
)
def test_a_keyring_that_cannot_be_used_is_explained(ring: Ring, code: str) -> None:
    with pytest.raises(CloudError) as caught:
        save_key(NVIDIA, Secret(KEY), ring)
    assert caught.value.message.code == code
    assert "for this run only" in str(caught.value)
    assert KEY not in str(caught.value)
    assert not ring.entries


def test_a_locked_keyring_does_not_hinder_a_key_for_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = Ring(KeyringLocked())
    with pytest.raises(CloudError, match="locked"):
        find_key(NVIDIA, backend=locked)
    monkeypatch.setenv("NVIDIA_API_KEY", KEY)
    found = find_key(NVIDIA, backend=locked)
    assert found is not None
    assert found.source == "environment"


@pytest.mark.parametrize(
    "text", ["", "hello", "nvapi-short", f"{KEY} {KEY}", f"{KEY}\x1b", "sk-0123456789012345678901"]
)
def test_what_cannot_be_a_key_is_refused_unrepeated(text: str) -> None:
    with pytest.raises(CloudError) as caught:
        check_shape(NVIDIA, text)
    assert not text or text not in str(caught.value)


def test_a_secret_shows_itself_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    one = Secret(KEY)
    logging.getLogger("x").warning("%s %r", one, [one])
    assert KEY not in f"{one} {one!r} {[one]} {vars} {caplog.text}"
    with pytest.raises(TypeError):
        pickle.dumps(one)
    assert KEY not in redacted(f"a {KEY} b Bearer abc", None)
    assert "abc" not in redacted("Bearer abc")
    assert redacted("x other y", Secret("other")) == "x [key] y"


CHILD = """
import os, sys
from engines import secret
secret.hold_back()
from engines.workers.pool import Start, WorkerPool
from tests.cloud.environments import environment
if __name__ == "__main__":
    with WorkerPool(1) as pool:
        pool.submit(1, environment)
        seen = []
        while not seen:
            seen = pool.wait(1.0)
    print(seen[0].value)
"""


def test_no_worker_ever_sees_the_key(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(CHILD)
    root = str(Path(__file__).resolve().parents[2])
    environment: dict[str, Any] = os.environ | {"NVIDIA_API_KEY": KEY, "PYTHONPATH": root}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=True)
    assert "PYTHONPATH" in done.stdout
    assert KEY not in done.stdout


@pytest.mark.parametrize("trouble", [KeyringLocked(), NoKeyringError()])
def test_a_key_for_this_run_only_needs_no_keyring(trouble: Exception) -> None:
    ring = Ring(trouble)
    keep_for_this_run(NVIDIA, Secret(KEY))
    found = find_key(NVIDIA, backend=ring)
    assert found is not None
    assert (found.secret, found.source) == (Secret(KEY), "this run")
    assert find_key(HOME, backend=Ring()) is None
    assert delete_key(NVIDIA, backend=ring)
    with pytest.raises(CloudError):
        delete_key(NVIDIA, backend=ring)


def test_deleting_the_key_deletes_that_for_this_run_and_that_in_the_keyring() -> None:
    ring = Ring()
    save_key(NVIDIA, Secret(KEY), ring)
    keep_for_this_run(NVIDIA, Secret("nvapi-other"))
    assert delete_key(NVIDIA, ring)
    assert not delete_key(NVIDIA, ring)


def test_a_key_in_the_keyring_takes_the_place_of_one_for_this_run() -> None:
    ring = Ring()
    keep_for_this_run(NVIDIA, Secret("nvapi-before"))
    save_key(NVIDIA, Secret(KEY), ring)
    found = find_key(NVIDIA, backend=ring)
    assert found is not None
    assert (found.secret, found.source) == (Secret(KEY), "keyring")
