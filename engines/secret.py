"""Secrets: a text that nothing prints by accident, and the environment's, kept from every process that is started."""

from __future__ import annotations

import os
import re
from threading import Lock

HELD_BACK = ("NVIDIA_API_KEY",)  # variables that no child process inherits

_LIKE_A_KEY = re.compile(r"nvapi-[A-Za-z0-9_-]+|(?<=Bearer )\S+", re.IGNORECASE)
_turn = Lock()
_held: dict[str, Secret] = {}


class Secret:
    """A text that only reveal() gives away: repr, str, format, logs and pickle do not."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a secret stays in the process that has it")


def hold_back() -> None:
    """Take the secrets out of the environment, which every process started from now on inherits."""
    with _turn:
        for name in HELD_BACK:
            text = os.environ.pop(name, "").strip()
            if text:
                _held[name] = Secret(text)


def from_environment(name: str) -> Secret | None:
    """What this variable held, also if it was held back since. name: one of HELD_BACK."""
    hold_back()
    with _turn:
        return _held.get(name)


def redacted(text: str, secret: Secret | None = None) -> str:
    """The text without anything that looks like a key, and without this secret however it looks."""
    if secret is not None and secret.reveal():
        text = text.replace(secret.reveal(), "[key]")
    return _LIKE_A_KEY.sub("[key]", text)
