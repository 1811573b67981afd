"""What the extra `nvidia` brings, and which of it is not installed here."""

from __future__ import annotations

import importlib.util

from engines.errors import InferenceError

_TO_EXPORT = ("torch", "transformers", "onnx")


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
            "Install Image Engine with its extra: pip install image-engine[nvidia]."
        )
        raise InferenceError("extra_missing", text, lacking=lacking)
