"""Some hundred made photos and videos in a real library, and a plain Python way to say which of them fit a query."""

from __future__ import annotations

import math
import os
import random
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engines.library.columns import COLOURS
from engines.library.media import refresh
from engines.library.results import tag_id
from engines.types import Examined, State, Wanted
from tests.shelf import OneAtATime, Shelf, look

NOW = datetime(2026, 3, 31, 15, 0)

WORDS = ("dog", "dogs", "cat", "beach", "beaches", "city", "cities", "the", "on", "sunset", "café", "2008", "harbour")
CAMERAS = ("Canon EOS 5", "Canon EOS 50D", "Nikon D70", "Apple iPhone 12")
LENSES = ("EF70-200mm f/2.8", "EF24-105mm f/4L")
PLACES = {"Lisbon, Portugal": (38.72, -9.14), "Oslo, Norway": (59.91, 10.75), "Suva, Fiji": (-18.14, 178.44)}
TAGS = ("dog", "animals/cat", "hot dog", "Café", "sky")
FOLDERS = ("Lisbon 2019", "2008/october", "cats & dogs")


@dataclass(frozen=True)
class Item:
    """One photo or video as it was made."""

    media_id: int
    path: Path
    facts: dict[str, Any]
    scores: dict[str, float] = field(default_factory=dict)  # of tags that a network saw
    typed: frozenset[str] = frozenset()
    state: str = "ok"
    offline: bool = False
    has_copy: bool = False

    @property
    def kind(self) -> str:
        return "video" if self.path.suffix == ".mp4" else "photo"

    @property
    def tags(self) -> dict[str, float]:
        """Each tag with its best score; what the file says is certain. Levels of hierarchical keywords are tags."""
        return {**self.scores, **{word: 1.0 for word in self.facts.get("keywords", ())}}

    def texts(self) -> dict[str, str]:
        """What words search, by column."""
        camera = f"{self.facts.get('camera', '')} {self.facts.get('lens', '')}"
        written = {name: self.facts.get(name, "") for name in ("title", "caption", "place")}
        return written | {
            "name": self.path.name, "folder": str(self.path.parent), "tags": ", ".join(self.tags), "camera": camera,
        }  # fmt: skip

    def holds(self, *words: str, columns: tuple[str, ...] = ()) -> bool:
        """Whether the words follow each other in one of the texts, or in one of these columns."""
        texts = [text for column, text in self.texts().items() if not columns or column in columns]
        return any(f" {' '.join(words)} " in f" {' '.join(tokens(text))} " for text in texts)

    def any_of(self, *words: str) -> bool:
        return any(self.holds(word) for word in words)

    def value(self, name: str, test: Callable[[Any], bool]) -> bool:
        return name in self.facts and test(self.facts[name])

    def km_from(self, latitude: float, longitude: float) -> float:
        """Infinite where the item lies nowhere."""
        if "latitude" not in self.facts:
            return math.inf
        here, there = (math.radians(latitude), math.radians(longitude)), (
            math.radians(self.facts["latitude"]), math.radians(self.facts["longitude"]),
        )  # fmt: skip
        cosine = math.sin(here[0]) * math.sin(there[0]) + math.cos(here[0]) * math.cos(there[0]) * math.cos(
            here[1] - there[1]
        )
        return 6371.0088 * math.acos(min(1.0, cosine))


