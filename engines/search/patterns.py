"""Compares a pattern with the texts of a library, without regard to capitals, accents and the kind of spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from engines.search.nodes import Pattern

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@lru_cache(100_000)  # the same folders, cameras and tags are compared by every search
def fold(text: str) -> str:
    """The text as it is compared: small letters without marks, 'ß' as 'ss', '_' as space, '\\' as '/'."""
    text = text.replace("_", " ").replace("\\", "/")
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def foldings(word: str) -> tuple[str, str]:
    """A German word as it is compared, however its umlauts are written: 'kuche' and 'kueche'."""
    return fold(word), fold(word.translate(_UMLAUTS))


def within(pattern: Pattern, texts: Mapping[int, str]) -> list[int]:
    """The ids of the texts that hold the pattern, or are a whole one. 'EOS 5' is not in 'EOS 50D'."""
    return _matching(pattern, _contained(pattern), texts)


def as_folder(pattern: Pattern, paths: Mapping[int, str]) -> list[int]:
    """The ids of the paths that hold the pattern anywhere; of a whole one, those that it is and all within it."""
    return _matching(pattern, _folder(pattern) if pattern.whole else _contained(pattern), paths)


def as_level(pattern: Pattern, texts: Mapping[int, str]) -> list[int]:
    """The ids of the texts that are the pattern, whole or one level of a hierarchy: 'animals/dog' is a 'dog'."""
    return _matching(pattern, _level(pattern), texts)


def _matching(pattern: Pattern, expression: re.Pattern[str], texts: Mapping[int, str]) -> list[int]:
    literal = max(map(fold, pattern.pieces), key=len)  # looking for it first is ten times as fast
    folded = ((text_id, fold(text)) for text_id, text in texts.items())
    return [text_id for text_id, text in folded if literal in text and expression.search(text)]


@lru_cache(256)
def _contained(pattern: Pattern) -> re.Pattern[str]:
    if pattern.whole:
        return re.compile(rf"\A{_regular(pattern)}\Z")
    first, last = fold(pattern.pieces[0])[:1], fold(pattern.pieces[-1])[-1:]
    before = r"(?<!\d)" if first.isdigit() else ""
    after = r"(?!\d)" if last.isdigit() else ""
    return re.compile(f"{before}{_regular(pattern)}{after}")


@lru_cache(256)
def _folder(pattern: Pattern) -> re.Pattern[str]:
    return re.compile(rf"\A{_regular(pattern).removesuffix('/')}(?:/|\Z)")


@lru_cache(256)
def _level(pattern: Pattern) -> re.Pattern[str]:
    return re.compile(rf"(?:^|/)\s*{_regular(pattern)}\s*(?:$|/)")


def _regular(pattern: Pattern) -> str:
    return ".*".join(re.escape(fold(piece)) for piece in pattern.pieces)
