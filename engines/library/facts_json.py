"""Facts and messages as the JSON texts that the tables hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from engines.types import Fact, Facts, Message


def dump_facts(facts: Facts) -> str:
    """{"camera": ["Canon EOS 6D", "exif"], …}"""
    return _dump({name: [fact.value, fact.source] for name, fact in facts.items()})


def load_facts(text: str | None) -> Facts:
    return {name: Fact(value, source) for name, (value, source) in json.loads(text or "{}").items()}


def dump_message(message: Message | None) -> str | None:
    if message is None:
        return None
    return _dump({"code": message.code, "text": message.text, "params": dict(message.params)})


def load_message(text: str | None, *, about: str) -> Message | None:
    """about: the name of the file that the message is read for.

    What is wrong with a content was written down with the name of the file that had these bytes first; since then that
    file may have been renamed, and others may have the same bytes.
    """
    if not text:
        return None
    message = Message(**json.loads(text))
    name = message.params.get("name")
    if not name:
        return message
    return replace(message, text=message.text.replace(name, about, 1), params={**message.params, "name": about})


def _dump(value: Mapping[str, object]) -> str:
    # Surrogates from undecodable file names cannot be stored as UTF-8; everything else is kept readable.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
    return text.encode("utf-8", "replace").decode()
