"""What is asked while searches are measured: kinds of queries that cost differently, about a made library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from engines.bench.made_items import MadeLibrary
from engines.library.made_rows import MadeItem
from engines.vocabulary import nodes

_BEGINNINGS = ("two people with a", "a child playing with a", "something like a", "the old")
_ENDS = ("in the garden", "at night", "by the sea", "in our kitchen", "in winter")
_LONG = 5  # letters, of a word that is still understood with one less
_TRIES = 20  # for each query, before a kind is taken to have no more different ones


@dataclass(frozen=True, slots=True)
class Family:
    """Queries of one kind, all different."""

    name: str
    queries: tuple[str, ...]


def families(library: MadeLibrary, each: int) -> list[Family]:
    """All kinds, with so many queries each, or as many different ones as there are; the same ones every time."""
    return [Family(name, _different(ask, each)) for name, ask in _Speaker(library).kinds().items()]


def _different(ask: Callable[[], str], count: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for _ in range(count * _TRIES):
        found[ask()] = None
        if len(found) == count:
            break
    return tuple(found)


class _Speaker:
    """Makes up queries; each method is one kind."""

    def __init__(self, library: MadeLibrary) -> None:
        self._library = library
        self._random = Random(3)
        self._things = sorted(nodes())
        self._captions = [caption for caption in map(_caption, next(library.items())) if caption]

    def kinds(self) -> dict[str, Callable[[], str]]:
        return {
            "common word": self._common,
            "rare word": self._rare,
            "two words": lambda: f"{self._common()} {self._usual()}",
            "phrase": self._phrase,
            "beginning of a word": lambda: f"{self._usual()[:3]}*",
            "file name": self._name,
            "tag": lambda: f'tag:"{self._pick(self._library.tags[:500])}"',
            "field": self._field,
            "word, 50 % kept": lambda: f"{self._common()} {self._keeping(0.5)}",
            "word, 5 % kept": lambda: f"{self._common()} {self._keeping(0.05)}",
            "word, 0.5 % kept": lambda: f"{self._common()} {self._keeping(0.005)}",
            "OR and NOT": self._combined,
            "nothing found": self._nothing,
            "thing": self._thing,
            "two things": lambda: f"{self._thing()} and {self._thing()}",
            "sentence": lambda: f"{self._pick(_BEGINNINGS)} {self._thing()} {self._pick(_ENDS)}",
            "misspelt thing": self._misspelt,
            "thing, 5 % kept": lambda: f"{self._thing()} {self._keeping(0.05)}",
            "thing, 0.5 % kept": lambda: f"{self._thing()} {self._keeping(0.005)}",
            "middle of file names": lambda: f"name:*{self._random.randrange(10, 1000)}*",
            "path": lambda: f"path:{self._random.randrange(2004, 2026)}/*{self._pick(self._library.words[:2000])}",
        }

    def _pick(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _thing(self) -> str:
        """What networks know, from one sort of dog to all animals; seen in half of the media, or in few."""
        return self._pick(self._things)

    def _misspelt(self) -> str:
        """A thing without one of its letters."""
        name = self._pick([name for name in self._things if name.isalpha() and len(name) > _LONG])
        place = self._random.randrange(1, len(name) - 1)
        return name[:place] + name[place + 1 :]

    def _common(self) -> str:
        """In 1 to 30 % of the media."""
        return self._pick(self._library.words[:60])

    def _usual(self) -> str:
        return self._pick(self._library.words[60:1500])

    def _rare(self) -> str:
        """In 1 of 3,000 media, or in none."""
        return self._pick(self._library.words[1500:10_000])

    def _name(self) -> str:
        number = self._random.randrange(10_000)
        return self._pick([f"img_{number:04}", f"name:IMG_{number:04}", f"name:DSC{number // 10:03}*"])

    def _phrase(self) -> str:
        """Two words that stand together in some caption."""
        words = self._pick(self._captions).split()
        return f'"{words[1]} {words[2]}"'

    def _field(self) -> str:
        library, random = self._library, self._random
        spot = random.choice(library.spots)
        year = random.randrange(2006, 2026)
        return self._pick(
            [
                f"date:{year}",
                f"date:{year}-{random.randrange(1, 13):02}..",
                f"rating:>={random.randrange(1, 6)}",
                f'camera:"{self._pick(library.cameras)}"',
                f"near:{spot.latitude:.2f},{spot.longitude:.2f}/{random.randrange(5, 50)}km",
                f"colour:{self._pick(['red', 'green', 'blue', 'white', 'brown'])}",
                f"iso:>{random.randrange(1, 32) * 100}",
                f"has:gps quality:>0.{random.randrange(10, 99)}",
                f"type:video orientation:portrait date:{year}",
            ]
        )

    def _keeping(self, share: float) -> str:
        """A filter that keeps so much of the library: of one time, or from everywhere in it."""
        if self._random.random() < 0.5:
            start = self._random.random() * (1 - share)
            first, last = self._library.taken(start), self._library.taken(start + share)
            return f"date:{first:%Y-%m-%d}..{last:%Y-%m-%d}"
        return f"quality:>{1 - share:.3f}"

    def _combined(self) -> str:
        return self._pick(
            [
                f"({self._common()} OR {self._common()}) -{self._common()}",
                f'{self._common()} -tag:"{self._pick(self._library.tags[:100])}"',
                f"{self._usual()} OR rating:5",
                f"-{self._common()} {self._keeping(0.05)}",
                f'({self._common()} colour:blue) OR "{self._usual()} {self._usual()}"',
            ]
        )

    def _nothing(self) -> str:
        return self._pick(
            [
                f"{self._rare()}qx",
                f"{self._common()} date:1999",
                f'"{self._rare()} {self._rare()} {self._rare()}"',
                f"{self._common()} {self._usual()}xw",
            ]
        )


def _caption(item: MadeItem) -> str:
    fact = item.findings["metadata"].get("caption")
    return str(fact.value) if fact is not None else ""
