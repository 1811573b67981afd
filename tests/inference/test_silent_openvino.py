"""Nothing leaves the computer and nothing is written home because OpenVINO was imported."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ENGINES = Path(__file__).resolve().parents[2] / "engines"
LOAD = """
import sys
from engines.inference.silent_openvino import openvino
openvino.Core()
print(*(name for name, module in sys.modules.items() if module))  # None stands for what must not be had
"""


def after_making_a_back_end() -> set[str]:
    """The modules that a fresh Python has loaded. OpenVINO is told of no CI service, where it would keep quiet."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, env=environment, cwd=ENGINES.parent
    )
    return set(done.stdout.split())


def test_openvino_loads_no_telemetry() -> None:
    loaded = after_making_a_back_end()
    assert "openvino" in loaded
    assert not {name for name in loaded if "telemetry" in name or name.startswith("http") or name == "socket"}


def test_openvino_writes_nothing_home(home: Path) -> None:
    after_making_a_back_end()
    assert not list(home.iterdir())


def test_openvino_is_imported_in_one_place() -> None:
    importing = set()
    for path in ENGINES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if any(name.split(".")[0] == "openvino" for name in (*names, module)):
                importing.add(path.name)
    assert importing == {"silent_openvino.py"}
