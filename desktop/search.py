"""What is asked of the library now, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engines.cancel import CancelToken
from engines.errors import QueryError
from engines.library.library import Library
from engines.search import chips
from engines.search.chips import Parts
from engines.search.complete import Vocabulary, complete, vocabulary
from engines.search.explain import Reason, explain
from engines.search.facets import Facet, facets, tag_facet
from engines.search.find import Results, find
from engines.search.histogram import Histogram, histogram
from engines.search.suggest import suggestions

if TYPE_CHECKING:
    from desktop.session import Session

_TYPING_MS = 60  # after the last key; a fast typist needs 100 ms for the next
_BURST_MS = 250  # an import tells of files several times a second; the answer is brought up to date once for a burst
_NAMES_MS = 5_000  # names are gathered again after changes at most so often: 0.6 s of a thread at 100,000 items


@dataclass(frozen=True, slots=True)
class Composition:
    """What an answer consists of."""

    dates: Histogram
    facets: tuple[Facet, ...]


class SearchController(QObject):
    """The query as chips and text. One search runs at a time; a new one cancels the one before.

    The answer goes to the session, which shows it; views follow the signals. A query that cannot be read leaves the
    last answer where it is.
    """

    found = Signal(object)  # Results
    asked = Signal()  # other chips or another text, or weaker matches are wanted or not
    failed = Signal(object)  # QueryError: the text cannot be read; None: it can again
    composed = Signal(object)  # Composition of the answer
    suggested = Signal(list)  # Suggestions, where nothing was found
    completed = Signal(object)  # Completions for what is typed
    searches_changed = Signal()  # saved or recent ones

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._token = CancelToken()
        self._burst = self._timer(_BURST_MS, self.run)
        self._typing = self._timer(_TYPING_MS, self.run)
        self._names_rest = self._timer(_NAMES_MS, self._gather_names)
        self.parts = Parts()
        self.weaker = False
        self.results: Results | None = None
        self._was_ranked = False
        self._names: Vocabulary | None = None
        self._names_stale = True
        self._gathering = False
        self._wanted: tuple[str, int] | None = None

    def _timer(self, interval: int, call: Callable[[], Any]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(call)
        return timer

    # asking

    @property
    def query(self) -> str:
        """The whole query as text."""
        return self.parts.query()

    @query.setter
    def query(self, text: str) -> None:
        self.ask(text)

    @Slot(str)
    def type(self, text: str) -> None:
        """Ask for this text beside the chips, once the keys rest."""
        if text != self.parts.text:
            self.parts = replace(self.parts, text=text)
            self._typing.start()

    @Slot()
    def enter(self) -> None:
        """Ask at once; fields in the text become chips, and the query is remembered."""
        try:
            self._take(chips.split(self.query))
        except QueryError:
            self.run()
            return
        if self.query.strip():
            self._write(partial(self._session.library.searches.remember, self.query))

    @Slot(str)
    def ask(self, query: str) -> None:
        """Ask this instead; a query that cannot be read stays text."""
        try:
            self._take(chips.split(query))
        except QueryError:
            self._take(Parts(text=query))

    @Slot(str)
    def add(self, written: str) -> None:
        """Also ask for this field."""
        self._take(chips.with_chip(self.parts, chips.chip(written)))

    @Slot(str)
    def exclude(self, written: str) -> None:
        """Leave out what this field finds."""
        self.add(f"-{written}")

    @Slot(str)
    def remove(self, written: str) -> None:
        """Ask no longer for the chip, or the value of a chip, that is written so."""
        self._take(chips.without_chip(self.parts, written))

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        self._take(Parts())

    @Slot(bool)
    def set_weaker(self, weaker: bool) -> None:
        """Whether behind the hits also what fits only some of the words is wanted."""
        if weaker != self.weaker:
            self.weaker = weaker
            self.asked.emit()
            self.run()

    def _take(self, parts: Parts) -> None:
        self.parts = parts
        self.asked.emit()
        self.run()

    @Slot()
    def run(self) -> None:
        """Ask again, now."""
        self._burst.stop()
        self._typing.stop()
        self._token.cancel()
        token = self._token = CancelToken()
        self._session.background.run(
            partial(
                find, self._session.library, self.query, limit=None, order="relevance", weaker=self.weaker, token=token
            ),
            owner=self,
            then=partial(self._answer, self.query, token),
            failed=self._fail,
            priority=2,
        )

    @Slot()
    def refresh(self) -> None:
        """Ask again soon, for the library has changed."""
        self._names_stale = True
        if not self._burst.isActive():
            self._burst.start()

    @property
    def is_busy(self) -> bool:
        """Whether keys or changes wait to be asked for."""
        return self._typing.isActive() or self._burst.isActive()

    def cancel(self) -> None:
        for timer in (self._burst, self._typing, self._names_rest):
            timer.stop()
        self._token.cancel()

    # the answer

    def _answer(self, query: str, token: CancelToken, results: Results) -> None:
        if token is not self._token:
            return
        self.results = results
        is_ranked = bool(self.parts.text.strip())
        if is_ranked and not self._was_ranked:
            self._session.sort = "relevance"
        self._was_ranked = is_ranked
        self._session.show(results.ids, ranked=is_ranked)
        self.failed.emit(None)
        self.found.emit(results)
        self._look_into(query, results, token)

    def _look_into(self, query: str, results: Results, token: CancelToken) -> None:
        run, library = self._session.background.run, self._session.library
        failed = self._session.notices.error
        then = partial(self._compose, results, token)
        run(partial(_composition, library, query, results, token), owner=self, then=then, failed=failed, priority=1)
        if not results.total:
            run(partial(suggestions, library, results.query), owner=self, then=self.suggested.emit, failed=failed)

    def _compose(self, results: Results, token: CancelToken, composition: Composition) -> None:
        """The tags take longer, so they come after the rest."""
        if token is not self._token:
            return
        if composition.facets and composition.facets[-1].name == "tag":
            self.composed.emit(composition)
            return
        self._session.background.run(
            partial(_with_tags, self._session.library, composition, results, token),
            owner=self,
            then=partial(self._compose, results, token),
            failed=self._session.notices.error,
        )

    def _fail(self, error: Exception) -> None:
        if isinstance(error, QueryError):
            self.failed.emit(error)
        else:
            self._session.notices.error(error)

    def reasons(self, media_id: int, then: Callable[[tuple[Reason, ...]], Any]) -> None:
        """Call `then` with why the item is a hit; with nothing if it is none."""
        results = self.results
        places = np.flatnonzero(results.ids == media_id).tolist() if results is not None else []
        if results is None or not places:
            then(())
            return
        one = slice(places[0], places[0] + 1)
        alone = replace(
            results,
            ids=results.ids[one],
            scores=results.scores[one],
            leaves=[(leaf, truths[one]) for leaf, truths in results.leaves],
        )
        self._session.background.run(
            lambda: explain(self._session.library, alone)[0],
            owner=self,
            then=then,
            failed=self._session.notices.error,
        )

    # proposals

    def propose(self, text: str, cursor: int) -> None:
        """Tell `completed` what the word before the cursor may become."""
        self._wanted = (text, cursor)
        if self._names is None or (self._names_stale and not self._names_rest.isActive()):
            self._gather_names()
        if self._names is not None:
            self._session.background.run(
                partial(complete, self._names, self._session.library, text, cursor),
                owner=self,
                then=partial(self._propose, (text, cursor)),
                failed=self._session.notices.error,
                priority=3,
            )

    def _propose(self, wanted: tuple[str, int], found: object) -> None:
        if wanted == self._wanted:
            self.completed.emit(found)

    @Slot()
    def _gather_names(self) -> None:
        if self._gathering or not self._names_stale:
            return
        self._gathering, self._names_stale = True, False
        self._session.background.run(
            partial(vocabulary, self._session.library),
            owner=self,
            then=self._take_names,
            failed=self._session.notices.error,
        )

    def _take_names(self, names: Vocabulary) -> None:
        is_first = self._names is None
        self._names, self._gathering = names, False
        self._names_rest.start()
        if is_first and self._wanted is not None:
            self.propose(*self._wanted)

    # searches that are kept

    def save(self, name: str) -> None:
        """Keep the query under this name."""
        self._write(partial(self._session.library.searches.save, name, self.query))

    def rename(self, search_id: int, name: str) -> None:
        self._write(partial(self._session.library.searches.rename, search_id, name))

    def delete(self, search_id: int) -> None:
        self._write(partial(self._session.library.searches.delete, search_id))

    def restore(self, name: str, query: str) -> None:
        """Take the deletion of a saved search back."""
        self._write(partial(self._session.library.searches.save, name, query))

    def forget_recent(self) -> None:
        self._write(self._session.library.searches.forget)

    def _write(self, work: Callable[[], Any]) -> None:
        self._session.background.run(
            work, owner=self, then=lambda _: self.searches_changed.emit(), failed=self._session.notices.error
        )


def _composition(library: Library, query: str, results: Results, token: CancelToken) -> Composition:
    dates = histogram(library.index.columns(), results.ids)
    return Composition(dates, tuple(facets(library, query, results.ids, token=token)))


def _with_tags(library: Library, composition: Composition, results: Results, token: CancelToken) -> Composition:
    token.check()
    members = library.index.tag_members(library.index.columns())
    return replace(composition, facets=(*composition.facets, tag_facet(library, results.ids, members)))
