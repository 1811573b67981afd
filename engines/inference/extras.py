"""What the extras bring that networks need, which of it is not installed here, and how it gets here."""

from __future__ import annotations

import importlib.util
import shlex
import subprocess
import sys
from pathlib import Path

from engines.errors import InferenceError

_TO_EXPORT = ("torch", "transformers", "onnx")
_CHECKOUT = Path(__file__).resolve().parents[2]


def install_command(extra: str) -> str:
    """What a person types to add an extra of pyproject.toml to this installation."""
    installer = _CHECKOUT / "installer" / "install.py"
    if installer.is_file():
        words = [sys.executable, str(installer), sys.prefix, "--extra", extra]
    else:
        words = [sys.executable, "-m", "pip", "install", f"image-engine[{extra}]"]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def can_export() -> bool:
    """Whether networks can be made of checkpoints here."""
    return all(importlib.util.find_spec(name) is not None for name in _TO_EXPORT)


def need_export() -> None:
    """Raises InferenceError if networks cannot be made of checkpoints here."""
    need_packages("A network is made of its checkpoint with", _TO_EXPORT)


def need_packages(what: str, packages: tuple[str, ...]) -> None:
    """Raises InferenceError if one of them is not installed. what: is done with them, as the sentence begins."""
    lacking = [name for name in packages if importlib.util.find_spec(name) is None]
    if lacking:
        text = (
            f"{what} {', '.join(packages)}, and {', '.join(lacking)} cannot be found. "
            f"This brings it: {install_command('nvidia')}"
        )
        raise InferenceError("extra_missing", text, lacking=lacking)
