"""Reads a person's query into a tree."""

from __future__ import annotations

from datetime import datetime

from engines.errors import QueryError
from engines.search.lexer import Sign, Token, tokens
from engines.search.nodes import And, Field, Node, Not, Or, Phrase, Query, Words

LONGEST = 5_000  # characters
MOST_PARTS = 200  # a person types a dozen; a text that was pasted by mistake is no query
DEEPEST = 40  # levels of parentheses and minus signs


def parse(text: str, now: datetime | None = None) -> Query:
    """The tree of a query. An empty one finds everything.

    now: the local time from which 'yesterday' is told; the clock's when None.
    Raises QueryError, which points at the place, and nothing else whatever the text.
    """
    if len(text) > LONGEST:
        raise QueryError(f"A query can have at most {LONGEST} characters.", start=LONGEST, end=len(text))
    parts = list(tokens(text, now or datetime.now()))
    if len(parts) > MOST_PARTS:
        raise QueryError(
            f"A query can have at most {MOST_PARTS} parts; this one has {len(parts)}.",
            start=parts[MOST_PARTS].start,
            end=parts[-1].end,
        )
    return _Parser(parts).query()


class _Parser:
    """alternatives: parts, with OR between them; part: words, a field, or a group, with minus signs before it."""

    def __init__(self, parts: list[Token]) -> None:
        self._parts = parts
        self._place = 0
        self._depth = 0

    def query(self) -> Query:
        return self._alternatives() if self._parts else And(())

    def _next(self) -> Token | None:
        return self._parts[self._place] if self._place < len(self._parts) else None

    def _take(self) -> Token:
        self._place += 1
        return self._parts[self._place - 1]

    def _alternatives(self) -> Query:
        found = [self._all_of()]
        while (token := self._next()) is not None and token.sign is Sign.OR:
            self._take()
            found.append(self._all_of())
        return _or(found)

    def _all_of(self) -> Query:
        """Parts up to an OR, a closing parenthesis or the end."""
        found: list[Query] = []
        while (token := self._next()) is not None and token.sign not in (Sign.OR, Sign.CLOSE):
            if token.sign is Sign.AND:
                self._take()
                self._expect_part(token, has_left=bool(found))
            else:
                found.append(self._part())
        if not found:
            raise self._nothing_here(token)
        return _and(found)

    def _expect_part(self, sign: Token, *, has_left: bool) -> None:
        token = self._next()
        if not has_left or token is None or token.sign in (Sign.OR, Sign.AND, Sign.CLOSE):
            raise _needs_both_sides("AND", sign)

    def _nothing_here(self, token: Token | None) -> QueryError:
        before = self._parts[self._place - 1] if self._place else None
        if before is not None and before.sign is Sign.OPEN and token is not None and token.sign is Sign.CLOSE:
            return QueryError("There is nothing between these parentheses.", start=before.start, end=token.end)
        if before is not None and before.sign is Sign.OPEN and token is None:
            return _never_closed(before)
        place = token if token is not None and token.sign is Sign.OR else before
        assert place is not None
        return _needs_both_sides("OR", place)

    def _part(self) -> Query:
        token = self._take()
        if token.sign in (Sign.NOT, Sign.OPEN):
            self._depth += 1
            if self._depth > DEEPEST:
                raise QueryError("This query is nested too deeply.", start=token.start, end=token.end)
            part = self._negated(token) if token.sign is Sign.NOT else self._group(token)
            self._depth -= 1
            return part
        place = {"start": token.start, "end": token.end}
        if token.field is not None:
            return token.field
        return Phrase(token.text, **place) if token.sign is Sign.PHRASE else Words((token.text,), **place)

    def _negated(self, sign: Token) -> Query:
        token = self._next()
        if token is None or token.sign in (Sign.OR, Sign.AND, Sign.CLOSE):
            raise QueryError("NOT needs something behind it.", start=sign.start, end=sign.end)
        part = self._part()
        return Not(part, start=sign.start, end=part.end)

    def _group(self, opening: Token) -> Query:
        part = self._alternatives()
        if self._next() is None:
            raise _never_closed(opening)
        self._take()
        return part


def _needs_both_sides(word: str, token: Token) -> QueryError:
    return QueryError(f"{word} needs something on both sides.", start=token.start, end=token.end)


def _never_closed(opening: Token) -> QueryError:
    return QueryError("This parenthesis is never closed.", start=opening.start, end=opening.end)


def _and(parts: list[Query]) -> Query:
    """All of the parts as one node: groups of the same kind opened, words that now stand together joined."""
    joined: list[Query] = []
    for part in _opened(parts, And):
        before = joined[-1] if joined else None
        if isinstance(part, Words) and isinstance(before, Words):
            joined[-1] = Words(before.words + part.words, **_around([before, part]))
        else:
            joined.append(part)
    return joined[0] if len(joined) == 1 else And(tuple(joined), **_around(joined))


def _or(parts: list[Query]) -> Query:
    opened = _opened(parts, Or)
    return opened[0] if len(opened) == 1 else Or(tuple(opened), **_around(opened))


def _opened(parts: list[Query], kind: type[And] | type[Or]) -> list[Query]:
    return [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]


def _around(parts: list[Query]) -> dict[str, int]:
    nodes: list[Node] = list(parts)
    return {"start": nodes[0].start, "end": nodes[-1].end}


__all__ = ["And", "Field", "Not", "Or", "Phrase", "Query", "Words", "parse"]
