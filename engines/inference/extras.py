"""What the extra `nvidia` brings, and which of it is not installed here."""

from __future__ import annotations

import importlib.util

from engines.errors import InferenceError

_TO_EXPORT = ("torch", "transformers", "onnx")


def need_export() -> None:
    """Raises InferenceError if networks cannot be made of checkpoints here."""
    lacking = [name for name in _TO_EXPORT if importlib.util.find_spec(name) is None]
    if lacking:
        text = (
            f"A network is made of its checkpoint with {', '.join(_TO_EXPORT)}, and {', '.join(lacking)} cannot be "
            "found. Install Image Engine with its extra: pip install image-engine[nvidia]."
        )
        raise InferenceError("extra_missing", text, lacking=lacking)
