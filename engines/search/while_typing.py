"""What is found while a person still types: the last word may be the beginning of one."""

from __future__ import annotations

from datetime import datetime

from engines.cancel import CancelToken
from engines.errors import QueryError
from engines.library.term import Term
from engines.search.colours import colour_of
from engines.search.find import Results, Searchable, find
from engines.search.hints import hints
from engines.search.patterns import fold
from engines.search.spelling import english_words
from engines.vocabulary import nodes_named

_WHOLE = 3  # letters; what is shorter is hardly ever a whole word


def find_while_typing(
    library: Searchable,
    query: str,
    *,
    weaker: bool = False,
    token: CancelToken | None = None,
    now: datetime | None = None,
) -> Results:
    """All that fits, best first: as find() has it, or what the last word's letters are the beginning of.

    The latter comes first where the letters are no word, for to look for what they might mean takes twice as long.
    Raises what find() does.
    """

    def whole() -> Results:
        return find(library, query, limit=None, weaker=weaker, token=token, now=now)

    def longer() -> Results | None:
        try:
            found = find(library, f"{query}*", limit=None, token=token, now=now)
        except QueryError:  # a number cannot go on so
            return None
        return found if found.total else None

    if not query[-1:].isalnum():
        return whole()
    if _is_beginning(library, query.split()[-1]):
        return longer() or whole()
    found = whole()
    return found if found.total else longer() or found


def _is_beginning(library: Searchable, word: str) -> bool:
    """Whether nobody wrote this word, and it names nothing that could be seen."""
    if nodes_named(word) or hints(word) or colour_of(word) or ":" in word:
        return False
    if len(word) < _WHOLE:
        return True
    tokens = library.index.text.tokens(word)
    if fold(word) in english_words() or not tokens:
        return False
    return not library.index.with_words(Term(tokens), library.index.columns()).any()
