"""What was answered about a stretch of a video, joined with what is known of the rest of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import apsw

from engines.library.database import all_rows, first_value
from engines.library.facts_json import load_facts
from engines.types import Done, Fact, Facts, Tag

Stretch = tuple[float, float]  # seconds from the start

_TIMED = ("described_moments", "products")  # facts that are lists of dicts with time_s
_LONGEST_TEXT = 4000  # characters of a description that is put together from stretches


def joined(connection: apsw.Connection, content_id: int, done: Done, stretch: Stretch, *, was_whole: bool) -> Done:
    """The answer with what the phase found outside the stretch. was_whole: the whole video was asked about before, and
    its description stays."""
    query = "SELECT facts FROM finding WHERE content_id = ? AND phase = ?"
    before = load_facts(first_value(connection, query, (content_id, done.phase)))
    facts = before | _timed(before, done.findings.facts, stretch)
    if was_whole and "description" in before:
        facts["description"] = before["description"]
    elif "described_moments" in facts:
        facts["description"] = _whole(facts["described_moments"])
    tags = {tag.name: tag for tag in (*_tags(connection, content_id, done.phase), *done.findings.tags)}
    return replace(done, findings=replace(done.findings, facts=facts, tags=tuple(tags.values())))


def _timed(before: Facts, now: Facts, stretch: Stretch) -> Facts:
    start_s, end_s = stretch
    found = dict(now)
    for name in _TIMED:
        if name in now:
            kept = [one for one in (before[name].value if name in before else ()) if not start_s <= _at(one) < end_s]
            found[name] = replace(now[name], value=sorted([*kept, *now[name].value], key=_at))
    return found


def _at(one: dict[str, Any]) -> float:
    return float(one.get("time_s", 0.0))


def _whole(moments: Fact) -> Fact:
    text = " ".join(dict.fromkeys(str(moment["text"]) for moment in moments.value))
    return replace(moments, value=text[:_LONGEST_TEXT])


def _tags(connection: apsw.Connection, content_id: int, phase: str) -> Sequence[Tag]:
    query = (
        "SELECT tag.name, score, source FROM frame JOIN tagging ON frame_id = frame.id JOIN tag ON tag.id = tag_id "
        "WHERE content_id = ? AND phase = ?"
    )
    return [Tag(*row) for row in all_rows(connection, query, (content_id, phase))]
