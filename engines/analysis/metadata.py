"""The phase that reads what a file says about itself, and makes its keywords tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engines.media import metadata
from engines.media.open_file import OpenFile
from engines.types import Fact, Facts, Findings, Tag


def look(file: OpenFile) -> Findings:
    """The facts of engines.media.metadata.read, and a tag for each keyword. Raises MediaError as read does."""
    facts = metadata.read(file)
    return Findings(facts, keyword_tags(facts, source="file"))


def keyword_tags(facts: Facts, source: str) -> tuple[Tag, ...]:
    """A tag of score 1 for each keyword, and for each level of one that has levels, such as 'Places/Berlin'."""
    keywords = facts.get("keywords", Fact([], "")).value
    return tuple(Tag(name, 1.0, source) for name in _once(_with_levels(keywords)))


def _with_levels(keywords: Iterable[str]) -> Iterator[str]:
    for keyword in keywords:
        yield keyword
        yield from filter(None, (level.strip() for level in keyword.split("/")))


def _once(names: Iterable[str]) -> Iterable[str]:
    """The first spelling of each, regardless of case."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return found.values()
