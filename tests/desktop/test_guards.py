"""Guards over the tests of the window: leaks are found, and no item model goes without Qt's own checks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTERS = ("qtmodeltester", "QAbstractItemModelTester")

LEAKS = """
import threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel

kept = []

def test_nothing(qapp):
    pass

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(60_000)

def test_widget(qapp):
    kept.append(QLabel("left over"))

def test_thread(qapp):
    kept.append(threading.Thread(target=threading.Event().wait, daemon=True, name="left over"))
    kept[-1].start()

def test_qt_thread(qapp):
    kept.append(QThread())
    kept[-1].start()
"""


def test_what_a_test_leaves_behind_fails_it(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest((ROOT / "tests" / "desktop" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(LEAKS)
    ran = pytester.runpytest_subprocess("-q", "-p", "no:faulthandler", timeout=100)
    said = ran.stdout.str()
    assert ran.parseoutcomes()["errors"] == 4, said
    for what in ("timers are still running", "top-level widgets are left over", "the thread left over is left over"):
        assert what in said
    assert "threads of Qt are still running" in said


def test_every_item_model_goes_through_qts_own_tester() -> None:
    tests = [file.read_text("utf-8") for file in (ROOT / "tests" / "desktop").rglob("test_*.py")]
    with_tester = [text for text in tests if any(tester in text for tester in TESTERS)]
    models = [
        node.name
        for file in (ROOT / "desktop").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and any("Abstract" in ast.unparse(base) for base in node.bases)
        if any(ast.unparse(base).endswith("Model") for base in node.bases)
    ]
    assert len(models) >= 4
    assert [name for name in models if not any(name in text for text in with_tester)] == []
