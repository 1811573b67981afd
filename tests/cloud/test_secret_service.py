"""The key in a real keyring: GNOME's Secret Service on a message bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cloud_server import serving
from tests.conftest import USER_FOLDERS
from tests.program import MAIN

KEY = "nvapi-SENTINEL0123456789abcdefghij"
PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
UNLOCKED = 'printf "open sesame" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
LIMIT_S = 60

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, PROGRAMS)), reason="needs gnome-keyring and dbus, as installer/test installs them"
)


def environment(home: Path) -> dict[str, str]:
    folders = {variable: str(home / folder) for variable, folder in USER_FOLDERS.items()}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
    return plain | folders | {"XDG_RUNTIME_DIR": str(home / "run")}


def on_a_bus(home: Path, script: str, *command: str) -> subprocess.CompletedProcess[str]:
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    line = ["dbus-run-session", "--", "sh", "-c", script, "sh", *command]
    return subprocess.run(
        line, env=environment(home), capture_output=True, text=True, timeout=LIMIT_S, check=False, input=""
    )


def test_a_key_is_set_used_and_deleted(home: Path, tmp_path: Path) -> None:
    with serving() as server:
        main = f"{sys.executable} {MAIN} --library {tmp_path}/library"
        options = f"--set cloud.server=other --set cloud.address={server.base}"
        steps = (
            f"echo {KEY} | {main} cloud key set {options} && {main} cloud check {options} && "
            f"{main} cloud key delete {options} && {main} cloud check {options}; {main} cloud key delete {options}"
        )
        ran = on_a_bus(home, UNLOCKED, "sh", "-c", steps)
        asked = [one["headers"].get("Authorization") for one in server.asked]
    assert "is in the system's keyring" in ran.stdout, ran.stderr
    assert asked == [f"Bearer {KEY}", None]
    assert "  key        keyring" in ran.stdout
    assert "  key        none" in ran.stdout
    assert "holds no key" in ran.stdout
    kept = b"".join(path.read_bytes() for place in (home, tmp_path) for path in place.rglob("*") if path.is_file())
    assert KEY.encode() not in kept + ran.stdout.encode() + ran.stderr.encode()  # the keyring's own file is encrypted


def test_without_a_keyring_it_is_explained(home: Path, tmp_path: Path) -> None:
    options = ("--set", "cloud.server=ollama")
    line = [sys.executable, str(MAIN), "--library", str(tmp_path / "library"), "cloud", "key", "set", *options]
    done = subprocess.run(
        line, env=environment(home), capture_output=True, text=True, timeout=LIMIT_S, check=False, input=f"{KEY}\n"
    )
    assert done.returncode == 1
    assert "for this run only" in done.stderr
    assert KEY not in done.stderr + done.stdout
