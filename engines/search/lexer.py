"""Cuts a query's text into words, phrases, fields with their values, and the signs that combine them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import Enum, auto

from engines.errors import QueryError
from engines.search.fields import FIELDS, FieldSpec
from engines.search.nodes import Field
from engines.search.values import Value, ValueProblem


class Sign(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    NOT = auto()
    OR = auto()
    AND = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from start to end. text: the word, or what is within the quotation marks."""

    sign: Sign
    start: int
    end: int
    text: str = ""
    field: Field | None = None


_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # no character, so it can be neither looked up nor found
_OPERATORS = {"OR": Sign.OR, "AND": Sign.AND, "NOT": Sign.NOT}
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]*)(:|>=|<=|>|<|=)")
_COMPARISON = re.compile(r"[<>=]+")
_NEAR_ENOUGH = 0.7  # difflib's ratio: 'camra' to 'camera', not 'nonsense' to 'scene'


def tokens(text: str, now: datetime) -> Iterator[Token]:
    """The tokens from left to right. Raises QueryError."""
    yield from _Lexer(_LONE_SURROGATE.sub("\ufffd", text.translate(_QUOTES)), now).tokens()


class _Lexer:
    def __init__(self, text: str, now: datetime) -> None:
        self._text = text
        self._now = now
        self._place = 0
        self._depth = 0  # of parentheses

    def tokens(self) -> Iterator[Token]:
        while self._skip_space():
            yield self._token()

    def _token(self) -> Token:
        letter = self._text[self._place]
        if letter == "(":
            self._depth += 1
            return self._sign(Sign.OPEN)
        if letter == ")":
            if not self._depth:
                raise self._error("This parenthesis closes nothing: there is no opening one before it.", self._place)
            self._depth -= 1
            return self._sign(Sign.CLOSE)
        if letter == '"':
            return self._phrase()
        following = self._text[self._place + 1 : self._place + 2]
        if letter == "-" and following and following != ")" and not following.isspace():
            return self._sign(Sign.NOT)
        return self._field() or self._word()

    def _skip_space(self) -> bool:
        """Whether anything is left."""
        while self._place < len(self._text) and self._text[self._place].isspace():
            self._place += 1
        return self._place < len(self._text)

    def _sign(self, sign: Sign) -> Token:
        self._place += 1
        return Token(sign, self._place - 1, self._place)

    def _phrase(self) -> Token:
        start = self._place
        self._place = self._closing_quote(start) + 1
        text = self._text[start + 1 : self._place - 1]
        if not text.strip():
            raise self._error("There is nothing between these quotation marks.", start, self._place)
        return Token(Sign.PHRASE, start, self._place, text)

    def _closing_quote(self, start: int) -> int:
        end = self._text.find('"', start + 1)
        if end < 0:
            raise self._error("This quotation mark is never closed.", start, len(self._text))
        return end

    def _word(self) -> Token:
        start = self._place
        raw, _ = self._chunk(quoted=False)
        sign = _OPERATORS.get(raw, Sign.WORD)
        if sign is Sign.WORD and "*" in raw[:-1]:
            star = start + raw.index("*")
            raise self._error(
                "A * can stand only at the end of a word. For parts of file names write name:*part*.", star, star + 1
            )
        return Token(sign, start, self._place, raw)

    def _chunk(self, *, quoted: bool) -> tuple[str, Value]:
        """Go to the next space, or the parenthesis that closes a group. quoted: quotation marks may hold a part of it.

        Returns it as it was typed, and as a value.
        """
        start, depth = self._place, 0
        text, bare = [], []
        while self._place < len(self._text):
            letter = self._text[self._place]
            if letter == '"':
                if not quoted:
                    break
                end = self._closing_quote(self._place)
                text.append(self._text[self._place + 1 : end])
                bare.append("\0" * len(text[-1]))
                self._place = end
            elif letter.isspace() or (letter == ")" and not depth and self._depth):
                break
            else:
                depth += (letter == "(") - (letter == ")" and depth > 0)
                text.append(letter)
                bare.append(letter)
            self._place += 1
        return self._text[start : self._place], Value("".join(text), "".join(bare), self._now)

    def _field(self) -> Token | None:
        """The field that starts here; None where a word does, such as 12:30, http://… or C:\\…"""
        match = _FIELD.match(self._text, self._place)
        if match is None:
            return None
        start, (name, sign) = self._place, match.groups()
        spec = FIELDS.get(name.lower())
        if sign != ":" and spec is None:
            return None
        if sign == ":" and (self._text.startswith(("//", "\\"), match.end()) or (spec is None and len(name) == 1)):
            return None
        if spec is None:
            raise self._unknown_field(name, start)
        self._place = match.end(1) if sign != ":" else match.end()
        return self._value(spec, start)

    def _unknown_field(self, name: str, start: int) -> QueryError:
        nearest = get_close_matches(name.lower(), FIELDS, 1, _NEAR_ENOUGH)
        advice = f"Did you mean {nearest[0]}?" if nearest else f'For the words themselves write "{name}: …".'
        return self._error(f"There is no field '{name}'. {advice}", start, start + len(name))

    def _value(self, spec: FieldSpec, start: int) -> Token:
        """The rest of a field. A space may follow the colon or a comparison."""
        value_start = self._place
        raw, value = self._chunk(quoted=True)
        if (not raw or _COMPARISON.fullmatch(raw)) and self._skip_space() and self._starts_value():
            value_start = self._place if not raw else value_start
            more_raw, more = self._chunk(quoted=True)
            raw, value = raw + more_raw, Value(value.text + more.text, value.bare + more.bare, self._now)
        if not value.text.strip() or _COMPARISON.fullmatch(raw):
            raise self._error(f"{spec.name}: needs a value, such as {spec.name}:{spec.example}", start, value_start)
        try:
            test = spec.read(value)
        except ValueProblem as problem:
            raise self._error(str(problem), value_start, self._place) from None
        field = Field(spec.name, test, raw, start=start, end=self._place)
        return Token(Sign.FIELD, start, self._place, field=field)

    def _starts_value(self) -> bool:
        """Whether what stands here can be the value of the field before it: no other field, no sign."""
        rest = self._text[self._place :]
        match = _FIELD.match(rest)
        is_field = match is not None and match[1].lower() in FIELDS
        return not (is_field or rest.startswith(("(", ")")) or re.match(r"(OR|AND|NOT)(\s|$)", rest))

    def _error(self, text: str, start: int, end: int | None = None) -> QueryError:
        return QueryError(text, start=start, end=start + 1 if end is None else end)
