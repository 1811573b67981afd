"""Shows where in a text words were found: '…a *dog* on the *beach*…'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engines.library.term import Term
from engines.library.text import Text

_BEFORE, _AFTER = 30, 60  # bytes of a long text that are shown around the first word found

_Span = tuple[int, int]  # the first byte, and the first one after, in UTF-8


def snippet(column: str, text: str, terms: Sequence[Term], index: Text) -> str | None:
    """The text around the first of the terms, each marked where it is found; None if none is.

    column: which of the index's columns the text is of; terms for others are passed over.
    """
    words = index.cut(text)
    spans = sorted(
        {span for term in terms if not term.columns or column in term.columns for span in _spans(words, term)}
    )
    return _marked(text.encode("utf-8", "replace"), spans) if spans else None


def _spans(words: Sequence[tuple[int, int, str]], term: Term) -> Iterator[_Span]:
    """Where the term's words follow each other."""
    first, length = term.tokens[0], len(term.tokens)
    for place in [place for place, (_, _, token) in enumerate(words) if token.startswith(first)]:
        here = words[place : place + length]
        if len(here) == length and all(_is_word(token, number, term) for number, (_, _, token) in enumerate(here)):
            yield here[0][0], here[-1][1]


def _is_word(token: str, number: int, term: Term) -> bool:
    if term.prefix and number == len(term.tokens) - 1:
        return token.startswith(term.tokens[number])
    return token == term.tokens[number]


def _marked(text: bytes, spans: Sequence[_Span]) -> str:
    first, last = spans[0][0], spans[0][1]
    start = text.rfind(b" ", 0, max(0, first - _BEFORE)) + 1
    end = text.find(b" ", min(len(text), last + _AFTER))
    end = len(text) if end < 0 else end
    pieces, done = [b"\xe2\x80\xa6" if start else b""], start
    for begin, after in spans:
        if done <= begin and after <= end:  # of two that overlap, the first
            pieces += [text[done:begin], b"*", text[begin:after], b"*"]
            done = after
    pieces += [text[done:end], b"\xe2\x80\xa6" if end < len(text) else b""]
    return " ".join(b"".join(pieces).decode("utf-8", "replace").split())
