"""Reads what a model wrote: JSON where it kept to that, plain text where not, and never more than text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engines.cloud.client import read_json, unreadable
from engines.cloud.faults import plain
from engines.errors import CloudError, Remedy

LONGEST_TEXT = 4_000  # characters of a description
LONGEST_NAME = 60  # … of a tag or a product
MOST_NAMES = 32

_THOUGHT = re.compile(r"<think>.*?(</think>|$)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)
_TEXT_KEYS = ("description", "caption", "text", "sentence", "summary")
_TAG_KEYS = ("tags", "keywords", "labels")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s*")
_TIME = re.compile(r"^\s*\[?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\.\d+)?\]?\s*[-:\u2013]?\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Description:
    """What a picture shows, as the model says; either may be empty, not both."""

    text: str
    tags: tuple[str, ...] = ()


def content_of(body: bytes, about: str) -> str:
    """What the model wrote, without what it thought. Raises CloudError if that is nothing."""
    answer = read_json(body, about)
    try:
        content = answer["choices"][0]["message"].get("content")
    except (TypeError, KeyError, IndexError, AttributeError):
        raise unreadable(about) from None
    if isinstance(content, list):  # some servers answer in parts, as they are asked
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    text = _THOUGHT.sub("", content).strip() if isinstance(content, str) else ""
    if not text:
        sentence = f"{about} answered nothing, as models that think aloud do when the length is too short."
        raise CloudError("cloud_empty", sentence, remedy=Remedy.NONE, about=about)
    return text


def description_in(text: str, about: str) -> Description:
    """Raises CloudError if neither a word of description nor a tag is left."""
    found = _object_in(text)
    if found is None:
        description = Description(cleaned(text, LONGEST_TEXT))
    else:
        written = next((found[key] for key in _TEXT_KEYS if isinstance(found.get(key), str)), "")
        listed = next((found[key] for key in _TAG_KEYS if key in found), ())
        description = Description(cleaned(written, LONGEST_TEXT), names_in(listed))
    if not description.text and not description.tags:
        raise unreadable(about)
    return description


def tags_in(text: str, about: str) -> tuple[str, ...]:
    """The tags of a JSON object, of a JSON list, or of lines or words between commas. Raises CloudError without any."""
    found = _object_in(text)
    listed: Any = next((found[key] for key in _TAG_KEYS if key in found), ()) if found is not None else _list_in(text)
    tags = names_in(listed if listed is not None else text)
    if not tags:
        raise unreadable(about)
    return tags


def products_in(text: str, about: str) -> list[dict[str, Any]]:
    """Dicts with `name` and maybe `count`, `confidence`, `box`, of a JSON object's `products` or a list.

    Raises CloudError if there is no JSON.
    """
    found = _object_in(text)
    listed = found.get("products", found.get("items")) if found is not None else _list_in(text)
    if not isinstance(listed, list):
        raise unreadable(about)
    return [one if isinstance(one, dict) else {"name": one} for one in listed[:500] if isinstance(one, dict | str)]


def moments_in(text: str) -> list[tuple[float, str]]:
    """Lines that begin with a time, '1:05 A man enters': seconds, sentence."""
    moments = []
    for match in map(_TIME.match, text.splitlines()):
        if match is not None:
            hours, minutes, seconds, sentence = match.groups()
            moments.append((int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds), cleaned(sentence, LONGEST_TEXT)))
    return [(float(time_s), sentence) for time_s, sentence in moments if sentence]


def names_in(value: Any) -> tuple[str, ...]:
    """Short names out of a list, or of a text with commas or lines; each once, whatever its capitals."""
    pieces: Iterable[Any] = re.split(r"[,;\n]", value) if isinstance(value, str) else value
    if not isinstance(pieces, list | tuple):
        return ()
    names: dict[str, str] = {}
    for piece in pieces[:500]:
        name = plain(_BULLET.sub("", piece[:1000])).strip(" .\"'#") if isinstance(piece, str) else ""
        if name and len(name) <= LONGEST_NAME:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:MOST_NAMES]


def cleaned(text: str, longest: int) -> str:
    """One line of plain text, cut at a word."""
    text = plain(text[: longest * 4])
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + "…"


def _object_in(text: str) -> dict[str, Any] | None:
    """The outermost JSON object in a text, fenced or not."""
    found = _json_between(text, "{", "}")
    return found if isinstance(found, dict) else None


def _list_in(text: str) -> list[Any] | None:
    found = _json_between(text, "[", "]")
    return found if isinstance(found, list) else None


def _json_between(text: str, opening: str, closing: str) -> Any:
    fenced = _FENCE.search(text)
    text = fenced[1] if fenced is not None else text
    start, end = text.find(opening), text.rfind(closing)
    if start < 0 or end < start:
        return None
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None
