"""What the centre shows when nothing fits: why, what to try, and one button that does it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.search import DUPLICATES
from desktop.sentences import in_own_words
from desktop.session import Session
from desktop.views.empty_state import EmptyState
from desktop.views.search.wording import translate
from engines.search.find import Results
from engines.search.suggest import Suggestion

_LONGEST = 40  # letters of a query that a button can hold


class NothingFound(EmptyState):
    """The button asks what the first suggestion says, else it clears the search."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            "search",
            translate("Search", "Nothing found"),
            hint=" ",
            action=translate("Search", "Clear search"),
            parent=parent,
        )
        self._search = session.search
        self._suggestion: Suggestion | None = None
        self._search.found.connect(self._forget)
        self._search.suggested.connect(self._show_suggestions)
        self.action_chosen.connect(self._act)

    def _forget(self, results: Results) -> None:
        is_about_copies = self._search.query == DUPLICATES
        self.sentence.setText(
            translate("Search", "There are no copies") if is_about_copies else translate("Search", "Nothing found")
        )
        if results.total:
            self._show_suggestions([])

    def _show_suggestions(self, suggestions: list[Suggestion]) -> None:
        useful = [one for one in suggestions if one.query is not None or (one.weaker and not self._search.weaker)]
        self._suggestion = useful[0] if useful else None
        shown = self._suggestion or next(iter(suggestions), None)
        self.hint.setText(
            in_own_words(shown.sentence)
            if shown is not None
            else translate("Search", "Every photo and video is in the library once.")
            if self._search.query == DUPLICATES
            else translate("Search", "Nothing in the library fits this search.")
        )
        self.button.setText(self._action())

    def _action(self) -> str:
        if self._suggestion is None:
            return translate("Search", "Clear search")
        if self._suggestion.query is None:
            return translate("Search", "Show weaker matches")
        query = self._suggestion.query
        return (
            translate("Search", "Search for {query}").format(query=query)
            if len(query) <= _LONGEST
            else translate("Search", "Search for that")
        )

    def _act(self) -> None:
        if self._suggestion is None:
            self._search.clear()
        elif self._suggestion.query is None:
            self._search.set_weaker(True)
        else:
            self._search.ask(self._suggestion.query)