def tokens(text: str) -> list[str]:
    """The words of a text without capitals and accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))


class Catalogue:
    """A shelf and what stands on it."""

    def __init__(self, place: Path, count: int = 240) -> None:
        self.shelf = Shelf(place)
        self.shelf.executor = OneAtATime(_look)
        self._dice = random.Random(8)
        made = [self._put(number) for number in range(count)]
        away = [self._put(number, folder=place / "stick") for number in range(count, count + 10)]
        self.shelf.take_in()
        self.shelf.take_in(place / "stick")
        copies = Counter(path.read_bytes() for path, _ in made + away)
        self.items = [
            Item(self.shelf.media_id(path), path, facts, has_copy=copies[path.read_bytes()] > 1)
            for path, facts in made + away
        ]
        self._let_something_happen(place)

    def _put(self, number: int, folder: Path | None = None) -> tuple[Path, dict[str, Any]]:
        dice = self._dice
        copied = number % 20 == 6
        suffix = ".jpg" if copied else dice.choice((".jpg", ".jpg", ".png", ".nef", ".mp4"))
        name = f"{'broken' if number % 17 == 3 else 'IMG'}_{number:04d}{suffix}"
        facts: dict[str, Any] = {} if number % 20 == 5 else self._facts(number, suffix)
        facts = {"copyright": "many times"} if copied else facts | {"copyright": f"© {number}"}
        place = (folder or self.shelf.photos) / dice.choice(FOLDERS)
        return self.shelf.put(name, facts, folder=place), facts

    def _facts(self, number: int, suffix: str) -> dict[str, Any]:
        dice = self._dice
        facts: dict[str, Any] = {"width": dice.choice((3000, 4000)), "height": dice.choice((3000, 4000))}
        facts |= {
            "taken": f"{dice.randint(2006, 2010)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T12:00:00",
            "iso": dice.choice((100, 400, 800, 1600)), "aperture": dice.choice((1.8, 2.8, 4.0)),
            "exposure_s": dice.choice((1 / 250, 1 / 60, 2.0)), "focal_mm": dice.choice((35.0, 50.0, 85.0)),
            "rating": dice.randint(-1, 5), "camera": dice.choice(CAMERAS), "lens": dice.choice(LENSES),
            "quality": round(dice.random(), 2), "sharpness": round(dice.random(), 2),
            "noise": round(dice.random() * 9, 2),
            "caption": " ".join(dice.choices(WORDS, k=dice.randint(1, 7))), "title": dice.choice(WORDS),
            "keywords": dice.sample(TAGS, dice.randint(1, 3)), "colour_label": dice.choice(("Red", "Blue")),
            "colours": [{"name": name, "share": dice.choice((0.1, 0.2))} for name in dice.sample(COLOURS, 3)],
        }  # fmt: skip
        if suffix == ".mp4":
            facts |= {
                "duration_s": dice.uniform(1, 200),
                "fps": dice.choice((25.0, 29.97)),
                "codec": "h264",
                "audio_codec": "aac",
            }
        place = dice.choice((*PLACES, None))
        if place is not None:
            latitude, longitude = PLACES[place]
            facts |= {
                "place": place,
                "latitude": latitude + dice.uniform(-1, 1),
                "longitude": longitude + dice.uniform(-1, 1),
            }
        return {
            name: value for name, value in facts.items() if dice.random() < 0.8 or name in ("latitude", "longitude")
        }

    def _let_something_happen(self, place: Path) -> None:
        """Networks see things, the user hides some, files vanish, a drive goes away."""
        library, items = self.shelf.library, self.items
        for number, item in enumerate(items):
            if item.path.name.startswith("broken"):
                items[number] = replace(item, state="corrupt", facts={})
            elif number % 3 == 0 and not item.has_copy:
                items[number] = replace(item, scores={self._dice.choice(TAGS): round(self._dice.uniform(0.1, 0.9), 2)})
        self._save_scores()
        for typed, step in (("hidden", 11), ("favourite", 7)):
            chosen = [number for number, item in enumerate(items) if item.media_id % step == 0]
            library.type_in([items[number].media_id for number in chosen], {typed: True})
            for number in chosen:
                items[number] = replace(items[number], typed=items[number].typed | {typed})
        self._lose_some()
        stick = library.root_of(str(place / "stick" / "x"))
        assert stick is not None
        library.set_offline(stick, "It is not plugged in.")
        for number, item in enumerate(items):
            if item.path.is_relative_to(place / "stick"):
                items[number] = replace(item, offline=True)

    def _save_scores(self) -> None:
        with self.shelf.library.write() as connection:
            for item in self.items:
                for name, score in item.scores.items():
                    connection.execute(
                        "INSERT INTO tagging (frame_id, tag_id, source, phase, score) "
                        "SELECT frame.id, ?, 'network', 'scenes', ? FROM media "
                        "JOIN frame USING (content_id) WHERE media.id = ?",
                        (tag_id(connection, name), score, item.media_id),
                    )
            refresh(connection, [item.media_id for item in self.items])

    def _lose_some(self) -> None:
        for number, item in enumerate(self.items):
            if number % 29 == 4 and not item.has_copy and item.path.is_relative_to(self.shelf.photos):
                os.unlink(item.path)
                self.items[number] = replace(item, state="missing")
        self.shelf.take_in(certain=True)

    def close(self) -> None:
        self.shelf.library.close()
        shutil.rmtree(self.shelf.photos.parent)


def _look(wanted: Wanted) -> Examined:
    examined = look(wanted)
    assert examined.content is not None
    if os.path.basename(wanted.path).startswith("broken"):
        return replace(examined, content=replace(examined.content, state=State.CORRUPT), done=())
    return examined
