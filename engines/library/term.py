"""What plain words are looked up as: a word, or several that follow each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow each other, as FTS5 cuts and folds them.

    columns: where it has to be; anywhere when empty. prefix: the last word may go on.
    """

    tokens: tuple[str, ...]
    columns: tuple[str, ...] = ()
    prefix: bool = False

    def __str__(self) -> str:
        """FTS5's spelling. Tokens hold letters and digits only, so nothing can break out of the quotation marks."""
        columns = f"{{{' '.join(self.columns)}}} : " if self.columns else ""
        return f'{columns}"{" ".join(self.tokens)}"{" *" if self.prefix else ""}'

    def is_in(self, words: tuple[str, ...]) -> bool:
        """Whether these words, cut and folded so too, hold it."""
        length = len(self.tokens)
        return any(self._begins(words[start : start + length]) for start in range(len(words) - length + 1))

    def _begins(self, words: tuple[str, ...]) -> bool:
        if not self.prefix:
            return words == self.tokens
        return words[:-1] == self.tokens[:-1] and words[-1].startswith(self.tokens[-1])
